# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Row expressions on plain columns, at the holder (and on tables of atoms, for planning).

NULL rules are SQL's: arithmetic with a missing value is missing, a comparison with it is unknown, WHERE and
CASE take what is true, aggregates skip what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..study.data import ColumnData
from ..study.model import Study
from .expressions import (
    Among,
    And,
    Below,
    Case,
    Code,
    Condition,
    Known,
    Literal,
    Missing,
    Not,
    Number,
    Or,
    Plus,
    Ref,
    Times,
)
from .kinds import kind_of

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Values:
    """Scaled integers, 0 where not present."""

    numbers: Integers
    present: Flags


class PlainRows:
    """Rows of one or several tables side by side (all with the same number of rows)."""

    def __init__(self, study: Study, rows: int, columns: Mapping[Ref, ColumnData]) -> None:
        self.study, self.rows, self.columns = study, rows, columns

    def number(self, expression: Number) -> Values:
        everywhere = np.ones(self.rows, dtype=bool)
        match expression:
            case Ref():
                data = self.columns[expression]
                return Values(np.where(data.present, data.values, 0).astype(np.int64), data.present)
            case Literal(value):
                return Values(
                    np.full(self.rows, value or 0, dtype=np.int64), everywhere & (value is not None)
                )
            case Known(arg):
                return Values(self.number(arg).present.astype(np.int64), everywhere)
            case Times(left, right):
                a, b = self.number(left), self.number(right)
                return self._both(a.numbers * b.numbers, a, b)
            case Plus(left, right):
                scale = kind_of(expression, self.study).scale
                a, b = self._at(left, scale), self._at(right, scale)
                return self._both(a.numbers + b.numbers, a, b)
            case Case():
                return self._case(expression)

    def _both(self, numbers: Integers, a: Values, b: Values) -> Values:
        present = a.present & b.present
        return Values(np.where(present, numbers, 0), present)

    def _at(self, expression: Number, scale: int) -> Values:
        """A number in a finer scale."""
        values = self.number(expression)
        factor = 10 ** (scale - kind_of(expression, self.study).scale)
        return Values(values.numbers * factor, values.present)

    def _case(self, expression: Case) -> Values:
        scale = kind_of(expression, self.study).scale
        last = self._at(expression.otherwise, scale)
        numbers, present = last.numbers, last.present
        for condition, value in reversed(expression.branches):
            chosen, branch = self.true(condition), self._at(value, scale)
            numbers = np.where(chosen, branch.numbers, numbers)
            present = np.where(chosen, branch.present, present)
        return Values(numbers, present)

    def true(self, condition: Condition) -> Flags:
        return self.logic(condition)[0]

    def logic(self, condition: Condition) -> tuple[Flags, Flags]:
        """Where a condition is true, and where it is false; elsewhere it is unknown."""
        match condition:
            case Missing(ref):
                present = self.columns[ref].present
                return ~present, present
            case Below(ref, point):
                data = self.columns[ref]
                below = data.values < point
                return below & data.present, ~below & data.present
            case Among(ref, codes):
                data = self.columns[ref]
                found = np.isin(data.values, sorted(codes))
                return found & data.present, ~found & data.present
            case Not(part):
                true, false = self.logic(part)
                return false, true
            case And(inner):
                pairs = [self.logic(part) for part in inner]
                return self._all([t for t, _ in pairs]), self._any([f for _, f in pairs])
            case Or(inner):
                pairs = [self.logic(part) for part in inner]
                return self._any([t for t, _ in pairs]), self._all([f for _, f in pairs])

    def _all(self, flags: list[Flags]) -> Flags:
        return np.logical_and.reduce(flags) if flags else np.ones(self.rows, dtype=bool)

    def _any(self, flags: list[Flags]) -> Flags:
        return np.logical_or.reduce(flags) if flags else np.zeros(self.rows, dtype=bool)

    def code(self, code: Code) -> Integers:
        """The place of each row in a public classification; -1 where the column is missing."""
        data = self.columns[code.ref]
        if code.points is None:
            values = data.values
        else:
            values = np.searchsorted(np.array(code.points, dtype=np.int64), data.values, side="right")
        return np.where(data.present, values, -1).astype(np.int64)
