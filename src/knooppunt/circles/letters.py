# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail of circles and introductions, to members and to who takes messages for an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from knooppunt.circles import queries
from knooppunt.circles.models import Circle, Introduction, Meeting
from knooppunt.jobs import letters
from knooppunt.people import services as people

TEMPLATE = "circles/mail/told"


def contact_people(organisation: str) -> list[Any]:
    """Who takes messages for an organisation and still works there."""
    places = people.standing().since(organisation)
    found = get_user_model().objects.filter(
        is_active=True,
        contact_for__organisation__in=places,
        memberships__organisation__slug__in=places,
    )
    return list(found.distinct().order_by("pk"))


def _write(user: Any, subject: str, text: str, note: str, address: str) -> None:
    context = {"subject": subject, "text": text, "note": note, "address": settings.PUBLIC_URL + address}
    letters.write(user.email, TEMPLATE, context, user.language)


def tell_invited(circle: Circle, readers: Iterable[Any]) -> None:
    for user in readers:
        with override(user.language):
            text = _("You were brought into this circle. You can leave it on its page.")
            _write(user, circle.title, text, circle.purpose, circle.get_absolute_url())


def tell_reminded(readers: Iterable[Any], title: str, text: Any, address: str) -> None:
    """A connector asks to move something on."""
    for user in readers:
        with override(user.language):
            note = _("A connector of the hub asks you this.")
            _write(user, title, str(text), note, address)


def members(circle: Circle, **only: Any) -> list[Any]:
    """Who takes part, and still works at the organisation; of these, those for whom `only` holds."""
    found = circle.members.filter(**only, user__is_active=True)
    return [member.user for member in queries.still_there(found)]


def tell_meeting(meeting: Meeting, users: Iterable[Any], *, actor: Any) -> None:
    """Tell when and where, or that it is off; who planned it knows."""
    for user in users:
        if actor is not None and user.pk == actor.pk:
            continue
        with override(user.language):
            text = _("This meeting is cancelled.") if meeting.cancelled else _when(meeting)
            _write(user, meeting.title, text, meeting.agenda, meeting.get_absolute_url())


def tell_place(meeting: Meeting, users: Iterable[Any]) -> None:
    """Tell who waited that there is a place."""
    for user in users:
        with override(user.language):
            text = _("There is a place for you. You need not wait any more.")
            _write(user, meeting.title, text, _when(meeting), meeting.get_absolute_url())


def _when(meeting: Meeting) -> str:
    return f"{date_format(timezone.localtime(meeting.starts), 'DATETIME_FORMAT')}, {meeting.place}"


def tell_proposed(introduction: Introduction) -> None:
    """Ask both, each about the other."""
    for side, about in (
        (introduction.one, introduction.other),
        (introduction.other, introduction.one),
    ):
        other = people.organisation(about)
        for user in contact_people(side):
            with override(user.language):
                name = (other.name_nl if user.language == "nl" else other.name_en) if other else about
                subject = _("Do you want to meet %(name)s?") % {"name": name}
                text = _("A connector of the hub thinks that you work on the same problem.")
                _write(user, subject, text, introduction.reason, introduction.get_absolute_url())
