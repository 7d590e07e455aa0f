# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the search index of this machine in step with the cards. Only its worker writes; pages read.

The index remembers the position of the last outbox line it applied. Applying is idempotent, so a
worker may be killed at any moment: the lines after the remembered position are applied again.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.conf import settings
from django_tasks import task

from knooppunt.catalogue import log
from knooppunt.catalogue.models import Card, OutboxLine, identities
from knooppunt.catalogue.search import Index, IndexBusyError, IndexDamagedError, IndexDocument, IndexHome

BATCH = 1_000


@dataclass(frozen=True)
class State:
    """How far the index is: documents in it, cards there are, lines it has still to apply."""

    documents: int
    cards: int
    lag: int


def current() -> Index:
    """The index that answers searches; an empty one before the first build."""
    return _home(settings.INDEX_FOLDER).current()


def exists() -> bool:
    """False until the first build is in use, and when it cannot be read: the worker then builds it anew."""
    home = _home(settings.INDEX_FOLDER)
    try:
        return home.exists() and home.current().count() >= 0
    except IndexDamagedError:
        return False


@lru_cache(maxsize=2)
def _home(folder: Path) -> IndexHome:
    folder.mkdir(parents=True, exist_ok=True)
    return IndexHome(folder)


def position() -> log.Position:
    """The last outbox line that searches can see."""
    return (current().position() or log.START) if exists() else log.START


def state() -> State:
    documents = current().count() if exists() else 0
    return State(documents, Card.objects.count(), lag=log.after(position()).count())


def catch_up() -> int:
    """Apply what came since the last time; builds the index when there is none. Returns lines applied.

    Every machine has an index and a position of its own. An index beyond the log's end saw changes that a
    restored backup does not know, one before the log's beginning missed some: it is built anew too. When
    another process is writing, this one leaves it to that.
    """
    try:
        there = position() if exists() else None
        if there is not None and there == log.newest():
            return 0
        if there is None or there > log.end() or there < log.forgotten():
            rebuild()
        return apply_log(current())
    except IndexBusyError:
        return 0


def apply_log(index: Index) -> int:
    """Apply the log to one index from its own position, in batches, until nothing is left."""
    applied = 0
    while lines := list(log.after(index.position() or log.START)[:BATCH]):
        upserts, deletes = _changes(lines)
        index.apply(upserts, deletes, log.position_of(lines[-1]))
        applied += len(lines)
    return applied


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Build the index anew in a folder of its own, catch up, and swap it in; searches keep working.

    The position is read before the cards: what changes during the build comes after it in the log
    and is applied again. Returns the number of cards; IndexBusyError when another process is at it.
    """
    with _alone():
        log.adopt()
        return _build(progress)


@contextmanager
def _alone() -> Iterator[None]:
    """The right to rebuild: two at once would clear each other's half-built folders away."""
    folder = Path(settings.INDEX_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "rebuild.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError("the index is being built already; wait until that is done") from error
        yield


def _build(progress: Callable[[int], None] | None) -> int:
    start, done = log.end(), 0
    name, index = _home(settings.INDEX_FOLDER).new_build()
    for part in _batches(_all_documents()):
        index.apply(part)
        done += len(part)
        if progress:
            progress(done)
    index.apply([], [], start)
    apply_log(index)
    index.close()
    _home(settings.INDEX_FOLDER).swap(name)
    return done


def ensure() -> int:
    """An index that is up to date, built or caught up as needed; returns how many cards it holds.

    Leaves the writing to others afterwards: a command prepares, the worker goes on.
    """
    catch_up()
    current().close()
    return current().count()


@task(queue_name="default")
def reindex() -> int:
    """`knooppunt reindex` as a background task."""
    return rebuild()


def _changes(lines: list[OutboxLine]) -> tuple[list[IndexDocument], list[tuple[str, str]]]:
    """What the lines mean now: the card as it is, or its absence. Each card counts once."""
    touched = {(line.kind, line.key) for line in lines}
    found = documents(touched)
    present = {(d.kind, d.key) for d in found}
    return found, sorted(touched - present)


def documents(keys: Iterable[tuple[str, str]]) -> list[IndexDocument]:
    """What the index knows, or will know, of these cards (kind, key); those that are gone are left out."""
    return [document(card) for card in Card.objects.filter(identities(keys)).prefetch_related("facets")]


def _all_documents() -> Iterator[IndexDocument]:
    cards = Card.objects.prefetch_related("facets").order_by("pk")
    return (document(card) for card in cards.iterator(chunk_size=BATCH))


def _batches(stream: Iterator[IndexDocument]) -> Iterator[list[IndexDocument]]:
    while part := list(islice(stream, 10 * BATCH)):
        yield part


def document(card: Card) -> IndexDocument:
    """What the index knows of a card."""
    facets: dict[str, list[str]] = {}
    for value in card.facets.all():
        facets.setdefault(value.facet, []).append(value.code)
    languages = ("nl", "en")
    return IndexDocument(
        kind=card.kind,
        key=card.key,
        url=card.url,
        title={lang: text for lang in languages if (text := getattr(card, f"title_{lang}"))},
        summary={lang: text for lang in languages if (text := getattr(card, f"summary_{lang}"))},
        text={lang: text for lang in languages if (text := getattr(card, f"text_{lang}"))},
        facets=facets,
        starts=card.starts,
        ends=card.ends,
        updated=card.updated,
        place=(card.latitude, card.longitude)
        if card.latitude is not None and card.longitude is not None
        else None,
    )
