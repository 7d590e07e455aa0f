# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Atoms: the smallest pieces that questions to a table can tell apart.

Conditions test declared breakpoints and codes only, so every cell of every question is a union of atoms, and
relations and differences between cells can be computed from the questions alone. A *set* is a row of booleans
over the atoms of a table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..problems import Problem, QuestionError
from ..study.data import ColumnData
from ..study.model import Study
from .evaluate import Integers, PlainRows
from .expressions import Among, And, Below, Code, Condition, Missing, Not, Ref, conjunction, walk

MAX_ATOMS = 1 << 20
Sets = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The pieces of one column: a value that stands for each, and the piece of every value."""

    ref: Ref
    stands: Integers
    points: Integers | None
    """Boundaries of a numeric column; codes have ``piece`` instead."""
    piece: Integers | None

    @property
    def count(self) -> int:
        return len(self.stands) + 1  # the last piece is: missing

    def of(self, data: ColumnData) -> Integers:
        if self.points is not None:
            place = np.searchsorted(self.points, data.values, side="right")
        else:
            assert self.piece is not None  # noqa: S101 - for the type checker
            place = self.piece[data.values.astype(np.int64)]
        return np.where(data.present, place, len(self.stands)).astype(np.int64)


class Atoms:
    """All combinations of the pieces of the columns that some conditions and groups use."""

    def __init__(self, study: Study, conditions: Sequence[Condition], codes: Iterable[Code]) -> None:
        self.study = study
        self.pieces = _all_pieces(study, conditions, list(codes))
        self.count = math.prod(piece.count for piece in self.pieces)
        if self.count > MAX_ATOMS:
            names = ", ".join(piece.ref.column for piece in self.pieces)
            raise QuestionError(
                Problem(
                    f"the questions together distinguish {self.count:,} pieces by {names}, at most "
                    f"{MAX_ATOMS:,} "
                    "can be guarded against differencing; split the study, or group and filter by fewer "
                    "columns",
                    f"de vragen samen onderscheiden {self.count:,} stukken naar {names}, hooguit "
                    f"{MAX_ATOMS:,} zijn "
                    "tegen aftrekken te bewaken; splits het onderzoek, of deel in en filter naar minder "
                    "kolommen",
                )
            )
        self.rows = self._table()

    def _table(self) -> PlainRows:
        """A row for every atom."""
        columns, repeat = {}, 1
        for piece in reversed(self.pieces):
            place = (np.arange(self.count) // repeat) % piece.count
            repeat *= piece.count
            present = place < len(piece.stands)
            values = np.append(piece.stands, 0)[place]
            columns[piece.ref] = ColumnData(values, present)
        return PlainRows(self.study, self.count, columns)

    def complete(self) -> Sets:
        """The atoms where no column is missing."""
        known = [column.present for column in self.rows.columns.values()]
        everything: Sets = np.logical_and.reduce([np.ones(self.count, dtype=bool), *known])
        return everything

    def set_of(self, condition: Condition) -> Sets:
        """The atoms where a condition is true."""
        return self.rows.true(condition)

    def of_rows(self, rows: PlainRows) -> Integers:
        """The atom of each row of a table."""
        atom = np.zeros(rows.rows, dtype=np.int64)
        for piece in self.pieces:
            atom = atom * piece.count + piece.of(rows.columns[piece.ref])
        return atom


def _all_pieces(study: Study, conditions: Sequence[Condition], codes: list[Code]) -> list[_Pieces]:
    tests: dict[Ref, list[Below | Among | Missing]] = {}
    for condition in conditions:
        for part in walk(condition):
            if isinstance(part, Below | Among | Missing):
                tests.setdefault(part.ref, []).append(part)
    grouped = {code.ref for code in codes}
    refs = sorted({*tests, *grouped}, key=lambda ref: (ref.table, ref.column))
    found = []
    for ref in refs:
        column = study.tables[ref.table].columns[ref.column]
        if column.type == "code":
            found.append(_code_pieces(ref, len(column.codes), tests.get(ref, []), ref in grouped))
            continue
        points = {test.point for test in tests.get(ref, []) if isinstance(test, Below)}
        points |= {p for code in codes if code.ref == ref for p in code.points or ()}
        inside = np.array(sorted(p for p in points if column.low < p <= column.high), dtype=np.int64)
        found.append(_Pieces(ref, np.append(column.low, inside), inside, None))
    return found


def _code_pieces(ref: Ref, count: int, tests: Sequence[object], grouped: bool) -> _Pieces:
    """Codes that no test tells apart are one piece."""
    if grouped:
        return _Pieces(ref, np.arange(count), None, np.arange(count))
    marks = [tuple(code in test.codes for test in tests if isinstance(test, Among)) for code in range(count)]
    kinds = sorted(set(marks))
    piece = np.array([kinds.index(mark) for mark in marks], dtype=np.int64)
    stands = np.array([marks.index(kind) for kind in kinds], dtype=np.int64)
    return _Pieces(ref, stands, None, piece)


def label_test(code: Code, place: int) -> Condition:
    """The condition that a row has a label of a public classification."""
    if code.points is None:
        return Among(code.ref, frozenset([place]))
    parts: list[Condition] = [Not(Missing(code.ref))]
    if place > 0:
        parts.append(Not(Below(code.ref, code.points[place - 1])))
    if place < len(code.points):
        parts.append(Below(code.ref, code.points[place]))
    return conjunction(*parts)


def known_groups(codes: Sequence[Code]) -> Condition:
    """Rows with a missing value in any group are in no cell of a question."""
    return And(tuple(Not(Missing(code.ref)) for code in codes))
