# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same dataset in two sources, with the reason. Nothing is merged or removed: a join is a statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from bronnen.records import Entry, Iri, Literal, Thing, Values, text

Key = tuple[str, str]
#: From the strongest reason to the weakest; a pair is told with its strongest.
REASONS: Final = ("same IRI", "same identifier and publisher", "same landing page and title")


def keys(record: Thing) -> Iterator[Key]:
    """What another record must share to be the same: pairs of reason and key."""
    if not isinstance(record, Entry):
        return
    yield REASONS[0], record.id or ""
    for value in record.identifier + record.other_identifier:
        if isinstance(value, Iri):
            yield REASONS[0], value.iri
        elif isinstance(value, Literal) and value.value.startswith(("http://", "https://")):
            yield REASONS[0], value.value
    publisher = _publisher(record.publisher)
    if publisher and (identifier := text(record.identifier)):
        yield REASONS[1], f"{identifier.strip()}\n{publisher}"
    title = text(record.title)
    for value in record.landing_page:
        if isinstance(value, Iri) and title:
            yield REASONS[2], f"{value.iri.rstrip('/')}\n{title.strip().lower()}"


def _publisher(values: Values) -> str:
    for value in values:
        if isinstance(value, Iri):
            return value.iri
        if isinstance(value, Thing):
            return (text(getattr(value, "name", ())) or "").strip().lower()
    return ""


def joined(entries: Iterable[tuple[str, str, Key]]) -> Iterator[dict[str, Any]]:
    """From (source, id, key) to the records that are one, each pair of records once.

    A key that two records of one source share tells nothing and is left out, but for the IRI.
    """
    database = sqlite3.connect("")
    database.execute("CREATE TABLE entry(reason INTEGER, key TEXT, source TEXT, id TEXT)")
    rows = ((REASONS.index(key[0]), key[1], source, id_) for source, id_, key in entries)
    database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
    shared = database.execute(
        "SELECT DISTINCT e.reason, e.key, e.source, e.id FROM entry e JOIN (SELECT reason, key FROM entry"
        " GROUP BY reason, key HAVING count(DISTINCT source) > 1) s ON e.reason = s.reason AND e.key = s.key"
        " ORDER BY 1, 2, 3, 4"
    )
    told: set[tuple[tuple[str, str], ...]] = set()
    for (reason, _), group in groupby(shared, key=lambda row: (row[0], row[1])):
        records = tuple((source, id_) for _, _, source, id_ in group)
        if records in told or (reason > 0 and len({source for source, _ in records}) < len(records)):
            continue
        told.add(records)
        yield {"reason": REASONS[reason], "records": [{"source": s, "id": i} for s, i in records]}
    database.close()
