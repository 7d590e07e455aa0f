# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the suggestions learned, for the editors of the hub, who can let it be forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.helpdesk import learning, permissions
from knooppunt.helpdesk.views import MOST_PK


@never_cache
@login_required
@require_safe
def learned(request: HttpRequest) -> HttpResponse:
    """Every answer that weighs more because it helped."""
    if not permissions.reads(request.user):
        raise Http404
    return render(request, "helpdesk/learned.html", {"rows": learning.learned(request.LANGUAGE_CODE)})


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was learned of one answer."""
    if not permissions.reads(request.user):
        raise Http404
    learning.forget(min(pk, MOST_PK), actor=request.user)
    messages.success(request, _("Forgotten: it weighs as it did before."))
    return redirect("helpdesk:learned")
