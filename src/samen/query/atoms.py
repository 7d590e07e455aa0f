# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Atoms: the smallest pieces that questions to a table can tell apart.

Conditions test declared breakpoints and codes only, so every cell of every question is a union of atoms, and
relations and differences between cells can be computed from the questions alone. A *set* is an array of
booleans with an axis per column; where it does not look at a column that axis has length one, so that two
sets meet on the columns that they use and on no others.
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
from .expressions import Among, Below, Code, Condition, Missing, Ref, condition_refs, walk

MAX_ATOMS = 1 << 22
"""Pieces that two figures may tell apart between them."""
Sets = NDArray[np.bool_]
PARTNER = "a row in the other table"
"""The column that says whether a row has a partner in a join: known is yes, missing is no."""


def partner(left: str, right: str) -> Ref:
    return Ref(f"{left} {right}", PARTNER)


def has_partner(left: str, right: str) -> Condition:
    return Among(partner(left, right), frozenset([0]))


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

    def data(self) -> ColumnData:
        present = np.arange(self.count) < len(self.stands)
        return ColumnData(np.append(self.stands, 0), present)


class Atoms:
    """The pieces of the columns that some conditions and groups use, an axis per column."""

    def __init__(self, study: Study, conditions: Sequence[Condition], codes: Iterable[Code]) -> None:
        self.study = study
        self.pieces = _all_pieces(study, conditions, list(codes))
        self.axis = {piece.ref: place for place, piece in enumerate(self.pieces)}
        self._known: dict[Condition, Sets] = {}

    def set_of(self, condition: Condition) -> Sets:
        """The atoms where a condition is true."""
        if condition not in self._known:
            self._known[condition] = self._evaluate(condition)
        return self._known[condition]

    def _evaluate(self, condition: Condition) -> Sets:
        axes = sorted(self.axis[ref] for ref in condition_refs(condition))
        sizes = [self.pieces[axis].count for axis in axes]
        count = math.prod(sizes)
        check_size(count)
        columns, repeat = {}, count
        for axis, size in zip(axes, sizes, strict=True):
            repeat //= size
            place = (np.arange(count) // repeat) % size
            data = self.pieces[axis].data()
            columns[self.pieces[axis].ref] = ColumnData(data.values[place], data.present[place])
        shape = [self.pieces[axis].count if axis in axes else 1 for axis in range(len(self.pieces))]
        return PlainRows(self.study, count, columns).true(condition).reshape(shape)

    def places(self, code: Code) -> Integers:
        """The place of every atom in a public classification; -1 where its column is missing."""
        axis = self.axis[code.ref]
        rows = PlainRows(self.study, self.pieces[axis].count, {code.ref: self.pieces[axis].data()})
        place = rows.code(code)
        codes = self.study.tables[code.ref.table].columns[code.ref.column].codes
        if code.points is None and codes != code.labels:  # labels of an earlier run, in another order
            moved = [code.labels.index(label) if label in code.labels else -1 for label in codes]
            place = np.where(place >= 0, np.array(moved)[place], -1)
        shape = [1] * len(self.pieces)
        shape[axis] = self.pieces[axis].count
        return place.reshape(shape)

    def cells(self, ids: Integers, rows: PlainRows) -> Integers:
        """The cell of every row of a table, from the cell of every atom."""
        used = [piece for place, piece in enumerate(self.pieces) if ids.shape[place] > 1]
        if not used:
            return np.full(rows.rows, int(ids.reshape(-1)[0]), dtype=np.int64)
        found: Integers = np.squeeze(ids)[tuple(piece.of(rows.columns[piece.ref]) for piece in used)]
        return found


def complete(ids: NDArray[np.int64]) -> tuple[slice, ...]:
    """An array over atoms as if no value were missing: often none is, and a reader may know."""
    return tuple(slice(0, size - 1) if size > 1 else slice(None) for size in ids.shape)


def check_size(count: int) -> None:
    """QuestionError when two figures together tell too many pieces apart."""
    if count > MAX_ATOMS:
        raise QuestionError(
            Problem(
                f"two figures together distinguish {count:,} pieces, at most {MAX_ATOMS:,} can be guarded "
                "against differencing; group and filter by fewer columns, or by wider bands",
                f"twee cijfers samen onderscheiden {count:,} stukken, hooguit {MAX_ATOMS:,} zijn tegen "
                "aftrekken te bewaken; deel in en filter naar minder kolommen, of naar ruimere klassen",
            )
        )


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
        if ref.column == PARTNER:
            found.append(_code_pieces(ref, 1, [], True))
            continue
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
