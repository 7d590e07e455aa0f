# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements grouped by subject in a temporary SQLite database, so that memory does not grow with a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bronnen.identity import name, urn
from bronnen.records import LISTED, Catalogue, Iri, Thing, Value, build, kind_of, value_from_json
from bronnen.vocabulary import TYPE

_BUFFERED = 20_000
_DEEPEST = 32


class Grouping:
    """Takes statements in any order, gives records.

    Subjects are IRIs or blank labels that start with `_:`. A blank thing becomes a record of its own when it
    is listed in catalogues (a dataset without IRI), when no or more than one statement points to it, when it
    takes part in a cycle, or below 32 levels; every other one is put inside the record that points to it.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._database = sqlite3.connect("")  # A private file that SQLite removes by itself.
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
            "CREATE TABLE run(subject TEXT, body TEXT); CREATE TABLE link(blank TEXT, origin TEXT);"
        )
        self._runs: dict[str, list[tuple[str, Any]]] = {}
        self._links: list[tuple[str, str]] = []
        #: Statements taken so far.
        self.count = 0
        self._alone: set[str] = set()
        self._within: set[str] = set()
        self._names: dict[str, str] = {}

    def add(self, subject: str, predicate: str, form: Any) -> None:
        """One statement; its object in the JSON form of records, or `{"blank": label}`."""
        run = self._runs.get(subject)
        if run is None:
            run = self._runs[subject] = []
        run.append((predicate, form))
        if type(form) is dict:
            if "blank" in form:
                self._links.append((form["blank"], f"{subject} {predicate}"))
            elif predicate == TYPE and subject.startswith("_:") and _is_listed(form.get("iri", "")):
                self._alone.add(subject)
        self.count += 1
        if self.count % _BUFFERED == 0:
            self._flush()

    def records(self) -> Iterator[Thing]:
        """All records; the statements are complete by then."""
        self._flush()
        database = self._database
        database.execute("CREATE INDEX run_subject ON run(subject)")
        shared = "SELECT blank FROM link GROUP BY blank HAVING count(DISTINCT origin) > 1"
        self._names = {label: urn(self._source, label) for (label,) in database.execute(shared)}
        self._alone.update(self._names)
        linked = {label for (label,) in database.execute("SELECT DISTINCT blank FROM link")} - self._alone
        runs = database.execute("SELECT subject, body FROM run ORDER BY subject, rowid")
        for subject, bodies in groupby(runs, key=lambda row: str(row[0])):
            if subject not in linked:
                yield self._named(subject, [body for _, body in bodies])
        yield from self._left(linked)
        database.close()

    def _left(self, linked: set[str]) -> Iterator[Thing]:
        """Blank things that only point to each other: no record led to them."""
        for label in sorted(linked - self._within):
            if label not in self._within and (bodies := self._bodies(label)):
                self._names.setdefault(label, urn(self._source, label))
                yield self._named(label, bodies)

    def _flush(self) -> None:
        rows = ((subject, json.dumps(run, ensure_ascii=False)) for subject, run in self._runs.items())
        self._database.executemany("INSERT INTO run VALUES (?, ?)", rows)
        self._database.executemany("INSERT INTO link VALUES (?, ?)", self._links)
        self._runs.clear()
        self._links.clear()

    def _bodies(self, subject: str) -> list[str]:
        found = self._database.execute("SELECT body FROM run WHERE subject = ? ORDER BY rowid", (subject,))
        return [body for (body,) in found]

    def _named(self, subject: str, bodies: list[str]) -> Thing:
        """A record of its own."""
        if not subject.startswith("_:"):
            return self._thing(subject, bodies, 0, subject)
        record = self._thing(self._names.get(subject), bodies, 0, subject)
        record.id = self._names.setdefault(subject, name(record, self._source))
        return record

    def _thing(self, id_: str | None, bodies: list[str], depth: int, path: str) -> Thing:
        types: list[str] = []
        found: dict[str, list[Value]] = {}
        for body in bodies:
            for predicate, form in json.loads(body):
                if predicate == TYPE and type(form) is dict and "iri" in form:
                    types.append(form["iri"])
                    continue
                found.setdefault(predicate, []).append(self._value(form, depth, f"{path} {predicate}"))
        return build(id_, tuple(types), found)

    def _value(self, form: Any, depth: int, path: str) -> Value:
        if type(form) is not dict or "blank" not in form:
            return value_from_json(form)
        label = form["blank"]
        if label in self._names:
            return Iri(self._names[label])
        bodies = self._bodies(label)
        if label in self._alone or depth >= _DEEPEST or label in self._within:
            return Iri(self._name_ahead(label, bodies, path))
        self._within.add(label)
        return self._thing(None, bodies, depth + 1, path)

    def _name_ahead(self, label: str, bodies: list[str], path: str) -> str:
        """The name of a record that comes later, for the statement that points to it."""
        if label not in self._alone or label in self._within:
            self._within.discard(label)
            self._names[label] = urn(self._source, path)
        else:
            self._within.add(label)  # Whoever points back to it meanwhile gets a name by its path.
            self._named(label, bodies)
        return self._names[label]


def _is_listed(type_: str) -> bool:
    return issubclass(kind_of((type_,)), (*LISTED, Catalogue))
