# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of circles and introductions: all that pages may call to change something.

Each verb asks policy (may anyone, now: `NotNowError`) and permission (may this person: `PermissionDenied`),
and writes the thing, its card, the audit line and the mail in one transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.circles import letters, permissions
from knooppunt.circles.loading import load_content
from knooppunt.circles.models import Circle, Introduction, Meeting, Member
from knooppunt.circles.states import OPEN, State, move_from
from knooppunt.initiatives import services as initiatives
from knooppunt.people import services as people
from knooppunt.people.roles import Role
from knooppunt.web.forms import NotNowError

__all__ = [
    "invite",
    "join",
    "leave",
    "load_content",
    "move",
    "plan",
    "propose",
    "remind",
    "start",
    "write_notes",
]
RESERVED = frozenset({"nieuw", "werklijst", "voorstel"})
CIRCLES_A_WEEK = 3
MOST_AHEAD = timedelta(days=2 * 365)
LONGEST_MEETING = timedelta(days=7)
PROPOSALS_A_DAY = 30
FIELDS = ("title", "language", "purpose", "challenge", "elsewhere", "private")


@transaction.atomic
def start(organisation: str, values: dict[str, Any], *, actor: Any) -> Circle:
    """Start a circle; who starts it leads it."""
    permissions.require(people.has_role(actor, organisation, *Role))
    recent = Circle.objects.filter(made_by=actor, made__gt=timezone.now() - timedelta(days=7))
    if recent.count() >= CIRCLES_A_WEEK:
        raise NotNowError(_("You started three circles this week. Come back next week."))
    circle = Circle(slug=_free_slug(values["title"]), made_by=actor, **{n: values[n] for n in FIELDS})
    _publish(circle, actor)
    Member.objects.create(circle=circle, user=actor, organisation=organisation, leads=True, represents=True)
    return circle


def _publish(circle: Circle, actor: Any) -> None:
    """An open circle has a card; a private one has none, also when it was open before."""
    if circle.private:
        catalogue.withdraw(circle, actor=actor, nameless=True)
        audit("keep circle private", "circle", circle.slug, actor=actor)
    else:
        catalogue.publish(circle, actor=actor)


def _free_slug(title: str) -> str:
    base = slugify(title)[:70].strip("-") or "kring"
    taken = set(Circle.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    tries = (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)


@transaction.atomic
def join(circle: Circle, organisation: str, *, actor: Any) -> None:
    """Take part in an open circle, for an organisation where one works."""
    permissions.require(permissions.may_circle(actor, "join-open", circle) and not circle.private)
    permissions.require(people.has_role(actor, organisation, *Role))
    _add(circle, actor, organisation, actor)


def _add(circle: Circle, user: Any, organisation: str, actor: Any) -> None:
    Circle.objects.select_for_update().get(pk=circle.pk)
    first = not circle.members.filter(organisation=organisation, represents=True).exists()
    led = circle.members.filter(leads=True).exists()
    defaults = {"organisation": organisation, "represents": first, "leads": not led}
    _member, made = Member.objects.get_or_create(circle=circle, user=user, defaults=defaults)
    if made:
        audit("join circle", "circle", circle.slug, actor=actor)


@transaction.atomic
def invite(circle: Circle, organisation: str, *, actor: Any) -> int:
    """Bring the people who take messages for an organisation into a circle; tells them. Gives how many."""
    permissions.require(permissions.may_circle(actor, "invite", circle))
    readers = letters.contact_people(organisation)
    if not readers:
        raise NotNowError(_("Nobody takes messages for this organisation yet."))
    for user in readers:
        _add(circle, user, organisation, actor)
    letters.tell_invited(circle, readers)
    return len(readers)


@transaction.atomic
def leave(circle: Circle, *, actor: Any) -> None:
    """Leave; nobody keeps somebody in a circle. Who is in it longest leads when no leader is left."""
    Circle.objects.select_for_update().get(pk=circle.pk)
    if Member.objects.filter(circle=circle, user=actor).delete()[0]:
        audit("leave circle", "circle", circle.slug, actor=actor)
    if not circle.members.filter(leads=True).exists() and (
        eldest := circle.members.order_by("since", "pk").first()
    ):
        Member.objects.filter(pk=eldest.pk).update(leads=True)


@transaction.atomic
def plan(circle: Circle, values: dict[str, Any], *, actor: Any, meeting: Meeting | None = None) -> Meeting:
    """Plan a meeting or change one; members are told by mail with the calendar address."""
    permissions.require(permissions.may_circle(actor, "plan-meeting", circle))
    _check_times(values["starts"], values["ends"])
    meeting = meeting or Meeting(circle=circle)
    for name in ("title", "starts", "ends", "place", "agenda", "cancelled"):
        setattr(meeting, name, values[name])
    meeting.changed, meeting.revision, meeting.reminded = timezone.now(), meeting.revision + 1, False
    meeting.save()
    audit("plan meeting", "circle", circle.slug, actor=actor, detail={"meeting": meeting.pk})
    letters.tell_meeting(meeting, actor=actor)
    return meeting


def _check_times(starts: datetime, ends: datetime) -> None:
    now = timezone.now()
    if not now < starts <= now + MOST_AHEAD:
        raise NotNowError(_("Give a moment from now up to two years ahead."))
    if not starts < ends <= starts + LONGEST_MEETING:
        raise NotNowError(_("The end must come after the beginning, within a week."))


@transaction.atomic
def write_notes(meeting: Meeting, notes: str, *, actor: Any) -> None:
    """What was said and agreed, for the members."""
    permissions.require(permissions.may_circle(actor, "write-notes", meeting.circle))
    meeting.notes, meeting.changed = notes, timezone.now()
    meeting.save(update_fields=["notes", "changed"])
    audit("write notes", "circle", meeting.circle.slug, actor=actor, detail={"meeting": meeting.pk})


def remind() -> int:
    """Remind members once, a day before a meeting. Run by the worker."""
    now = timezone.now()
    due = Meeting.objects.filter(
        reminded=False, cancelled=False, starts__gt=now, starts__lte=now + timedelta(days=1)
    )
    return sum(_remind(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int) -> int:
    meeting = Meeting.objects.select_for_update().get(pk=pk)
    if meeting.reminded:
        return 0
    letters.tell_meeting(meeting, actor=None)
    Meeting.objects.filter(pk=pk).update(reminded=True)
    return 1


@transaction.atomic
def propose(one: str, other: str, reason: str, *, actor: Any) -> Introduction:
    """Propose to two organisations that they meet; both are asked, neither sees the answer of the other."""
    permissions.require(permissions.is_connector(actor))
    if one == other:
        raise NotNowError(_("Choose two different organisations."))
    if initiatives.contactable([one, other]) != {one, other}:
        raise NotNowError(_("At one of the two nobody takes messages yet."))
    pairs = Introduction.objects.filter(state__in=OPEN, one__in=(one, other), other__in=(one, other))
    if pairs.exists():
        raise NotNowError(_("This was proposed already, and waits for an answer."))
    today = Introduction.objects.filter(proposed_by=actor, made__gt=timezone.now() - timedelta(days=1))
    if today.count() >= PROPOSALS_A_DAY:
        raise NotNowError(_("You proposed thirty introductions today. Come back tomorrow."))
    made = Introduction.objects.create(one=one, other=other, reason=reason, proposed_by=actor)
    audit("propose introduction", "introduction", str(made.pk), actor=actor)
    letters.tell_proposed(made)
    return made


@transaction.atomic
def move(introduction: Introduction, verb: str, *, actor: Any) -> Introduction:
    """Say yes or no, or withdraw; when both said yes they are in touch."""
    introduction = Introduction.objects.select_for_update().get(pk=introduction.pk)
    parties = permissions.parties(actor, introduction)
    permissions.require(bool(parties))
    found = move_from(verb, introduction.state, parties)
    if found is None:
        raise NotNowError(_("This was answered already."))
    source, introduction.state, introduction.changed = introduction.state, found.target, timezone.now()
    if introduction.state == State.MADE:
        introduction.contact = initiatives.introduce(
            introduction.one, introduction.other, introduction.reason, actor=actor
        )
    introduction.save()
    detail = {"from": source, "to": introduction.state}
    audit(f"{verb} introduction", "introduction", str(introduction.pk), actor=actor, detail=detail)
    return introduction
