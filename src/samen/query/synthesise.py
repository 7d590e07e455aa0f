# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A synthetic twin of every holder's file: made from the study alone, to write questions against.

Values are drawn from the declared ranges and codes; nothing of any real row is in it. Keys of joined tables
meet.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..study.cells import shown
from ..study.model import ROW_UNIT, Column, Study, Table
from .plan import Plan

_MISSING_SHARE = 0.02
_MATCH_SHARE = 0.9
Texts = Sequence[str]


def synthesise(
    study: Study, plans: Sequence[Plan], folder: Path, rows: int | None = None, seed: int = 1
) -> list[tuple[str, str]]:
    """Files HOLDER.TABLE.csv in a folder; (HOLDER.TABLE, path) as ``--data`` takes them."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    links = {(p.join.left.table, p.join.left.column): p.join.right.table for p in plans if p.join is not None}
    made = []
    for table in study.tables.values():
        size = rows or table.expected_rows
        for place, holder in enumerate(table.holders):
            path = folder / f"{holder}.{table.name}.csv"
            columns = [
                _values(study, table, column, links, place * size, size, rng)
                for column in table.columns.values()
            ]
            _write(path, table, columns)
            made.append((f"{holder}.{table.name}", str(path)))
    return made


def _write(path: Path, table: Table, columns: Sequence[Texts]) -> None:
    delimiter = table.delimiter if table.delimiter != "auto" else (";" if table.decimal == "," else ",")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(column.header for column in table.columns.values())
        writer.writerows(zip(*columns, strict=True))


def _values(
    study: Study,
    table: Table,
    column: Column,
    links: dict[tuple[str, str], str],
    start: int,
    size: int,
    rng: np.random.Generator,
) -> Texts:
    linked = links.get((table.name, column.name))
    if linked is not None:
        other = study.tables[linked]
        known = other.expected_rows * len(other.holders)
        picks = rng.integers(0, max(1, math.ceil(known / _MATCH_SHARE)), size)
        if column.name == table.unit and table.unit_rows == 1:
            picks = np.arange(start, start + size)
        return [_key(column, int(pick)) for pick in picks]
    if column.name == table.unit and table.unit != ROW_UNIT:
        return [_key(column, (start + row) // table.unit_rows) for row in range(size)]
    texts = list(_drawn(column, table, size, rng))
    if not column.required and column.missing:
        for row in np.flatnonzero(rng.random(size) < _MISSING_SHARE):
            texts[int(row)] = column.missing[0]
    return texts


def _key(column: Column, number: int) -> str:
    """The identifier with this number."""
    if column.type == "integer":
        return str(column.low + number)
    if column.type == "code":
        return column.codes[number % len(column.codes)]
    return f"id-{number:07d}"


def _drawn(column: Column, table: Table, size: int, rng: np.random.Generator) -> Iterator[str]:
    if column.type == "code":
        weights = rng.dirichlet(np.full(len(column.codes), 3.0))
        yield from (column.codes[int(v)] for v in rng.choice(len(column.codes), size, p=weights))
    elif column.type == "text":
        yield from (f"label-{int(v)}" for v in rng.geometric(0.2, size))
    else:
        middle: NDArray[np.float64] = rng.beta(2, 4, size)
        values = column.low + np.rint(middle * (column.high - column.low)).astype(np.int64)
        yield from (shown(column, int(value)).replace(".", table.decimal) for value in values)
