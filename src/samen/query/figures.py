# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures that can be asked: what each adds up per row, and which rows contribute.

A figure is computed from sums of *terms* over rows. A *contribution* is a row that the figure does not leave
unchanged: rows counted, numbers added that are not zero. Output rules count the units of contributions.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..study.model import Study
from .expressions import TRUE, Case, Condition, Number, Ref, walk
from .kinds import Kind, kind_of

ADDED = ("sum", "avg", "weighted_sum", "weighted_avg")
"""Kinds that dominance rules apply to: one unit can be most of the figure."""
SPREAD = ("var_samp", "var_pop", "stddev_samp", "stddev_pop", "weighted_var", "weighted_stddev")
PAIRED = ("corr", "covar_samp", "covar_pop")
WEIGHTED = ("weighted_count", "weighted_sum", "weighted_avg", "weighted_var", "weighted_stddev")
SORTED = ("quantile",)
WHOLE = ("linear_regression", "logistic_regression", "kaplan_meier", "peer_band")
"""Figures that are a table of their own: the only one of their question."""


@dataclass(frozen=True, slots=True)
class Figure:
    """``where`` is the question's WHERE with the figure's own FILTER; ``narrow`` when FILTER or CASE make
    it smaller than the group, so that its complement in the group must be safe as well."""

    kind: str
    args: tuple[Number, ...] = ()
    where: Condition = TRUE
    narrow: bool = False
    parameter: float = 0.0
    sql: str = ""
    refs: tuple[Ref, ...] = ()

    @property
    def neutral_zero(self) -> bool:
        """A value of zero does not contribute."""
        return self.kind == "sum" or (self.kind == "avg" and self.has_case)

    @property
    def has_case(self) -> bool:
        return any(isinstance(part, Case) for arg in self.args for part in walk(arg))


def centre(kind: Kind) -> int:
    """A public number in the middle of a range: what is squared stays small around it."""
    return (kind.low + kind.high) // 2


def coarse(kind: Kind, rows: int) -> int:
    """Low bits that squares around the centre leave out, so that their sum over rows stays below 2^58."""
    half = max(1, kind.high - centre(kind))
    shift = 0
    while rows * (((half >> shift) + 1) ** 2) > 1 << 58:
        shift += 1
    return shift


def gain(bits: int, rows: int) -> int:
    """Bits by which small numbers may grow, so that rounding sums of squares to integers does not show."""
    return max(0, (57 - rows.bit_length()) // 2 - bits)


def argument_kinds(figure: Figure, study: Study) -> list[Kind]:
    return [kind_of(arg, study) for arg in figure.args]


def term_count(figure: Figure) -> int:
    """How many sums over rows a figure needs (models have their own)."""
    if figure.kind in SPREAD:
        return 3
    if figure.kind in PAIRED:
        return 6
    if figure.kind in ("quantile", "count_distinct"):
        return 0
    return 2 if figure.kind in ("avg", "weighted_avg") else 1
