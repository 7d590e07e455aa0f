# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the search index in step with the cards. Only the worker writes; pages read.

The index remembers the position of the last outbox line it applied. Applying is idempotent, so a
worker may be killed at any moment: the lines after the remembered position are applied again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Q
from django_tasks import task

from knooppunt.catalogue import log
from knooppunt.catalogue.models import Card, OutboxLine
from knooppunt.catalogue.search.interface import Index, IndexBusy, IndexDocument
from knooppunt.catalogue.search.tantivy_index import IndexHome

BATCH = 1_000


@dataclass(frozen=True)
class State:
    """How far the index is: documents in it, cards there are, lines it has still to apply."""

    documents: int
    cards: int
    lag: int


def home() -> IndexHome:
    return IndexHome(settings.INDEX_FOLDER)


def current() -> Index | None:
    """The index that answers searches; None before the first build."""
    return home().current()


def position() -> log.Position:
    """The last outbox line that searches can see."""
    index = current()
    return (index.position() if index else None) or log.START


def state() -> State:
    index = current()
    return State(
        documents=index.count() if index else 0,
        cards=Card.objects.count(),
        lag=log.after(position()).count(),
    )


def catch_up() -> int:
    """Apply what came since the last time; builds the index when there is none. Returns lines applied.

    When another process is writing, this one leaves it to that.
    """
    index = current()
    if index is None:
        try:
            rebuild()
        except IndexBusy:
            return 0
        index = current()
        if index is None:
            return 0
    try:
        return apply_log(index)
    except IndexBusy:
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
    and is applied again. Returns the number of cards.
    """
    start = log.end()
    place = home()
    with place.new_build() as build:
        done = 0
        for documents in _batches(_all_documents()):
            build.index.apply(documents, [], start)
            done += len(documents)
            if progress:
                progress(done)
        if not done:
            build.index.apply([], [], start)
        apply_log(build.index)
        place.swap(build)
    return done


def ensure() -> int:
    """An index that is up to date, built or caught up as needed; returns how many cards it holds."""
    catch_up()
    index = current()
    return index.count() if index else 0


@task(queue_name="default")
def reindex() -> int:
    """`knooppunt reindex` as a background task."""
    return rebuild()


def _changes(lines: list[OutboxLine]) -> tuple[list[IndexDocument], list[tuple[str, str]]]:
    """What the lines mean now: the card as it is, or its absence. Each card counts once."""
    touched = {(line.kind, line.key) for line in lines}
    wanted = Q(pk__in=[])
    for kind in {kind for kind, _ in touched}:
        wanted |= Q(kind=kind, key__in=[key for k, key in touched if k == kind])
    documents = [document(card) for card in Card.objects.filter(wanted).prefetch_related("facets")]
    present = {(d.kind, d.key) for d in documents}
    return documents, sorted(touched - present)


def _all_documents() -> Iterator[IndexDocument]:
    cards = Card.objects.prefetch_related("facets").order_by("pk")
    return (document(card) for card in cards.iterator(chunk_size=BATCH))


def _batches(documents: Iterator[IndexDocument]) -> Iterator[list[IndexDocument]]:
    while part := list(islice(documents, 10 * BATCH)):
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
        place=(card.latitude, card.longitude) if card.latitude is not None and card.longitude is not None else None,
    )
