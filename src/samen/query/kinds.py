# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Range and scale of number expressions: what makes 64 bits enough."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import Problem, QuestionError
from ..study.model import Study
from .expressions import Case, Known, Literal, Number, Plus, Ref, Times

MAX_SUM = 1 << 54
"""Sums stay below this, so that percentages of them fit too."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Values lie in [low, high] * 10^-scale."""

    low: int
    high: int
    scale: int
    nullable: bool

    @property
    def largest(self) -> int:
        return max(abs(self.low), abs(self.high))

    def at(self, scale: int) -> Kind:
        factor: int = 10 ** (scale - self.scale)
        return Kind(self.low * factor, self.high * factor, scale, self.nullable)


def kind_of(expression: Number, study: Study) -> Kind:
    """Scale and range of a number expression."""
    match expression:
        case Ref(table, name):
            column = study.tables[table].columns[name]
            low, high = min(column.low, 0), max(column.high, 0)  # 0 stands where a value is missing
            if column.required:
                low, high = column.low, column.high
            return Kind(low, high, column.scale, not column.required)
        case Literal(None):
            return Kind(0, 0, 0, True)
        case Literal(value, scale):
            return Kind(int(value or 0), int(value or 0), scale, False)
        case Plus(left, right):
            a, b = common(kind_of(left, study), kind_of(right, study))
            return _checked(Kind(a.low + b.low, a.high + b.high, a.scale, a.nullable or b.nullable), study)
        case Times(left, right):
            a, b = kind_of(left, study), kind_of(right, study)
            ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
            return _checked(Kind(min(ends), max(ends), a.scale + b.scale, a.nullable or b.nullable), study)
        case Known(_):
            return Kind(0, 1, 0, False)
        case Case(branches, otherwise):
            return _case_kind([*(value for _, value in branches), otherwise], study)


def _case_kind(values: list[Number], study: Study) -> Kind:
    found = [kind_of(value, study) for value in values]
    scale = max(kind.scale for kind in found)
    scaled = [kind.at(scale) for kind in found]
    low, high = min(k.low for k in scaled), max(k.high for k in scaled)
    return _checked(Kind(low, high, scale, any(k.nullable for k in scaled)), study)


def common(a: Kind, b: Kind) -> tuple[Kind, Kind]:
    """Both in the finer scale."""
    scale = max(a.scale, b.scale)
    return a.at(scale), b.at(scale)


def _checked(kind: Kind, study: Study) -> Kind:
    """A kind whose sum over all rows fits."""
    rows = max(table.max_rows for table in study.tables.values())
    if kind.largest * rows > MAX_SUM:
        raise QuestionError(
            Problem(
                f"values up to {kind.largest} at {kind.scale} decimals could overflow when {rows:,} rows are "
                "added; declare a narrower range, fewer decimals or a smaller max_rows",
                f"waarden tot {kind.largest} met {kind.scale} decimalen kunnen overlopen als {rows:,} rijen "
                "worden opgeteld; geef een kleiner bereik, minder decimalen of een kleinere max_rows op",
            )
        )
    return kind
