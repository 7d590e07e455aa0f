# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the weekly digest: what it would say now, having it, and stopping it without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from knooppunt.circles import digest
from knooppunt.circles.models import Digest
from knooppunt.web.forms import get_or_post


@never_cache
@login_required
@get_or_post
def mine(request: HttpRequest) -> HttpResponse:
    """What my digest would say now; have it, or stop."""
    own = Digest.objects.filter(user=request.user).first()
    if request.method == "POST":
        if own is None:
            digest.subscribe(request.user)
            messages.success(request, _("The digest comes to you by mail."))
        elif request.POST.get("stop"):
            digest.stop(own)
            messages.success(request, _("Stopped: no digest comes to you any more."))
        return redirect("circles:digest")
    since = timezone.now() - digest.WEEK
    page = {"digest": own, "since": since, "sections": digest.sections(request.user, since)}
    return render(request, "circles/digest.html", page)


@never_cache
@get_or_post
def stop(request: HttpRequest) -> HttpResponse:
    """Stop the digest with the link in a letter. Opening it stops nothing: mail scanners open links."""
    try:
        found = digest.of_key(request.GET.get(digest.PARAMETER, "")[:200])
    except BadSignature as error:
        raise Http404 from error
    if found is not None and request.method == "POST":
        digest.stop(found)
        found = None
    return render(request, "circles/stop_digest.html", {"stopped": found is None})
