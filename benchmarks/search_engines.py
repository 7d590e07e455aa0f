# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""One search engine, filled and questioned in this process: `python -m benchmarks.search_engines ENGINE SIZE`."""

import gc
import json
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any, Protocol

from benchmarks.search_cards import THEMES, Card, cards, questions

BATCH = 5_000
PAGE = 20
LONGEST = 20.0
"""Seconds after which one question is stopped."""
PATIENCE = 40.0
"""Seconds after which a sort of questions is not asked again."""
ENOUGH_FOR_P95 = 20


class Engine(Protocol):
    """What is measured of an engine."""

    def fill(self, batches: Iterable[list[Card]]) -> None:
        """Stores and indexes all cards."""

    def ask(self, text: str, theme: str | None) -> int:
        """First page, total and counts of three facets; returns the total. TimeoutError when stopped."""


class Ours:
    """The index of the catalogue."""

    def __init__(self, folder: Path) -> None:
        from knooppunt.catalogue.search.tantivy_index import TantivyIndex

        self._index = TantivyIndex(folder)

    def fill(self, batches: Iterable[list[Card]]) -> None:
        for batch in batches:
            self._index.apply([document(card) for card in batch])
        self._index.close()

    def ask(self, text: str, theme: str | None) -> int:
        from knooppunt.catalogue.search import SearchQuery

        selected = {"theme": [theme]} if theme else {}
        counted = ("kind", "theme", "organisation")
        return self._index.search(SearchQuery(text, facets=selected, count=counted, size=PAGE)).total


def document(card: Card) -> Any:
    from knooppunt.catalogue.search import IndexDocument

    texts = {"nl": card.nl} | ({"en": card.en} if card.en else {})
    return IndexDocument(
        kind=card.kind,
        key=str(card.number),
        url=f"/{card.kind}/{card.number}",
        title={lang: parts[0] for lang, parts in texts.items()},
        summary={lang: parts[1] for lang, parts in texts.items()},
        text={lang: parts[2] for lang, parts in texts.items()},
        facets={"theme": [card.theme], "organisation": list(card.organisations)},
        updated=card.updated,
    )


class OnDjango:
    """The same cards in a Django model on SQLite; subclasses say how they are found."""

    def __init__(self, folder: Path) -> None:
        from benchmarks import search_django

        self._models = search_django.start(folder / "cards.sqlite3")

    def fill(self, batches: Iterable[list[Card]]) -> None:
        self._models.fill(batches, indexed=self.indexed)

    indexed = False

    def ask(self, text: str, theme: str | None) -> int:
        interrupt = threading.Timer(LONGEST, self._models.interrupter())
        interrupt.start()
        try:
            return self._find(text, theme)
        finally:
            interrupt.cancel()

    def _find(self, text: str, theme: str | None) -> int:
        return int(self._models.like(text, theme, PAGE))


class ModelSearch(OnDjango):
    """Django on SQLite FTS5 as its search library ships it."""

    indexed = True

    def _find(self, text: str, theme: str | None) -> int:
        return int(self._models.search(text, theme, PAGE))


ENGINES: dict[str, Callable[[Path], Engine]] = {"ours": Ours, "modelsearch": ModelSearch, "like": OnDjango}


def batches(size: int) -> Iterable[list[Card]]:
    """All cards, `BATCH` at a time."""
    stream = cards(size)
    while batch := list(islice(stream, BATCH)):
        yield batch


def ask_all(engine: Engine, texts: list[str]) -> dict[str, Any]:
    """Milliseconds of the answers: p50, and p95 where there are enough of them."""
    times: list[float] = []
    stopped, begin = 0, time.perf_counter()
    engine.ask(texts[-1], None)  # what is loaded at the first question is not the question's own time
    for i, text in enumerate(texts):
        start = time.perf_counter()
        try:
            engine.ask(text, THEMES[i % len(THEMES)] if i % 2 else None)
        except TimeoutError:
            stopped += 1
        times.append(1000 * (time.perf_counter() - start))
        if time.perf_counter() - begin > PATIENCE:
            break
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    p95 = round(cuts[18], 2) if len(times) >= ENOUGH_FOR_P95 else None
    return {"n": len(times), "stopped": stopped, "p50": round(cuts[9], 2), "p95": p95}


def main(name: str, size: int) -> None:
    """Fills, asks, prints one JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder))
        begin = time.perf_counter()
        engine.fill(batches(size))
        seconds = time.perf_counter() - begin
        gc.collect()
        gc.freeze()  # every engine alike, as the hub's server does once it is warm
        answers = {}
        for sort, texts in questions().items():
            try:
                answers[sort] = ask_all(engine, texts)
            except TimeoutError:
                answers[sort] = {"n": 1, "stopped": 1, "p50": 1000 * LONGEST, "p95": None}
        stored = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {"engine": name, "cards": size, "index_seconds": round(seconds, 1), "memory_mb": round(memory)}
    print(json.dumps({**row, "disk_mb": round(stored / 1e6, 1), "ms": answers}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
