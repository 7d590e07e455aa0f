# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report on the joint data that tells its quality and nobody's rows: shares in wide bands.

What a holder can see alone (unknown codes, duplicates, wrong values) it repairs before anything leaves.
What only shows together, missing values over all holders and keys that meet, is opened as one of four
bands, and only for tables that have enough rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..disclosure.rules import few
from ..party import Party
from ..protocols.arithmetic import multiply, open_all
from ..protocols.compare import negative
from ..ring import Shared, Words, stack
from ..study.data import TableData
from ..study.model import Rules, Table

MISSING_EDGES = (1, 5, 20)
LINKED_EDGES = (50, 80, 95)
UNKNOWN = "too few rows"
_BITS = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what it is about, and the band in percent."""

    about: str
    band: str


def used_columns(table: Table) -> list[str]:
    return [name for name, column in table.columns.items() if column.permissions]


def quality_words(table: Table, data: TableData) -> Words:
    """Rows, and missing values per column, of one holder."""
    missing = [int((~data.columns[name].present).sum()) for name in used_columns(table)]
    return np.array([data.rows, *missing], dtype=np.uint64)


def bands(edges: Sequence[int]) -> list[str]:
    """The names of bands between percentages; the first name is for too few rows."""
    middle = [f"{low} - {high} %" for low, high in pairwise(edges)]
    return [UNKNOWN, f"below {edges[0]} %", *middle, f"{edges[-1]} % or more"]


def open_bands(
    party: Party, parts: Shared, whole: Shared, edges: Sequence[int], rules: Rules, name: str
) -> list[str]:
    """The band of each part of ``whole`` (1,). Opens one of four bands per part, or: too few rows."""
    n = len(parts)
    total = Shared(np.repeat(whole.a, n), np.repeat(whole.b, n))
    tests = [parts.scale(100) - total.scale(edge) for edge in edges]
    flags = negative(party, stack([*tests, few(party, total, rules.min_units)]).reshape(-1), _BITS)
    table = flags.reshape(len(edges) + 1, n)
    one = party.public(np.ones(n, dtype=np.uint64))
    band = one.scale(len(edges) + 1) - table[: len(edges)].sum(axis=0)
    opened = open_all(party, multiply(party, band, one - table[len(edges)]), name)
    names = bands(edges)
    return [names[int(place)] for place in opened]


def missing_report(party: Party, table: Table, totals: Shared, rules: Rules) -> list[Finding]:
    """How much of every column is missing, over all holders. ``totals`` are the sums of ``quality_words``."""
    found = open_bands(party, totals[1:], totals[:1], MISSING_EDGES, rules, missing_name(table.name))
    return [
        Finding(f"{table.name}.{column} missing", band)
        for column, band in zip(used_columns(table), found, strict=True)
    ]


def linked_report(party: Party, question: str, linked: tuple[Shared, Shared], rules: Rules) -> Finding:
    """How many rows of the left table find a partner."""
    (band,) = open_bands(party, linked[0], linked[1], LINKED_EDGES, rules, linked_name(question))
    return Finding(f"{question} linked", band)


def missing_name(table: str) -> str:
    return f"{table}: how much of each column is missing (band)"


def linked_name(question: str) -> str:
    return f"{question}: how many rows are linked (band)"
