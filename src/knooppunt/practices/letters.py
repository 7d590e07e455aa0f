# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail on practices: the table of moves says who is told of which; reminders until a review is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.wording import words
from knooppunt.flow import letters
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
    """Write to everyone who should know of this move; all who keep a practice hear that its day has come."""
    if verb == "fall-due":
        for user in {*addressees(version, Party.WRITER), *_keepers(version)}:
            _ask_again(user, version)
        return
    letters.tell(
        FLOW, verb, version.state, lambda party: addressees(version, Party(party)),
        title=lambda: words(version.title).text, address=lambda: _address(version), actor=actor, note=note,
    )  # fmt: skip


def _keepers(version: Version) -> Iterable[Any]:
    return people.people_with(version.practice.organisation, *EDITORS)


def _address(version: Version) -> str:
    return reverse("practices:work", args=[version.practice.slug])


def _ask_again(user: Any, version: Version) -> None:
    letters.write(
        FLOW, "fall-due", version.state, user, title=lambda: words(version.title).text,
        address=lambda: _address(version),
        advice=_("Look whether it is still right. Then confirm it, write a new version, or withdraw it."),
    )  # fmt: skip


def remind() -> int:
    """Ask again every month while a review is due; returns how many practices were asked for."""
    today = timezone.localdate()
    waiting = Version.objects.filter(state=State.REVIEW_DUE).exclude(reminded__gt=today - REMIND_EVERY)
    asked = 0
    for version in waiting.select_related("practice").iterator():
        if version.reminded is None and version.review_due and version.review_due > today - REMIND_EVERY:
            continue  # told less than a month ago, when it fell due
        for user in _keepers(version):
            _ask_again(user, version)
        Version.objects.filter(pk=version.pk).update(reminded=today)
        asked += 1
    return asked
