# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The records of one source while it is read: each once, with doubles united or told apart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from bronnen.identity import digest, urn
from bronnen.records import Thing, Value, build, from_json, properties, to_line


class Collection:
    """Takes records, gives their lines in a fixed order; holds them in a temporary file of SQLite."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768;"
            "CREATE TABLE record(id TEXT PRIMARY KEY, line TEXT) WITHOUT ROWID;"
        )

    def put(self, record: Thing) -> str:
        """Adds a record; says what was done when one with its identity is there already, else nothing.

        The same IRI twice: what is said of it is united. The same identifier twice with other content: both
        stay, since two things may share a wrong identifier.
        """
        line = to_line(record)
        id_ = record.id or ""
        known = self._database.execute("SELECT line FROM record WHERE id = ?", (id_,)).fetchone()
        if known is None:
            self._database.execute("INSERT INTO record VALUES (?, ?)", (id_, line))
            return ""
        if known[0] == line:
            return "given twice, the same: kept once"
        if id_.startswith("urn:uuid:"):
            record.id = urn(id_, digest(line))
            return self.put(record) or "an identifier that another record has too: both kept"
        united = to_line(unite(from_json(json.loads(known[0])), record))
        self._database.execute("UPDATE record SET line = ? WHERE id = ?", (united, id_))
        return "described more than once: united"

    def lines(self) -> Iterator[str]:
        """The lines in order of identity, so that the same records give the same file."""
        for (line,) in self._database.execute("SELECT line FROM record ORDER BY id"):
            yield line

    def adopt(self, id_: str, line: str) -> None:
        """Keeps an earlier record when no newer one has its identity."""
        self._database.execute("INSERT OR IGNORE INTO record VALUES (?, ?)", (id_, line))

    def line_of(self, id_: str) -> str | None:
        """The line of the record with this identity."""
        row = self._database.execute("SELECT line FROM record WHERE id = ?", (id_,)).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Removes the temporary file."""
        self._database.close()


def unite(one: Thing, other: Thing) -> Thing:
    """One record with all that two records say of the same thing."""
    found: dict[str, list[Value]] = {}
    for record in (one, other):
        for property_, values in properties(record):
            found.setdefault(property_, []).extend(values)
    return build(one.id, one.types + other.types, found)
