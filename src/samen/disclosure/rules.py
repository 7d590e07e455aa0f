# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Output rules on secret tallies: does each cell of a figure pass? Nothing is opened here.

Rules of a cell [Hundepool et al., Statistical Disclosure Control, 2012, chapter 4]:
minimum units, also without any one holder; minimum holders; (n,k) dominance and p% on the absolute
contributions; and for a figure narrower than its group (CASE, FILTER) the complement within the group, so
that neither group minus figure nor a full group tells about few.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..party import Party, protocol
from ..protocols.arithmetic import multiply
from ..protocols.compare import equal, negative
from ..ring import Shared, concatenate
from ..study.model import Rules

COUNT_BITS = 32
"""Counts of units, and their differences with thresholds, fit."""
SIZE_BITS = 63
"""Percentages of magnitudes: sums stay below 2^54, times 100."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Secret totals of one figure, one entry per cell.

    ``units`` (C,) distinct units that contribute; ``without`` (H, C) those left without each holder;
    ``present`` (H, C) contributing rows of each holder; ``base`` (C,) units of the group when the figure is
    narrower; ``terms`` (T, C) sums; ``tops`` (n, C) the largest contributions, descending,
    ``magnitude`` (C,) of all.
    """

    units: Shared
    without: Shared
    present: Shared
    base: Shared | None
    terms: Shared
    tops: Shared | None = None
    magnitude: Shared | None = None
    base_without: Shared | None = None
    """(H, C) units of the group without each holder, where holders add up their own rows."""
    holders: Shared | None = None
    """(H, T, C) terms per holder, where a figure compares holders."""
    masks: Shared | None = None
    """(H,) numbers that one holder each knows, for what only it may read."""


def few(party: Party, counts: Shared, least: int) -> Shared:
    """counts - least, negative where there are too few."""
    return counts - party.public(np.full(counts.shape, least))


@dataclass(frozen=True, slots=True)
class Contributions:
    """Who contributes to a sum, one entry per cell; on the column itself, whatever was asked of it.

    ``units`` (C,) distinct units; ``without`` (H, C) those left without each holder; ``present`` (H, C)
    contributing rows of each holder; ``tops`` (n, C) the largest contributions, descending, and ``magnitude``
    (C,) all together; both also without each holder. Counts have neither. ``rows`` (C,) are the rows of the
    cell, contributing or not. ``others`` are the same of the units of a second table that the sum reads.
    """

    units: Shared
    without: Shared
    present: Shared
    tops: Shared | None = None
    magnitude: Shared | None = None
    tops_without: Shared | None = None
    magnitude_without: Shared | None = None
    rows: Shared | None = None
    others: Contributions | None = None

    def __getitem__(self, cells: NDArray[np.int64]) -> Contributions:
        """The contributions of some cells."""
        picked: dict[str, Any] = {
            name: None if (value := getattr(self, name)) is None else _columns(value, cells)
            for name in self.__slots__
            if name != "others"
        }
        return Contributions(**picked, others=None if self.others is None else self.others[cells])


def _columns(table: Shared, cells: NDArray[np.int64]) -> Shared:
    return Shared(np.ascontiguousarray(table.a[..., cells]), np.ascontiguousarray(table.b[..., cells]))


@protocol
def sums_pass(party: Party, own: Contributions, rules: Rules) -> Shared:
    """[a sum passes all rules] as 0/1. Reveals nothing.

    Enough units, also without any one holder; enough holders; (n,k) and p% on the contributions, also on
    those that are left without any one holder: it knows its own and can subtract them. Units of a second
    table obey the rules for units. Two batches of comparisons: about 35 rounds, 20 bytes per comparison.
    """
    n = len(own.units)
    counts, sizes = _count_tests(party, own, rules), _size_tests(own.tops, own.magnitude, rules)
    if rules.leave_one_out and own.tops_without is not None and own.magnitude_without is not None:
        for holder in range(len(own.tops_without)):
            sizes += _size_tests(own.tops_without[holder], own.magnitude_without[holder], rules)
    if own.others is not None:
        counts.append(few(party, own.others.units, rules.min_units))
        sizes += _size_tests(own.others.tops, own.others.magnitude, rules)
    fails = negative(party, concatenate(counts), COUNT_BITS).reshape(len(counts), n).sum(axis=0)
    if rules.min_holders > 1:
        holders = negative(party, concatenate(_rows(-own.present)), COUNT_BITS).reshape(-1, n).sum(axis=0)
        fails = fails + negative(party, few(party, holders, rules.min_holders), COUNT_BITS)
    if sizes:
        fails = fails + negative(party, concatenate(sizes), SIZE_BITS).reshape(len(sizes), n).sum(axis=0)
    nothing = party.public(np.zeros(n, dtype=np.uint64))
    passes = equal(party, fails, nothing, COUNT_BITS)
    if rules.zeros == "safe" and own.rows is not None:
        empty = equal(party, own.rows, nothing, COUNT_BITS)
        passes = passes + empty - multiply(party, passes, empty)
    return passes


def _count_tests(party: Party, own: Contributions, rules: Rules) -> list[Shared]:
    """Negative where there are too few units."""
    tests = [few(party, own.units, rules.min_units)]
    if rules.leave_one_out:
        tests += _rows(few(party, own.without, rules.min_units))
    return tests


def _size_tests(tops: Shared | None, magnitude: Shared | None, rules: Rules) -> list[Shared]:
    """Negative where one contribution, or n of them, make up too much."""
    if tops is None or magnitude is None:
        return []
    margins = []
    if rules.dominance_n:
        largest = tops[: rules.dominance_n].sum(axis=0)
        margins.append(magnitude.scale(rules.dominance_k) - largest.scale(100))
    if rules.p_percent:
        rest = magnitude - tops[0] - tops[1]
        margins.append(rest.scale(100) - tops[0].scale(rules.p_percent))
    return margins


@protocol
def figures_pass(party: Party, tally: Tally, rules: Rules) -> Shared:
    """[what a figure says of its group passes] as 0/1: the complement within the group of CASE and FILTER.

    Neither group minus figure nor a full group may tell about few. Reveals nothing.
    """
    n = len(tally.units)
    if tally.base is None:
        return party.public(np.ones(n, dtype=np.uint64))
    tests = [few(party, tally.base - tally.units, rules.min_units)]
    if rules.leave_one_out and tally.base_without is not None:
        tests += _rows(few(party, tally.base_without - tally.without, rules.min_units))
    fails = negative(party, concatenate(tests), COUNT_BITS).reshape(len(tests), n).sum(axis=0)
    if rules.full_cells == "safe":
        full = equal(party, tally.base, tally.units, COUNT_BITS)
        fails = fails - multiply(party, full, fails)
    passes = equal(party, fails, party.public(np.zeros(n, dtype=np.uint64)), COUNT_BITS)
    if rules.zeros == "safe":
        empty = equal(party, tally.base, party.public(np.zeros(n, dtype=np.uint64)), COUNT_BITS)
        passes = passes + empty - multiply(party, passes, empty)
    return passes


@protocol
def cells_pass(party: Party, tally: Tally, rules: Rules) -> Shared:
    """[cell passes all rules] as 0/1 for figures that are no sums, and for secret labels. Reveals nothing."""
    own = Contributions(tally.units, tally.without, tally.present, tally.tops, tally.magnitude)
    counted = tally.units if tally.base is None else tally.base
    passes = sums_pass(party, replace(own, rows=counted), rules)
    return multiply(party, passes, figures_pass(party, tally, rules))


def _rows(table: Shared) -> list[Shared]:
    return [table[row] for row in range(len(table))]


def tops_needed(rules: Rules) -> int:
    """How many largest contributions the dominance rules look at."""
    return max(rules.dominance_n, 2 if rules.p_percent else 0)


@protocol
def lines_full(party: Party, units: Shared, shape: tuple[int, ...]) -> Shared:
    """[cell holds all units of a line of its table] as 0/1. Reveals nothing.

    For tables of two or more dimensions. A line is all cells that differ in one dimension only; cells of
    empty lines do not count as full.
    """
    n = len(units)
    differences = []
    for axis, size in enumerate(shape):
        if size > 1:
            table = units.reshape(*shape)
            total = table.sum(axis=axis)
            spread = Shared(
                *(
                    np.broadcast_to(np.expand_dims(part, axis), shape).reshape(-1)
                    for part in (total.a, total.b)
                )
            )
            differences.append(spread - units)
    if not differences:
        return party.public(np.zeros(n, dtype=np.uint64))
    zero = party.public(np.zeros(n * len(differences), dtype=np.uint64))
    full = equal(party, concatenate(differences), zero, COUNT_BITS).reshape(len(differences), n).sum(axis=0)
    filled = party.public(np.ones(n, dtype=np.uint64)) - equal(
        party, units, party.public(np.zeros(n, dtype=np.uint64)), COUNT_BITS
    )
    return multiply(party, full, filled)
