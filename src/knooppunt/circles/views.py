# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of circles: which there are, one circle, taking part, and its meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue.models import Card
from knooppunt.circles import calendars, permissions, queries, services
from knooppunt.circles.forms import CircleForm, MeetingForm, NotesForm, OrganisationForm
from knooppunt.circles.models import Circle, Meeting
from knooppunt.initiatives import services as initiatives
from knooppunt.people import services as people
from knooppunt.web.forms import NotNowError, get_or_post, handle


def find(request: HttpRequest, slug: str) -> Circle:
    """A circle that this person may see; a private one is 404 for everyone else."""
    found = queries.find(slug)
    if found is None or not permissions.may_see_circle(request.user, found):
        raise Http404
    return found


def find_meeting(request: HttpRequest, slug: str, pk: int) -> Meeting:
    found = find(request, slug).meetings.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The organisations where a person works, with their names."""
    language = request.LANGUAGE_CODE
    works = people.organisations(list(people.roles_of(request.user)))
    return [(o.slug, o.name_nl if language == "nl" else o.name_en) for o in works]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The circles one can see."""
    circles = list(queries.visible(request.user).annotate(n=Count("members__organisation", distinct=True)))
    page = {
        "rows": [
            {"circle": c, "title": c.words("title"), "purpose": c.words("purpose"), "organisations": c.n}
            for c in circles
        ],
        "without": queries.challenges_without(circles),
        "is_connector": permissions.is_connector(request.user),
    }
    return render(request, "circles/overview.html", page)


@require_safe
def circle(request: HttpRequest, slug: str) -> HttpResponse:
    """One circle: what for, which organisations, what they are busy with, when they meet."""
    found = find(request, slug)
    user = request.user
    takes_part = user.is_authenticated and found.members.filter(user=user).exists()
    page = {
        "circle": found,
        "title": found.words("title"),
        "purpose": found.words("purpose"),
        "others": (found.source or {}).get("others", {}).get(request.LANGUAGE_CODE, ""),
        "challenge": Card.objects.filter(kind="challenge", key=found.challenge).first(),
        "taken": found.members.exists(),
        "layers": queries.layers(found),
        "around": queries.around(found),
        "coming": queries.coming(found),
        "past": found.meetings.filter(ends__lt=timezone.now()).order_by("-starts")[:10],
        "takes_part": takes_part,
        "may_invite": permissions.may_circle(user, "invite", found),
        "may_plan": permissions.may_circle(user, "plan-meeting", found),
    }
    return render(request, "circles/circle.html", page)


@login_required
@get_or_post
def start(request: HttpRequest) -> HttpResponse:
    """Start a circle."""
    organisations = choices(request)
    if not organisations:
        return render(request, "circles/no_organisation.html", status=403)
    form = CircleForm(
        request.POST or None,
        organisations=organisations,
        initial={"language": request.LANGUAGE_CODE, "challenge": request.GET.get("opgave", "")[:80]},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = services.start(values["organisation"], values, actor=request.user)
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The circle is there. Plan a first meeting."))
            return redirect(made)
    page = {
        "form": form,
        "title": _("Start a circle"),
        "button": _("Start this circle"),
        "cancel": "circles:overview",
    }
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


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

    page = {"title": _("Take part"), "lead": found.title, "button": _("Take part")}
    return handle(request, form, deed, _("You take part. Meetings come to you by mail."), found, page)


@never_cache
@login_required
@get_or_post
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in who takes messages for an organisation; for who leads the circle."""
    found = find(request, slug)
    permissions.require(permissions.may_circle(request.user, "invite", found))
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
@get_or_post
def plan(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Plan a meeting, or change one."""
    found = find(request, slug)
    permissions.require(permissions.may_circle(request.user, "plan-meeting", found))
    old = find_meeting(request, slug, pk) if pk is not None else None
    names = MeetingForm.base_fields
    initial = {name: getattr(old, name) for name in names} if old else {}
    form = MeetingForm(request.POST or None, initial=initial)

    def deed() -> None:
        services.plan(found, form.cleaned_data, actor=request.user, meeting=old)

    page = {"title": _("Plan a meeting"), "button": _("Save and tell the members")}
    return handle(request, form, deed, _("Planned: the members are told."), found, page)


@require_safe
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting: when, where, agenda; notes for who takes part."""
    found = find_meeting(request, slug, pk)
    page: dict[str, Any] = {
        "meeting": found,
        "circle": found.circle,
        "may_write": permissions.may_circle(request.user, "write-notes", found.circle),
    }
    return render(request, "circles/meeting.html", page)


@never_cache
@login_required
@get_or_post
def notes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down what was said and agreed."""
    found = find_meeting(request, slug, pk)
    permissions.require(permissions.may_circle(request.user, "write-notes", found.circle))
    form = NotesForm(request.POST or None, initial={"notes": found.notes})

    def deed() -> None:
        services.write_notes(found, form.cleaned_data["notes"], actor=request.user)

    page = {"title": _("Notes"), "lead": found.title, "button": _("Save")}
    return handle(request, form, deed, _("Saved."), found, page)


@require_safe
def calendar_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """All meetings of a circle, to subscribe to."""
    found = find(request, slug)
    return calendars.calendar(found.meetings.select_related("circle"), found.title)


@require_safe
def meeting_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = find_meeting(request, slug, pk)
    return calendars.calendar([found], found.title)
