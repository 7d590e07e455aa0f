# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who works for an organisation here: invite, ask, decide, give and take roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.people import memberships, permissions, queries
from knooppunt.people.forms import ClaimForm, DecisionForm, InviteForm
from knooppunt.people.models import Claim, Invitation, Membership, Organisation
from knooppunt.people.roles import HubRole, Role
from knooppunt.web.forms import NotNowError, get_or_post, handle


def _organisation(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug)


@never_cache
@login_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of an organisation, with what its administrator may do about them."""
    found = _organisation(slug)
    permissions.require(request.user, "see-members", found)
    may = {deed.replace("-", "_"): permissions.may(request.user, deed, found) for deed in permissions.RULES}
    rows = found.memberships.select_related("user__profile").order_by("user__date_joined", "role")
    page: dict[str, Any] = {"organisation": found, "members": rows, "may": may, "roles": Role.choices}
    if may["invite"]:
        page["invitations"] = found.invitations.order_by("-created")
    if may["decide_claim"]:
        page["claims"] = found.claims.filter(decision=Claim.Decision.WAITING)
    return render(request, "people/members.html", page)


@login_required
@get_or_post
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    found = _organisation(slug)
    permissions.require(request.user, "invite", found)
    form = InviteForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: memberships.invite(
            found, **form.cleaned_data, actor=request.user, language=request.LANGUAGE_CODE
        ),
        _("The invitation is on its way. It can be used once, for 14 days."),
        found,
        {"title": _("Invite someone"), "button": _("Send the invitation")},
    )


@login_required
@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    memberships.withdraw_invitation(found, actor=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("people:members", found.organisation.slug)


@never_cache
@login_required
@get_or_post
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """See what is offered, and take it. Nothing happens by opening the page: mail scanners do that too."""
    try:
        invitation = memberships.open_invitation(token)
        if request.method == "POST":
            organisation = memberships.accept(token, actor=request.user)
            messages.success(request, _("Welcome. You can start."))
            return redirect(organisation)
    except NotNowError as error:
        return render(request, "people/invitation.html", {"problem": str(error)}, status=410)
    return render(request, "people/invitation.html", {"invitation": invitation})


@login_required
@get_or_post
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a role at an organisation."""
    found = _organisation(slug)
    form = ClaimForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: memberships.claim(found, **form.cleaned_data, actor=request.user),
        _("Your request is sent. You get mail when it is decided."),
        found,
        {"title": _("Ask for a role"), "button": _("Send the request"), "lead": _name(request, found)},
    )


def _name(request: HttpRequest, organisation: Organisation) -> str:
    return organisation.name_nl if request.LANGUAGE_CODE == "nl" else organisation.name_en


@never_cache
@login_required
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Requests that wait for me."""
    waiting = Claim.objects.filter(decision=Claim.Decision.WAITING).select_related("organisation")
    if not queries.is_hub(request.user, HubRole.CONNECTOR, HubRole.ADMINISTRATOR):
        mine = [slug for slug, roles in queries.roles_of(request.user).items() if Role.ADMINISTRATOR in roles]
        waiting = waiting.filter(organisation__slug__in=mine)
    rows = waiting.select_related("user__profile").order_by("created")[:200]
    return render(request, "people/claims.html", {"claims": rows})


@never_cache
@login_required
@get_or_post
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(Claim.objects.select_related("organisation", "user__profile"), pk=pk)
    if not permissions.may(request.user, "decide-claim", asked.organisation):
        raise Http404  # who may not decide learns nothing of who asked
    form = DecisionForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: memberships.decide(asked, **form.cleaned_data, actor=request.user),
        _("The decision is saved and the asker gets mail."),
        "people:claims",
        {"title": _("Decide on a request"), "button": _("Save the decision"), "claim": asked, "back": None},
        "people/decide.html",
    )


@login_required
@require_POST
def grant(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give another role to someone who works here already."""
    found = _organisation(slug)
    held = get_object_or_404(Membership.objects.select_related("user"), pk=pk, organisation=found)
    role = request.POST.get("role", "")
    if role not in Role.values:
        raise Http404
    return _do(
        request,
        found,
        lambda: memberships.grant(held.user, found, role, actor=request.user),
        _("Role given."),
    )


@login_required
@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a role back, or lay one's own role down."""
    found = _organisation(slug)
    held = get_object_or_404(Membership.objects.select_related("user"), pk=pk, organisation=found)
    if held.user_id != request.user.pk and not permissions.may(request.user, "revoke", found):
        raise Http404
    return _do(request, found, lambda: memberships.revoke(held, actor=request.user), _("Role taken back."))


def _do(request: HttpRequest, organisation: Organisation, deed: Any, done: str) -> HttpResponse:
    try:
        deed()
        messages.success(request, done)
    except NotNowError as error:
        messages.error(request, str(error))
    if permissions.may(request.user, "see-members", organisation):
        return redirect("people:members", organisation.slug)
    return redirect(organisation)
