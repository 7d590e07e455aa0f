# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A harvest run: every source read into its records, or left as it was, with the reason."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bronnen.fetch import Fetcher
from bronnen.harvest.collection import Collection
from bronnen.harvest.findings import findings
from bronnen.harvest.joins import Key, joined, keys
from bronnen.harvest.sources import DeadSourceError, Opened, expand, open_source
from bronnen.harvest.store import State, Store
from bronnen.memory import peak_mb
from bronnen.readers import Refusal, Remark, read
from bronnen.records import KINDS, LISTED, Entry, Thing, from_json

#: To be raised when readers give other records for the same input: unchanged sources are then read again.
READERS: Final = 4
_ENTRIES: Final = frozenset(name for name, kind in KINDS.items() if issubclass(kind, Entry))
_LISTED: Final = frozenset(kind.__name__ for kind in LISTED)


@dataclass(slots=True)
class Options:
    """`share` is the part of the earlier datasets, series and services that a run may drop unasked."""

    share: float = 0.2
    accept_loss: bool = False
    fetcher: Fetcher = field(default_factory=Fetcher)
    tell: Callable[[str], None] = lambda line: None


@dataclass(slots=True)
class Outcome:
    """What became of one source; `result` is read, unchanged, dead or waiting."""

    source: str
    result: str
    state: State | None
    refused: list[dict[str, str]] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def incomplete(self) -> bool:
        """Whether less came than the source promised; a dead source is dead and not incomplete."""
        return self.result != "dead" and self.state is not None and self.state.incomplete


def harvest(sources: list[str], folder: Path, options: Options) -> dict[str, Any]:
    """Reads the sources into the folder and gives the report; BusyError when another run is writing there.

    In the report, `kept` counts datasets, series and services, `in` those with the doubles and all that was
    refused; `kinds` counts every record.
    """
    started = time.perf_counter()
    store = Store(folder)
    with store.writing():
        outcomes = []
        for source in expand(sources):
            outcome = _one(source, store, options)
            options.tell(f"{outcome.result}: {source}")
            outcomes.append(outcome)
        joins = store.joins()
        if joins is None or any(outcome.result == "read" for outcome in outcomes):
            joins = store.write_joins(joined(store.keys()))
    return _report(outcomes, joins, time.perf_counter() - started)


def _one(source: str, store: Store, options: Options) -> Outcome:
    known = store.state(source)
    if known is not None and known.readers != READERS:
        known.etag = known.last_modified = known.digest = ""
    with tempfile.TemporaryDirectory(prefix="bronnen-") as work:
        try:
            opened = open_source(
                source,
                Path(work),
                options.fetcher,
                known.etag if known else "",
                known.last_modified if known else "",
            )
        except DeadSourceError as error:
            return Outcome(source, "dead", known, [_refused(source, "source", str(error), error.cure)])
        if known is not None and (opened.unchanged or opened.digest == known.digest):
            return Outcome(source, "unchanged", known, known.refused)
        return _read(opened, known, Path(work), store, options)


class _Reading:
    """One source being read."""

    def __init__(self, opened: Opened) -> None:
        self.collection = Collection()
        self.state = State(
            opened.source, opened.digest, READERS, etag=opened.etag, last_modified=opened.last_modified
        )
        self.broken = self.state.incomplete = bool(opened.cut_short or opened.missing)
        self.state.promised, self.state.missing = opened.promised, opened.missing
        if self.broken:
            self._find(_incomplete(opened))
        self._told: Counter[tuple[str, str, str]] = Counter()
        if opened.cut_short:
            self._told["source", opened.cut_short, "Try again later."] += 1

    def take(self, opened: Opened, work: Path) -> None:
        """Everything that the documents hold. Whatever goes wrong in one of them ends only that one."""
        try:
            for document in opened.documents(work):
                member = document.source.removeprefix(opened.source).lstrip("!")
                try:
                    for item in read(document):
                        self._item(item, member)
                except Exception as error:  # The boundary: a fault of a reader must not stop a run.
                    self._refuse(
                        Refusal("file", f"reading failed ({type(error).__name__})", "Report it.", True),
                        member,
                    )
        except DeadSourceError as error:
            self._refuse(Refusal("file", str(error), error.cure, broken=True), "")

    def _item(self, item: Thing | Refusal | Remark, member: str) -> None:
        if isinstance(item, Refusal):
            self._refuse(item, member)
        elif isinstance(item, Remark):
            self._find(item.cause)
        else:
            for cause in findings(item):
                self._find(cause)
            if said := self.collection.put(item):
                self._find(said)
                self.state.doubles += type(item) in LISTED and "both" not in said

    def _find(self, cause: str) -> None:
        self.state.findings[cause] = self.state.findings.get(cause, 0) + 1

    def _refuse(self, refusal: Refusal, member: str) -> None:
        position = f"{member}, {refusal.position}" if member else refusal.position
        self._told[position, refusal.cause, refusal.cure] += 1
        self.broken = self.broken or refusal.broken

    def count(self) -> None:
        """Fills the state from what was collected."""
        kinds: Counter[str] = Counter()
        for line in self.collection.lines():
            kinds[_kind(line)] += 1
        self.state.kinds = dict(sorted(kinds.items()))
        self.state.kept = sum(kinds[name] for name in _LISTED)
        if not self._told and set(kinds) <= {"Thing", "Agent"}:
            self._told["file", "describes nothing that a catalogue holds", "Give a catalogue."] += 1
        for (position, cause, cure), times in self._told.items():
            said = cause if times == 1 else f"{cause} ({times} times)"
            self.state.refused.append(_refused(self.state.source, position, said, cure))


def _read(opened: Opened, known: State | None, work: Path, store: Store, options: Options) -> Outcome:
    reading = _Reading(opened)
    reading.take(opened, work)
    collection, state = reading.collection, reading.state
    if reading.broken and known is not None:
        for _, id_, line in store.lines(opened.source):
            collection.adopt(id_, line)
    reading.count()
    outcome = Outcome(opened.source, "read", state, state.refused)
    dropped = _compare(outcome, collection, store)
    if known is not None and dropped > options.share * max(known.kept, 1) and not options.accept_loss:
        cause = f"would drop {dropped} of {known.kept} records: the earlier ones are kept"
        waiting = _refused(opened.source, "source", cause, "Run again with --accept-loss if this is right.")
        outcome = Outcome(opened.source, "waiting", known, [waiting])
    elif reading.broken and known is None and not state.kinds:
        outcome = Outcome(opened.source, "dead", None, state.refused)
    else:
        store.write(state, collection.lines(), _keys(collection))
    collection.close()
    return outcome


def _compare(outcome: Outcome, collection: Collection, store: Store) -> int:
    """Counts what is new, changed and gone; gives how many datasets, series and services are gone."""
    dropped = same = 0
    for kind, id_, line in store.lines(outcome.source):
        now = collection.line_of(id_)
        if now is None:
            outcome.removed += 1
            dropped += kind in _LISTED
        elif now == line:
            same += 1
        else:
            outcome.changed += 1
    total = sum(outcome.state.kinds.values()) if outcome.state else 0
    outcome.added = total - same - outcome.changed
    return dropped


def _keys(collection: Collection) -> Iterator[tuple[str, Key]]:
    for line in collection.lines():
        if _kind(line) in _ENTRIES:
            record = from_json(json.loads(line))
            for key in keys(record):
                yield record.id or "", key


def _kind(line: str) -> str:
    """The kind of a record, which stands first in its line."""
    return line[9 : line.index('"', 9)]


def _incomplete(opened: Opened) -> str:
    if opened.promised is None:
        return "incomplete: the source ended too early, how many records are missing is not known"
    return (
        f"incomplete: {opened.missing} of the {opened.promised} records that the source promises did not come"
    )


def _refused(source: str, position: str, cause: str, cure: str = "") -> dict[str, str]:
    return {"source": source, "position": position, "cause": cause, "cure": cure}


def _report(outcomes: list[Outcome], joins: int, seconds: float) -> dict[str, Any]:
    kinds: Counter[str] = Counter()
    found: Counter[str] = Counter()
    refused = [one for outcome in outcomes for one in outcome.refused]
    states = [outcome.state for outcome in outcomes if outcome.state is not None]
    for state in states:
        kinds.update(state.kinds)
        found.update(state.findings)
    promised = [state.promised for state in states if state.promised is not None]
    kept = sum(state.kept for state in states)
    return {
        "in": kept + sum(state.doubles for state in states) + len(refused),
        "kept": kept,
        "refused": refused,
        "seconds": round(seconds, 3),
        "peak_mb": peak_mb(),
        "kinds": dict(sorted(kinds.items())),
        "doubles": sum(state.doubles for state in states),
        "findings": dict(found.most_common()),
        "joined": joins,
        "promised": sum(promised) if promised else None,
        "incomplete": [
            one.source for one in outcomes if one.incomplete
        ],
        "sources": [
            {
                "source": one.source, "result": one.result,
                "added": one.added, "changed": one.changed, "removed": one.removed,
                "promised": one.state.promised if one.state else None,
                "missing": one.state.missing if one.state else 0,
            }
            for one in outcomes
        ],
    }  # fmt: skip
