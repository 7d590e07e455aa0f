# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages to invite someone to a form or a plan, to say yes or no, and to end it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from knooppunt.people import services as people
from knooppunt.toolkit import inviting, teamwork
from knooppunt.toolkit.forms import InviteForm
from knooppunt.toolkit.models import Colleague, Form, Plan
from knooppunt.toolkit.views_plans import find_plan
from knooppunt.toolkit.views_work import find_form, organisation_name
from knooppunt.web.answers import require
from knooppunt.web.forms import get_or_post, handle


@login_required
@get_or_post
def invite_to_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask someone to fill in a form with you."""
    return _invite(request, find_form(request, pk))


@login_required
@get_or_post
def invite_to_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask someone to work on a plan with you."""
    return _invite(request, find_plan(request, pk))


def _invite(request: HttpRequest, about: Form | Plan) -> HttpResponse:
    require(about.organisation in teamwork.works_for(request.user))
    form = InviteForm(request.POST or None)
    page = {"title": _("Invite a colleague"), "lead": about.title, "button": _("Send the invitation")}
    done = _("Whoever has an account with this address gets a letter. Their name is shown when they say yes.")
    return handle(
        request, form, lambda: inviting.invite(about, form.cleaned_data["email"], actor=request.user),
        done, about, page,
    )  # fmt: skip


def _mine(request: HttpRequest, pk: int) -> Colleague:
    found = Colleague.objects.filter(pk=pk, user=request.user) if pk < 2**63 else Colleague.objects.none()
    colleague = found.select_related("form", "plan", "invited_by__profile").first()
    if colleague is None:
        raise Http404
    return colleague


@never_cache
@login_required
@get_or_post
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to working along."""
    colleague = _mine(request, pk)
    if request.method == "POST":
        if "no" in request.POST:
            inviting.end(colleague, actor=request.user)
            messages.success(request, _("Done."))
            return redirect("toolkit:overview")
        return redirect(inviting.accept(colleague, actor=request.user))
    if colleague.accepted:
        return redirect(colleague.about)
    context = {
        "about": colleague.about,
        "organisation": organisation_name(colleague.about.organisation),
        "by": people.account_name(colleague.invited_by),
    }
    return render(request, "toolkit/invitation.html", context)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave, or take someone off."""
    found = Colleague.objects.filter(pk=pk).select_related("form", "plan") if pk < 2**63 else None
    colleague = found.first() if found is not None else None
    may = colleague is not None and (
        colleague.user == request.user or colleague.about.organisation in teamwork.works_for(request.user)
    )
    if colleague is None or not may:
        raise Http404
    about, mine = colleague.about, colleague.user == request.user
    inviting.end(colleague, actor=request.user)
    messages.success(request, _("Done."))
    return redirect("toolkit:overview" if mine else about)
