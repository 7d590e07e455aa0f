# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of the catalogue: the only way to make a thing public, change it, or take it back.

Each verb writes thing, card, outbox line and audit line in one transaction: either all of them stand,
or nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import structlog
from django.db import OperationalError, models, transaction
from django.utils import timezone

from knooppunt.catalogue import cards, log, tallies
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.kinds import Text, kinds
from knooppunt.catalogue.models import Card, Change, Relation, ScheduledMove, Tombstone
from knooppunt.web.once import reading_once

logger = structlog.get_logger(__name__)
BATCH = 500
MOST_MOVES = 50
NO_REASON = Text()


@dataclass(frozen=True)
class Imported:
    """What an import did: how many cards were written."""

    published: int


def publish(thing: models.Model, *, actor: Any = None, detail: dict[str, Any] | None = None) -> Card:
    """Save the thing and make it public, or bring its card up to date.

    Publishing again after withdrawal lifts the tombstone. Publishing what did not change still
    writes the log lines: the deed was done, and readers of the log apply it idempotently.
    """
    with transaction.atomic():
        (card,) = cards.write(kinds.of(thing), [thing], actor=actor, detail=detail)
    return card


def publish_many(things: Iterable[models.Model], *, actor: Any = None, batch: int = BATCH) -> Imported:
    """Publish an import of one kind in transactions of at most `batch` (≤ 500) cards, one after the other.

    A stop half-way leaves whole batches: run the import again and the rest follows.
    """
    if not 1 <= batch <= BATCH:
        raise ValueError(f"batch must be 1 to {BATCH}, not {batch}")
    things, done = iter(things), 0
    while part := list(islice(things, batch)):
        with transaction.atomic(), reading_once():
            cards.write(kinds.of(part[0]), part, actor=actor)
        done += len(part)
    return Imported(done)


@transaction.atomic
def withdraw(
    thing: models.Model, *, actor: Any = None, reason: Text = NO_REASON, nameless: bool = False
) -> None:
    """Save the thing and take its card away, leaving a tombstone. Does nothing when there is no card.

    `nameless`: the tombstone keeps no title, for what was about a person.
    """
    kind = kinds.of(thing)
    thing.save()
    key = kind.card(thing).key
    card = Card.objects.filter(kind=kind.name, key=key).first()
    ScheduledMove.objects.filter(kind=kind.name, key=key).delete()
    if card is None:
        return
    Tombstone.objects.update_or_create(
        kind=kind.name,
        key=key,
        defaults={
            "url": card.url,
            "title_nl": "" if nameless else card.title_nl,
            "title_en": "" if nameless else card.title_en,
            "reason_nl": reason.nl,
            "reason_en": reason.en,
            "withdrawn": timezone.now(),
        },
    )
    Relation.objects.filter(source_kind=kind.name, source_key=key, derived=True).delete()
    tallies.note(tallies.of(kind.name, [key]), {})
    card.delete()
    log.append([(kind.name, key, Change.WITHDRAWN)])
    audit("withdraw", kind.name, key, actor=actor)


@transaction.atomic
def schedule(thing: models.Model, move: str, due: datetime, *, actor: Any = None) -> ScheduledMove:
    """Have the worker publish or withdraw the thing at `due`; a second call moves the date."""
    kind = kinds.of(thing)
    thing.save()
    key = kind.card(thing).key
    scheduled, _ = ScheduledMove.objects.update_or_create(
        kind=kind.name,
        key=key,
        move=ScheduledMove.Move(move),
        defaults={"due": due, "actor": actor, "failure": ""},
    )
    audit(f"schedule {move}", kind.name, key, actor=actor, detail={"due": due.isoformat()})
    return scheduled


@transaction.atomic
def unschedule(thing: models.Model, move: str, *, actor: Any = None) -> None:
    """Take a scheduled move back; does nothing when there is none."""
    kind = kinds.of(thing)
    key = kind.card(thing).key
    if ScheduledMove.objects.filter(kind=kind.name, key=key, move=ScheduledMove.Move(move)).delete()[0]:
        audit(f"unschedule {move}", kind.name, key, actor=actor)


def make_due_moves(now: datetime | None = None) -> int:
    """Make some of the scheduled moves that are due; one that fails keeps its reason and stops no other."""
    due = ScheduledMove.objects.filter(due__lte=now or timezone.now(), failure="").order_by("due", "pk")
    return sum(map(_try, list(due.values_list("pk", flat=True)[:MOST_MOVES])))


def _try(pk: int) -> int:
    try:
        with transaction.atomic():
            # Another worker may have made it since: lock the row, or pass it by.
            scheduled = ScheduledMove.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
            return _make(scheduled) if scheduled else 0
    except OperationalError:
        raise  # the database is away or busy, the move is in order: it stays due
    except Exception as error:
        logger.exception("scheduled move failed", move=pk)
        ScheduledMove.objects.filter(pk=pk).update(failure=f"{type(error).__name__}: {error}")
        return 0


def _make(scheduled: ScheduledMove) -> int:
    thing = kinds[scheduled.kind].find(scheduled.key) if scheduled.kind in kinds else None
    if thing is None:
        scheduled.failure = f"no {scheduled.kind} with key {scheduled.key}"
        scheduled.save(update_fields=["failure"])
        return 0
    if (own_way := kinds[scheduled.kind].scheduled) is not None:
        own_way(thing, scheduled.move, actor=scheduled.actor)
    elif scheduled.move == ScheduledMove.Move.PUBLISH:
        publish(thing, actor=scheduled.actor)
    else:
        withdraw(thing, actor=scheduled.actor)
    ScheduledMove.objects.filter(pk=scheduled.pk).delete()
    return 1


@transaction.atomic
def relate(source: Card, type_: str, target: Card, *, author: Any, note: str = "") -> Relation:
    """Assert that `source` bears on `target`; the author stands by it and can take it back."""
    if author is None:
        raise ValueError("an asserted relation needs an author")
    relation, _ = Relation.objects.update_or_create(
        source_kind=source.kind,
        source_key=source.key,
        target_kind=target.kind,
        target_key=target.key,
        type=type_,
        derived=False,
        defaults={"author": author, "note": note},
    )
    audit("relate", source.kind, source.key, actor=author, detail={"to": str(target), "type": type_})
    return relation
