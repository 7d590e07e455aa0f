# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The weekly digest: what touches a person's work, and nothing when nothing does.

It is opted into, comes once in seven days, and is stopped with the link in it, without signing in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import Card
from knooppunt.circles import permissions
from knooppunt.circles.introductionstates import OPEN
from knooppunt.circles.models import Digest, Introduction, Meeting, Member
from knooppunt.helpdesk import services as helpdesk
from knooppunt.initiatives import services as initiatives
from knooppunt.jobs import letters
from knooppunt.people import services as people

WEEK = timedelta(days=7)
MOST = 5
MOST_ALIKE = 20
PARAMETER = "sleutel"
_signer = signing.Signer(salt="circles.digest")


@dataclass(frozen=True)
class Line:
    """One thing to tell: what, why it is told, and where it stands (an address within the hub)."""

    text: str
    why: str
    address: str


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]


def sections(user: Any, since: datetime) -> list[Section]:
    """What to tell this person, in the active language; empty when there is nothing."""
    now = timezone.now()
    found = [
        _started(user, since),
        _answered(user, since),
        _for_me(user),
        _accepted(user, since),
        _meetings(user, now),
    ]
    return [section for section in found if section.lines]


def _started(user: Any, since: datetime) -> Section:
    found = list(_near(user, since))
    lines, number = [line for _slug, line in found[:MOST]], len({slug for slug, _line in found})
    title = ngettext(
        "%(n)s organisation started what touches your work",
        "%(n)s organisations started what touches your work",
        number,
    )
    return Section(title % {"n": number}, lines)


def _near(user: Any, since: datetime) -> Iterator[tuple[str, Line]]:
    """Initiatives of organisations like one's own, and on the challenges of one's own work and circles; each
    with the slug of who started it."""
    own = set(people.roles_of(user))
    reasons = {
        alike.organisation.slug: _("An organisation like yours: %(why)s.") % {"why": alike.why}
        for organisation in people.organisations(own)
        for alike in people.alike(organisation, MOST_ALIKE)
    }
    mine = Member.objects.filter(user=user, organisation__in=own)
    challenges = initiatives.busy_with(own) | set(mine.values_list("circle__challenge", flat=True))
    for initiative in initiatives.started(since).exclude(organisation__in=own):
        why = reasons.get(initiative.organisation, "")
        if not why and initiative.challenge in challenges:
            why = _("On your challenge: %(challenge)s.") % {"challenge": _challenge(initiative.challenge)}
        if why:
            name = _name(initiative.organisation)
            line = Line(f"{name}: {initiative.words('title').text}", why, initiative.get_absolute_url())
            yield initiative.organisation, line


def _answered(user: Any, since: datetime) -> Section:
    lines = [
        Line(Truncator(question.text).chars(100), "", question.get_absolute_url())
        for question in helpdesk.answered_since(user, since)[:MOST]
    ]
    title = ngettext(
        "%(n)s question of yours was answered", "%(n)s questions of yours were answered", len(lines)
    )
    return Section(title % {"n": len(lines)}, lines)


def _for_me(user: Any) -> Section:
    """Questions of other organisations and introductions that wait for this person's answer."""
    lines = [
        Line(_name(contact.asker), _("Asked you something."), contact.get_absolute_url())
        for contact in initiatives.contacts_of(user).filter(state="asked").order_by("made")
        if initiatives.speaks_for(user, contact.asked)
    ]
    own = list(people.roles_of(user))
    open_ = Introduction.objects.filter(state__in=OPEN)
    for introduction in [*open_.filter(one__in=own), *open_.filter(other__in=own)]:
        if permissions.may_move(user, introduction, "accept"):
            names = f"{_name(introduction.one)} – {_name(introduction.other)}"
            lines.append(Line(names, _("An introduction is proposed."), introduction.get_absolute_url()))
    lines = list(dict.fromkeys(lines))
    return Section(_("Waiting for your answer: %(n)s") % {"n": len(lines)}, lines)


def _accepted(user: Any, since: datetime) -> Section:
    lines = [
        Line(_name(contact.asked), "", contact.get_absolute_url())
        for contact in initiatives.contacts_of(user).filter(state="accepted", changed__gt=since)
        if initiatives.speaks_for(user, contact.asker)
    ]
    title = ngettext(
        "%(n)s organisation is in touch with you", "%(n)s organisations are in touch with you", len(lines)
    )
    return Section(title % {"n": len(lines)}, lines)


def _meetings(user: Any, now: datetime) -> Section:
    coming = Meeting.objects.filter(
        circle__members__user=user, cancelled=False, starts__gt=now, starts__lte=now + WEEK
    ).select_related("circle")
    lines = [
        Line(meeting.title, _when(meeting), meeting.get_absolute_url())
        for meeting in coming
        if permissions.member_of(user, meeting.circle)
    ]
    title = ngettext("%(n)s meeting in the coming week", "%(n)s meetings in the coming week", len(lines))
    return Section(title % {"n": len(lines)}, lines)


def _when(meeting: Meeting) -> str:
    moment = timezone.localtime(meeting.starts)
    return f"{date_format(moment, 'l j F, H:i')}, {meeting.place}"


def _name(slug: str) -> str:
    organisation = people.organisation(slug)
    if organisation is None:
        return slug
    return organisation.name_nl if get_language() == "nl" else organisation.name_en


def _challenge(slug: str) -> str:
    card = Card.objects.filter(kind="challenge", key=slug).first()
    return card.in_language("title", get_language() or "nl")[0] if card else slug


@transaction.atomic
def subscribe(user: Any) -> None:
    """Have the digest from now on."""
    _digest, made = Digest.objects.get_or_create(user=user)
    if made:
        audit("take digest", "digest", str(user.pk), actor=user)


@transaction.atomic
def stop(digest: Digest) -> None:
    audit("stop digest", "digest", str(digest.user_id), actor=digest.user)
    digest.delete()


def key_of(digest: Digest) -> str:
    return _signer.sign(digest.code)


def of_key(key: str) -> Digest | None:
    """The digest that the link in a letter stops; None when it was stopped. BadSignature: no link of ours."""
    return Digest.objects.select_related("user").filter(code=_signer.unsign(key)).first()


def send_due() -> int:
    """Write to everyone whose week is over and who has something to read; how many. Run by the worker."""
    due = Digest.objects.filter(told__lte=timezone.now() - WEEK, user__is_active=True)
    return sum(map(_send, due.values_list("pk", flat=True)))


@transaction.atomic
def _send(pk: int) -> bool:
    digest = Digest.objects.select_for_update().select_related("user").filter(pk=pk).first()
    now = timezone.now()
    if digest is None or digest.told > now - WEEK:
        return False
    with override(digest.user.language):
        told = sections(digest.user, digest.told)
        digest.told = now
        digest.save(update_fields=["told"])
        if told:
            letters.write(
                digest.user.email, "circles/mail/digest", _letter(digest, told), digest.user.language
            )
    return bool(told)


def _letter(digest: Digest, told: list[Section]) -> dict[str, Any]:
    stop_address = f"{reverse('circles:stop-digest')}?{PARAMETER}={key_of(digest)}"
    return {
        "sections": told,
        "host": settings.PUBLIC_URL,
        "preview": settings.PUBLIC_URL + reverse("circles:digest"),
        "stop": settings.PUBLIC_URL + stop_address,
    }
