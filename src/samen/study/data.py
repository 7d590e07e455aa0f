# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A holder's CSV file as checked columns; every row that does not fit is named with cause and cure.

Columns are read in blocks, first the fast way; only a block that does not fit is looked at value by value.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..problems import DataError, Problem
from .cells import Cells, read_cells
from .fields import similar
from .model import ROW_UNIT, Column, Table

BLOCK_ROWS = 1 << 15
MOST_PROBLEMS = 20
_DELIMITERS = (",", ";", "|", "\t")
csv.field_size_limit(1 << 20)


@dataclass(frozen=True, slots=True)
class ColumnData:
    """``values``: scaled integers, code numbers, days, or texts; 0 or "" where not ``present``."""

    values: NDArray[np.int64] | NDArray[np.object_]
    present: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TableData:
    """Checked rows of one holder."""

    rows: int
    columns: Mapping[str, ColumnData]


class _Problems:
    """The first problems of a file; the rest is counted."""

    def __init__(self) -> None:
        self.listed: list[Problem] = []
        self.more = 0

    def add(self, problems: Sequence[Problem]) -> None:
        room = MOST_PROBLEMS - len(self.listed)
        self.listed += problems[:room]
        self.more += max(0, len(problems) - room)

    def stop(self) -> None:
        """Raise what was found."""
        if not self.listed:
            return
        if self.more:
            self.listed.append(
                Problem(
                    f"and {self.more} more problems; repair these first",
                    f"en nog {self.more} problemen; herstel deze eerst",
                )
            )
        raise DataError(self.listed)


def read_table(path: str | Path, table: Table) -> TableData:
    """The columns of a holder's file. DataError names rows (the header is line 1), causes and cures."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            return _read(stream, str(path), table)
    except UnicodeDecodeError as error:
        cause = Problem(
            f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8",
            f"{path} is geen UTF-8 (byte {error.start}); bewaar het als UTF-8",
        )
    except csv.Error as error:
        cause = Problem(
            f"{path} is no CSV: {error}; check quotes and line ends",
            f"{path} is geen CSV: {error}; controleer aanhalingstekens en regeleinden",
        )
    except OSError as error:
        cause = Problem(
            f"{path} cannot be read: {error.strerror}; check the path",
            f"{path} is niet te lezen: {error.strerror}; controleer het pad",
        )
    raise DataError(cause)


def _read(stream: io.TextIOBase, path: str, table: Table) -> TableData:
    first = stream.readline()
    delimiter = table.delimiter if table.delimiter != "auto" else _delimiter(first, table)
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    places = _places(header, path, table)
    problems = _Problems()
    parts: dict[str, list[Cells]] = {name: [] for name in places}
    rows = 0
    reader = csv.reader(stream, delimiter=delimiter, skipinitialspace=True)
    for numbers, block in _blocks(reader, len(header), problems):
        rows += len(block)
        for name, place in places.items():
            texts = [row[place].strip() for row in block]
            cells, found = read_cells(table.columns[name], texts, numbers, table.decimal)
            parts[name].append(cells)
            problems.add(found)
    problems.stop()
    columns = {name: _joined(table.columns[name], cells) for name, cells in parts.items()}
    if table.unit != ROW_UNIT:
        problems.add(_unit_problems(table, columns[table.unit]))
        problems.stop()
    return TableData(rows, columns)


def _delimiter(header: str, table: Table) -> str:
    """The delimiter that shows most of the columns that the study names."""
    wanted = {column.header for column in table.columns.values()}

    def known(delimiter: str) -> int:
        return len(wanted & {name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])})

    return max(_DELIMITERS, key=known)


def _places(header: list[str], path: str, table: Table) -> dict[str, int]:
    """Where each column of the study stands in the file."""
    problems, places = [], {}
    for name, column in table.columns.items():
        if header.count(column.header) == 1:
            places[name] = header.index(column.header)
            continue
        en, nl = similar(column.header, header)
        cause = (
            ("has no column", "heeft geen kolom")
            if column.header not in header
            else ("has more than one column", "heeft meer dan een kolom")
        )
        shown = ", ".join(header[:30])
        problems.append(
            Problem(
                f"{path} {cause[0]} {column.header!r}{en or f'; it has: {shown}'}; rename it in the file or "
                f"give header = in the study",
                f"{path} {cause[1]} {column.header!r}{nl or f'; er zijn: {shown}'}; hernoem hem in het "
                "bestand "
                "of geef header = op in het onderzoek",
                1,
            )
        )
    if problems:
        raise DataError(problems)
    return places


def _blocks(
    reader: Iterator[list[str]], width: int, problems: _Problems
) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Rows of the right width with their line numbers; blank lines are skipped."""
    line = 1
    while rows := list(islice(reader, BLOCK_ROWS)):
        good, numbers = [], []
        for row in rows:
            line += 1
            if len(row) == width:
                good.append(row)
                numbers.append(line)
            elif any(field.strip() for field in row):
                problems.add([_width_problem(line, len(row), width)])
        yield numbers, good


def _width_problem(line: int, found: int, width: int) -> Problem:
    return Problem(
        f"{found} fields where the header has {width}; a value with the delimiter in it needs quotes",
        f"{found} velden terwijl de kop er {width} heeft; zet een waarde met het scheidingsteken erin tussen "
        "aanhalingstekens",
        line,
    )


def _joined(column: Column, parts: list[Cells]) -> ColumnData:
    if not parts:
        kind: type = object if column.type == "text" else np.int64
        return ColumnData(np.zeros(0, dtype=kind), np.zeros(0, dtype=bool))
    return ColumnData(
        np.concatenate([part.values for part in parts]), np.concatenate([part.present for part in parts])
    )


def _unit_problems(table: Table, data: ColumnData) -> list[Problem]:
    """Units must be known, and have no more rows than declared."""
    if not data.present.all():
        row = int(np.flatnonzero(~data.present)[0])
        return [
            Problem(
                f"unit {table.unit!r} is missing in data row {row + 1}; every row needs its unit",
                f"eenheid {table.unit!r} ontbreekt in gegevensrij {row + 1}; elke rij moet een eenheid "
                "hebben",
            )
        ]
    units, counts = np.unique(data.values, return_counts=True)
    many = np.flatnonzero(counts > table.unit_rows)
    if not len(many):
        return []
    rows = [int(row) + 1 for row in np.flatnonzero(data.values == units[many[0]])[:5]]
    return [
        Problem(
            f"{len(many)} units of {table.unit!r} have more than unit_rows = {table.unit_rows} rows, the "
            "first "
            f"in data rows {', '.join(map(str, rows))}; remove duplicates, or declare unit_rows = "
            f"{int(counts.max())}",
            f"{len(many)} eenheden van {table.unit!r} hebben meer dan unit_rows = {table.unit_rows} "
            "rijen, de "
            f"eerste in gegevensrijen {', '.join(map(str, rows))}; haal dubbele weg, of zet unit_rows = "
            f"{int(counts.max())}",
        )
    ]
