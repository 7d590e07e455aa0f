# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail on practices: who is told of which move stands in `states.TELLS`; reminders until a review is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from knooppunt.jobs import letters
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS
from knooppunt.practices.models import Version
from knooppunt.practices.permissions import HUB_EDITORS, READERS
from knooppunt.practices.states import FLOW, Party, State

REMIND_EVERY = timedelta(days=30)


def addressees(version: Version, party: Party) -> Iterable[Any]:
    """The accounts of a party: writers of this version, second readers, the hub's editors."""
    if party == Party.WRITER:
        return version.writers.filter(is_active=True)
    if party == Party.HUB:
        return get_user_model().objects.filter(is_active=True, role__in=HUB_EDITORS)
    readers = people.people_with(version.practice.organisation, *READERS)
    return set(readers) - set(version.writers.all())


def tell(version: Version, verb: str, *, actor: Any, note: str = "") -> None:
    """Write to everyone who should know of this move, except who made it."""
    told = {user for party in sorted(FLOW.verbs[verb].tells) for user in addressees(version, party)}
    if verb == "fall-due":
        told |= set(_keepers(version))
    for user in sorted(told, key=lambda user: user.pk):
        if actor is None or user.pk != actor.pk:
            _write(user, "practices/mail/moved", version, verb, note)


def _keepers(version: Version) -> Iterable[Any]:
    return people.people_with(version.practice.organisation, *EDITORS)


def _write(user: Any, template: str, version: Version, verb: str, note: str) -> None:
    title = (
        (version.title_nl if user.language == "nl" else version.title_en)
        or version.title_nl
        or version.title_en
    )
    with override(user.language):
        context = {
            "title": title,
            "deed": str(FLOW.label(verb)),
            "state": State(version.state).label,
            "note": note,
            "address": settings.PUBLIC_URL + reverse("practices:work", args=[version.practice.slug]),
            "verb": verb,
        }
    letters.write(user.email, template, context, user.language)


def remind() -> int:
    """Ask again every month while a review is due; returns how many practices were asked for."""
    today = timezone.localdate()
    waiting = Version.objects.filter(state=State.REVIEW_DUE).exclude(reminded__gt=today - REMIND_EVERY)
    asked = 0
    for version in waiting.select_related("practice").iterator():
        if version.reminded is None and version.review_due and version.review_due > today - REMIND_EVERY:
            continue  # told less than a month ago, when it fell due
        for user in _keepers(version):
            _write(user, "practices/mail/moved", version, "fall-due", "")
        Version.objects.filter(pk=version.pk).update(reminded=today)
        asked += 1
    return asked
