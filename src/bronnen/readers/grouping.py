# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements grouped by subject; beyond a number of them in a temporary file, so that memory does not grow.

While they are grouped, values are plain tuples, the cheapest thing there is: `(iri,)`, `(text, language,
datatype)`, or `(label, None)` for a thing without IRI. Labels start with `_:`.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, Final

import pyoxigraph as ox

from bronnen.identity import name, urn
from bronnen.records import LISTED, Catalogue, Iri, Literal, Thing, Value, build, kind_of
from bronnen.vocabulary import TYPE, XSD

_BUFFERED: Final = 250_000
_DEEPEST: Final = 32
_STRING: Final = XSD + "string"
Raw = tuple[Any, ...]
Run = list[tuple[str, Raw]]


class Grouping:
    """Takes statements in any order, gives records.

    A blank thing becomes a record of its own when it is listed in catalogues (a dataset without IRI), when no
    or more than one statement points to it, when it takes part in a cycle, or below 32 levels; every other
    one is put inside the record that points to it.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._database: sqlite3.Connection | None = None
        self._runs: dict[str, Run] = {}
        #: Statements taken so far, and the subject of the last one.
        self.count = 0
        self.subject = ""
        #: How a text is given back, when some had to be marked to be read.
        self.restore: Callable[[str], str] | None = None
        self._spilled = 0
        self._origins: dict[str, int] = {}
        self._shared: set[str] = set()
        self._alone: set[str] = set()
        self._within: set[str] = set()
        self._names: dict[str, str] = {}

    def absorb(self, quads: Iterator[Any]) -> None:
        """Takes statements to the end. What the parser raises goes on to the caller, who may call again."""
        named, literal, runs, predicates = ox.NamedNode, ox.Literal, self._runs, {TYPE: TYPE}
        last, run, started = None, [], self.count
        number = 0
        try:
            for number, quad in enumerate(quads, 1):
                subject = quad.subject.value
                if subject != last:
                    if started + number > self._spilled + _BUFFERED:
                        self.count = started + number - 1
                        self._spill()
                    last = subject
                    self.subject = subject if type(quad.subject) is named else f"_:{subject}"
                    run = runs.setdefault(self.subject, [])
                given = quad.predicate.value
                predicate = predicates.setdefault(given, given)
                term = quad.object
                kind = type(term)
                if kind is named:
                    run.append((predicate, (term.value,)))
                    if predicate is TYPE and self.subject[:2] == "_:":
                        self._see_class(term.value)
                elif kind is literal:
                    run.append((predicate, _literal(term)))
                else:
                    run.append((predicate, self._blank(term, predicate)))
        finally:
            self.count = started + number

    def _blank(self, term: Any, predicate: str) -> Raw:
        if type(term) is not ox.BlankNode:
            raise ValueError("a statement about a statement, which no record can hold")
        label, origin = f"_:{term.value}", hash((self.subject, predicate))
        if self._origins.setdefault(label, origin) != origin:
            self._shared.add(label)
        return label, None

    def _see_class(self, class_: str) -> None:
        if issubclass(kind_of((class_,)), (*LISTED, Catalogue)):
            self._alone.add(self.subject)

    def records(self) -> Iterator[Thing]:
        """All records; the statements are complete by then."""
        self._names = {label: urn(self._source, label) for label in self._shared}
        self._alone |= self._shared
        linked = self._origins.keys() - self._alone
        for subject, run in self._in_order():
            if subject not in linked:
                yield self._named(subject, run)
        yield from self._left(linked)
        if self._database is not None:
            self._database.close()

    def _in_order(self) -> Iterator[tuple[str, Run]]:
        if self._database is None:
            for subject in sorted(self._runs):
                yield subject, self._runs[subject]
            return
        self._spill()
        self._database.execute("CREATE INDEX run_subject ON run(subject)")
        rows = self._database.execute("SELECT subject, body FROM run ORDER BY subject, rowid")
        for subject, bodies in groupby(rows, key=lambda row: str(row[0])):
            yield subject, [pair for _, body in bodies for pair in marshal.loads(body)]  # noqa: S302 - our own

    def _left(self, linked: set[str]) -> Iterator[Thing]:
        """Blank things that only point to each other: no record led to them."""
        for label in sorted(linked - self._within):
            if label not in self._within and (run := self._run(label)):
                self._names.setdefault(label, urn(self._source, label))
                yield self._named(label, run)

    def _spill(self) -> None:
        """Moves what is in memory to a private file, which SQLite removes by itself."""
        if self._database is None:
            self._database = sqlite3.connect("")
            self._database.executescript(
                "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
                "CREATE TABLE run(subject TEXT, body BLOB);"
            )
        rows = ((subject, marshal.dumps(run)) for subject, run in self._runs.items())
        self._database.executemany("INSERT INTO run VALUES (?, ?)", rows)
        self._runs.clear()
        self._spilled = self.count

    def _run(self, subject: str) -> Run:
        if self._database is None:
            return self._runs.get(subject, [])
        found = self._database.execute("SELECT body FROM run WHERE subject = ? ORDER BY rowid", (subject,))
        return [pair for (body,) in found for pair in marshal.loads(body)]  # noqa: S302 - our own

    def _named(self, subject: str, run: Run) -> Thing:
        """A record of its own."""
        if not subject.startswith("_:"):
            return self._thing(subject, run, 0, subject)
        record = self._thing(self._names.get(subject), run, 0, subject)
        record.id = self._names.setdefault(subject, name(record, self._source))
        return record

    def _thing(self, id_: str | None, run: Run, depth: int, path: str) -> Thing:
        types: list[str] = []
        found: dict[str, list[Value]] = {}
        for predicate, raw in run:
            if len(raw) == 1:
                if predicate == TYPE:
                    types.append(raw[0])
                    continue
                value: Value = Iri(raw[0])
            elif len(raw) == 3:
                value = Literal(*raw) if self.restore is None else _restored(raw, self.restore)
            else:
                value = self._nested(raw[0], depth, f"{path} {predicate}")
            values = found.get(predicate)
            if values is None:
                found[predicate] = [value]
            else:
                values.append(value)
        return build(id_, tuple(types), found)

    def _nested(self, label: str, depth: int, path: str) -> Value:
        if label in self._names:
            return Iri(self._names[label])
        run = self._run(label)
        if label in self._alone or depth >= _DEEPEST or label in self._within:
            return Iri(self._name_ahead(label, run, path))
        self._within.add(label)
        return self._thing(None, run, depth + 1, path)

    def _name_ahead(self, label: str, run: Run, path: str) -> str:
        """The name of a record that comes later, for the statement that points to it."""
        if label not in self._alone or label in self._within:
            self._within.discard(label)
            self._names[label] = urn(self._source, path)
        else:
            self._within.add(label)  # Whoever points back to it meanwhile gets a name by its path.
            self._named(label, run)
        return self._names[label]


def _literal(term: ox.Literal) -> Raw:
    if (language := term.language) is not None:
        return term.value, language, None
    datatype = term.datatype.value
    return term.value, None, None if datatype == _STRING else datatype


def _restored(raw: Raw, restore: Callable[[str], str]) -> Literal:
    text, language, datatype = raw
    return Literal(restore(text), restore(language) if language is not None else None, datatype)
