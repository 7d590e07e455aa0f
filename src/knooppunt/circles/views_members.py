# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of taking part: joining, bringing in, leaving, who represents and leads, one's own feed address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.circles import permissions, queries, services
from knooppunt.circles.forms import OrganisationForm
from knooppunt.circles.views import choices, find
from knooppunt.initiatives import services as initiatives
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError, get_or_post, handle


@never_cache
@login_required
@get_or_post
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Take part for an organisation."""
    found = find(request, slug)
    organisations = choices(request)
    if not organisations:
        return render(request, "circles/no_organisation.html", status=403)
    form = OrganisationForm(request.POST or None, organisations=organisations)

    def deed() -> None:
        services.join(found, form.cleaned_data["organisation"], actor=request.user)

    page = {
        "title": _("Take part"),
        "lead": _("Who leads the circle sees the name in your profile. Others see only your organisation."),
        "button": _("Take part"),
    }
    return handle(request, form, deed, _("You take part. Meetings come to you by mail."), found, page)


@never_cache
@login_required
@get_or_post
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in who takes messages for an organisation; for who leads the circle."""
    found = find(request, slug)
    require(permissions.may_circle(request.user, "invite", found))
    field = "name_nl" if request.LANGUAGE_CODE == "nl" else "name_en"
    others = people.organisations(initiatives.all_contactable())
    form = OrganisationForm(request.POST or None, organisations=[(o.slug, getattr(o, field)) for o in others])

    def deed() -> None:
        services.invite(found, form.cleaned_data["organisation"], actor=request.user)

    title = _("Bring an organisation in")
    page = {"title": title, "lead": found.title, "button": title}
    return handle(request, form, deed, _("Brought in: they are told, and can leave."), found, page)


@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    services.leave(find(request, slug), actor=request.user)
    messages.success(request, _("You left the circle."))
    return redirect("circles:overview")


@never_cache
@login_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, for who leads: choose representatives and leaders, take somebody out."""
    found = find(request, slug)
    require(permissions.may_circle(request.user, "arrange-members", found))
    page = {"circle": found, "title": found.words("title"), "groups": queries.members_by_organisation(found)}
    return render(request, "circles/members.html", page)


DEEDS: dict[str, Callable[..., Any]] = {
    "vertegenwoordigt": services.represent,
    "leidt": lambda member, actor: services.lead(member, True, actor=actor),
    "leidt-niet": lambda member, actor: services.lead(member, False, actor=actor),
    "weg": services.remove,
}


@login_required
@require_POST
def arrange(request: HttpRequest, slug: str, pk: int, deed: str) -> HttpResponse:
    """Do one of these deeds with a member."""
    found = find(request, slug)
    member = found.members.select_related("circle").filter(pk=pk).first()
    if member is None or deed not in DEEDS:
        raise Http404
    try:
        DEEDS[deed](member, actor=request.user)
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    still = permissions.may_circle(request.user, "arrange-members", found)
    return redirect("circles:members", slug) if still else redirect("circles:overview")


@login_required
@require_POST
def renew_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a secret address for my feeds, in the place of the one there was."""
    found = find(request, slug)
    services.renew_feed(found, actor=request.user)
    messages.success(request, _("Your address is made. An earlier one opens nothing any more."))
    return redirect(found)
