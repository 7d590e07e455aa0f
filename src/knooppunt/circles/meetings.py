# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Meetings of a circle: planned, changed, told of, with places that are given in the order of asking."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import AuditLine
from knooppunt.circles import letters, permissions
from knooppunt.circles.models import Attendance, Circle, Meeting, Member
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

MOST_AHEAD = timedelta(days=2 * 365)
LONGEST_MEETING = timedelta(days=7)
PLANS_A_DAY = 10
DAY = timedelta(days=1)
FIELDS = ("title", "starts", "ends", "place", "places", "agenda", "cancelled")


@transaction.atomic
def plan(circle: Circle, values: dict[str, Any], *, actor: Any, meeting: Meeting | None = None) -> Meeting:
    """Plan a meeting or change one; members are told by mail with the calendar address."""
    require(permissions.may_circle(actor, "plan-meeting", circle))
    _check_times(values["starts"], values["ends"])
    _check_number(actor)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk) if meeting else Meeting(circle=circle)
    before = coming(meeting) if meeting.pk else []
    for name in FIELDS:
        setattr(meeting, name, values[name])
    meeting.changed, meeting.revision, meeting.reminded = timezone.now(), meeting.revision + 1, False
    meeting.save()
    audit("plan meeting", "circle", circle.slug, actor=actor, detail={"meeting": meeting.pk})
    letters.tell_meeting(meeting, letters.members(circle), actor=actor)
    _tell_moved_up(meeting, before)
    return meeting


def _check_times(starts: datetime, ends: datetime) -> None:
    now = timezone.now()
    if not now < starts <= now + MOST_AHEAD:
        raise NotNowError(_("Give a moment from now up to two years ahead."))
    if not starts < ends <= starts + LONGEST_MEETING:
        raise NotNowError(_("The end must come after the beginning, within a week."))


def _check_number(actor: Any) -> None:
    """Each plan and each change is mailed to all members."""
    today = AuditLine.objects.filter(action="plan meeting", actor=actor, at__gt=timezone.now() - DAY)
    if today.count() >= PLANS_A_DAY:
        raise NotNowError(_("You planned or changed ten meetings today. Come back tomorrow."))


@transaction.atomic
def write_notes(meeting: Meeting, notes: str, *, actor: Any) -> None:
    """What was said and agreed, for the members."""
    require(permissions.may_circle(actor, "write-notes", meeting.circle))
    meeting.notes, meeting.changed = notes, timezone.now()
    meeting.save(update_fields=["notes", "changed"])
    audit("write notes", "circle", meeting.circle.slug, actor=actor, detail={"meeting": meeting.pk})


def coming(meeting: Meeting) -> list[Attendance]:
    """Who has a place, in the order of asking."""
    return list(meeting.attendances.select_related("member__user")[: meeting.places])


@transaction.atomic
def come(meeting: Meeting, *, actor: Any) -> None:
    """Say that one comes; when every place is taken one waits, in the order of asking."""
    require(permissions.may_circle(actor, "come-to-meeting", meeting.circle))
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.cancelled or meeting.ends <= timezone.now():
        raise NotNowError(_("This meeting is over or cancelled."))
    member = Member.objects.get(circle=meeting.circle, user=actor)
    Attendance.objects.get_or_create(meeting=meeting, member=member)
    audit("come to meeting", "circle", meeting.circle.slug, actor=actor, detail={"meeting": meeting.pk})


@transaction.atomic
def stay_away(meeting: Meeting, *, actor: Any) -> None:
    """Give the place back; who waited longest gets it and is told."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    before = coming(meeting)
    if meeting.attendances.filter(member__user=actor).delete()[0]:
        audit("stay away", "circle", meeting.circle.slug, actor=actor, detail={"meeting": meeting.pk})
        _tell_moved_up(meeting, before)


def free_places(member: Member) -> None:
    """Give back every place of a member who leaves the circle."""
    for meeting in Meeting.objects.select_for_update().filter(attendances__member=member):
        before = coming(meeting)
        meeting.attendances.filter(member=member).delete()
        _tell_moved_up(meeting, before)


def _tell_moved_up(meeting: Meeting, before: list[Attendance]) -> None:
    """Tell who had to wait and has a place now."""
    if meeting.cancelled or meeting.ends <= timezone.now():
        return
    had = {attendance.pk for attendance in before}
    waited = [a for a in coming(meeting) if a.pk not in had]
    letters.tell_place(meeting, [attendance.member.user for attendance in waited])


def remind() -> int:
    """Remind once, a day before a meeting: all members, or who has a place where places are limited."""
    now = timezone.now()
    due = Meeting.objects.filter(reminded=False, cancelled=False, starts__gt=now, starts__lte=now + DAY)
    return sum(_remind(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int) -> int:
    meeting = Meeting.objects.select_for_update().get(pk=pk)
    if meeting.reminded:
        return 0
    if meeting.places is None:
        users = letters.members(meeting.circle)
    else:
        users = [attendance.member.user for attendance in coming(meeting)]
    letters.tell_meeting(meeting, users, actor=None)
    Meeting.objects.filter(pk=pk).update(reminded=True)
    return 1
