# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of meetings: planning, coming, notes, and the feeds to subscribe to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.circles import calendars, feeds, permissions, queries, services
from knooppunt.circles.forms import MeetingForm, NotesForm
from knooppunt.circles.meetings import FIELDS
from knooppunt.circles.models import Circle, Meeting
from knooppunt.circles.views import find
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError, get_or_post, handle


def find_meeting(request: HttpRequest, slug: str, pk: int) -> Meeting:
    found = find(request, slug).meetings.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@never_cache
@login_required
@get_or_post
def plan(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Plan a meeting, or change one."""
    found = find(request, slug)
    require(permissions.may_circle(request.user, "plan-meeting", found))
    old = find_meeting(request, slug, pk) if pk is not None else None
    initial = {name: getattr(old, name) for name in FIELDS} if old else {}
    form = MeetingForm(request.POST or None, initial=initial)

    def deed() -> None:
        services.plan(found, form.cleaned_data, actor=request.user, meeting=old)

    title = _("Change this meeting") if old else _("Plan a meeting")
    page = {"title": title, "button": _("Save and tell the members")}
    return handle(request, form, deed, _("Planned: the members are told."), found, page)


@require_safe
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting: when, where, agenda; notes for who takes part."""
    found = find_meeting(request, slug, pk)
    page: dict[str, Any] = {
        "meeting": found,
        "circle": found.circle,
        "circle_title": found.circle.words("title"),
        "taken": queries.taken(found),
        "mine": queries.my_place(found, request.user),
        "may_come": permissions.may_circle(request.user, "come-to-meeting", found.circle)
        and not found.cancelled
        and found.ends > timezone.now(),
        "is_member": permissions.may_circle(request.user, "come-to-meeting", found.circle),
        "may_write": permissions.may_circle(request.user, "write-notes", found.circle),
    }
    return render(request, "circles/meeting.html", page)


@never_cache
@login_required
@get_or_post
def notes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down what was said and agreed."""
    found = find_meeting(request, slug, pk)
    require(permissions.may_circle(request.user, "write-notes", found.circle))
    form = NotesForm(request.POST or None, initial={"notes": found.notes})

    def deed() -> None:
        services.write_notes(found, form.cleaned_data["notes"], actor=request.user)

    page = {"title": _("Notes"), "lead": found.title, "button": _("Save")}
    return handle(request, form, deed, _("Saved."), found, page)


@login_required
@require_POST
def come(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that I come, or that I do not."""
    found = find_meeting(request, slug, pk)
    try:
        if request.POST.get("stop"):
            services.stay_away(found, actor=request.user)
            messages.success(request, _("You do not come. Your place is free for others."))
        else:
            services.come(found, actor=request.user)
            messages.success(request, _("Kept. Below stands whether you have a place."))
    except NotNowError as error:
        messages.error(request, str(error))
    return redirect(found)


def find_for_feed(request: HttpRequest, slug: str) -> Circle:
    """A circle whose feeds this person or this key may read; the same 404 for all else."""
    found = queries.find(slug)
    if found is None or not (
        permissions.may_see_circle(request.user, found)
        or feeds.opens(found, request.GET.get(feeds.PARAMETER, "")[:200])
    ):
        raise Http404
    return found


@require_safe
def calendar_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """All meetings of a circle, to subscribe to."""
    found = find_for_feed(request, slug)
    all_ = found.meetings.select_related("circle")
    return calendars.calendar(all_, found.words("title").text, private=found.private)


@require_safe
def atom_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Meetings and what is started, to subscribe to."""
    return feeds.atom(find_for_feed(request, slug), request.LANGUAGE_CODE)


@require_safe
def meeting_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = find_meeting(request, slug, pk)
    return calendars.calendar([found], found.title, private=found.circle.private)
