# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moving a version from state to state: the one place where a state changes.

Publication replaces what stood, and writes card, outbox and audit through the catalogue in the same
transaction; a scheduled publication comes here too, by the hands of the catalogue's clock.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.kinds import Text
from knooppunt.catalogue.models import ScheduledMove
from knooppunt.flow.drafts import months_later
from knooppunt.flow.history import record
from knooppunt.practices import letters, permissions, policies
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import FLOW, STANDING, Party, State


def hold(version: Version) -> Version:
    """The version as it is now; its practice is locked to the end of the transaction, so verbs queue."""
    Practice.objects.select_for_update().get(pk=version.practice_id)
    return Version.objects.select_related("practice").get(pk=version.pk)


@transaction.atomic
def move(version: Version, verb: str, *, actor: Any, note: str = "", due: datetime | None = None) -> Version:
    """Make a move of the table for a person; `due` is for `schedule`."""
    version = hold(version)
    target = FLOW.check(verb, version.state, permissions.parties(actor, version), note)
    policies.check_can_move(version, verb, due)
    _make(version, verb, target, actor=actor, note=note, due=due)
    return version


@transaction.atomic
def make_scheduled(practice: Practice, move: str, *, actor: Any) -> None:
    """What the catalogue's clock does when a date has come: publish the version that waits for it."""
    version = practice.versions.filter(state=State.SCHEDULED).first()
    if version is None or move != ScheduledMove.Move.PUBLISH:
        raise LookupError(f"practice {practice} has no version that waits for {move}")
    _by_clock(hold(version), "publish", actor=actor)


def _by_clock(version: Version, verb: str, *, actor: Any = None) -> None:
    move = FLOW.find(verb, version.state, {Party.CLOCK})
    if move is None:
        raise LookupError(f"the clock cannot {verb} what is {version.state}")
    _make(version, verb, move.target, actor=actor, note="", due=None)


def _make(version: Version, verb: str, target: State, *, actor: Any, note: str, due: datetime | None) -> None:
    source, version.state = version.state, target
    version.locked_by = version.locked_at = None
    _EFFECTS.get(verb, _none)(version, actor, note, due)
    detail = {"version": version.number}
    record(FLOW, version, verb, source, actor=actor, note=note, key=version.practice.slug, detail=detail)
    letters.tell(version, verb, actor=actor, note=note)


def _none(version: Version, actor: Any, note: str, due: datetime | None) -> None:
    version.save()


def _publish(version: Version, actor: Any, note: str, due: datetime | None) -> None:
    for old in version.practice.versions.filter(state__in=STANDING).exclude(pk=version.pk):
        _make(old, "replace", State.REPLACED, actor=None, note="", due=None)
    version.published = version.published or timezone.now()
    version.publish_at = None
    set_review(version)
    version.save()
    publish_card(version.practice, actor=actor, detail={"version": version.number})


def publish_card(practice: Practice, *, actor: Any, detail: dict[str, Any]) -> None:
    """Bring the card up to date, and keep the date of a version that waits for one."""
    catalogue.publish(fresh(practice), actor=actor, detail=detail)
    _keep_date(practice)


def _keep_date(practice: Practice) -> None:
    """The catalogue forgets dates of what was published or withdrawn; ours may be of a next version."""
    waiting = practice.versions.filter(state=State.SCHEDULED).exclude(publish_at=None).first()
    if waiting is not None:
        catalogue.schedule(fresh(practice), ScheduledMove.Move.PUBLISH, waiting.publish_at)


def set_review(version: Version) -> None:
    """The day on which the keeper is asked whether it is still right."""
    version.review_due = months_later(timezone.localdate(), version.review_months)
    version.reminded = None


def _schedule(version: Version, actor: Any, note: str, due: datetime | None) -> None:
    assert due is not None  # noqa: S101 - the policy refuses a missing date
    version.publish_at = due
    version.save()
    catalogue.schedule(fresh(version.practice), ScheduledMove.Move.PUBLISH, due, actor=actor)


def _unschedule(version: Version, actor: Any, note: str, due: datetime | None) -> None:
    version.publish_at = None
    version.save()
    catalogue.unschedule(fresh(version.practice), ScheduledMove.Move.PUBLISH, actor=actor)


def _confirm(version: Version, actor: Any, note: str, due: datetime | None) -> None:
    set_review(version)
    version.save()


def _withdraw(version: Version, actor: Any, note: str, due: datetime | None) -> None:
    version.save()
    language = version.language or "nl"
    catalogue.withdraw(fresh(version.practice), actor=actor, reason=Text(**{language: note}))
    _keep_date(version.practice)


_EFFECTS = {
    "publish": _publish,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "confirm": _confirm,
    "withdraw": _withdraw,
}


def fresh(practice: Practice) -> Practice:
    """The practice without what was read of it before."""
    return Practice.objects.get(pk=practice.pk)


def fall_due() -> int:
    """Ask the keepers of every practice whose day has come; returns how many. Run daily by the worker."""
    due = Version.objects.filter(state=State.PUBLISHED, review_due__lte=timezone.localdate())
    return sum(map(_fall_due, due.values_list("pk", flat=True)))


@transaction.atomic
def _fall_due(pk: int) -> int:
    version = hold(Version.objects.get(pk=pk))
    if version.state != State.PUBLISHED:  # replaced or withdrawn since
        return 0
    _by_clock(version, "fall-due")
    return 1
