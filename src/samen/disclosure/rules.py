# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Output rules on secret tallies: does each cell of a figure pass? Nothing is opened here.

Rules of a cell [Hundepool et al., Statistical Disclosure Control, 2012, chapter 4]:
minimum units, also without any one holder; minimum holders; (n,k) dominance and p% on the absolute
contributions; and for a figure narrower than its group (CASE, FILTER) the complement within the group, so
that neither group minus figure nor a full group tells about few.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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


@protocol
def cells_pass(party: Party, tally: Tally, rules: Rules) -> Shared:
    """[cell passes all rules] as 0/1. Reveals nothing.

    Two batches of comparisons and two equalities: about 35 rounds, 20 bytes per comparison.
    """
    n = len(tally.units)
    tests = [few(party, tally.units, rules.min_units)]
    if rules.leave_one_out:
        tests += list(_rows(few(party, tally.without, rules.min_units)))
    own = len(tests)
    if tally.base is not None:
        tests.append(few(party, tally.base - tally.units, rules.min_units))
        if rules.leave_one_out and tally.base_without is not None:
            tests += _rows(few(party, tally.base_without - tally.without, rules.min_units))
    contributes = list(_rows(-tally.present)) if rules.min_holders > 1 else []
    flags = negative(party, concatenate([*tests, *contributes]), COUNT_BITS).reshape(-1, n)
    fails = flags[: len(tests)].sum(axis=0)
    if contributes:
        holders = flags[len(tests) :].sum(axis=0)
        fails = fails + negative(party, few(party, holders, rules.min_holders), COUNT_BITS)
    if tally.base is not None and rules.full_cells == "safe":
        full = equal(party, tally.base, tally.units, COUNT_BITS)
        fails = fails - multiply(party, full, flags[own : len(tests)].sum(axis=0))
    fails = fails + _dominated(party, tally, rules)
    passes = equal(party, fails, party.public(np.zeros(n, dtype=np.uint64)), COUNT_BITS)
    if rules.zeros == "safe":
        counted = tally.units if tally.base is None else tally.base
        empty = equal(party, counted, party.public(np.zeros(n, dtype=np.uint64)), COUNT_BITS)
        passes = passes + empty - multiply(party, passes, empty)
    return passes


def _rows(table: Shared) -> list[Shared]:
    return [table[row] for row in range(len(table))]


def _dominated(party: Party, tally: Tally, rules: Rules) -> Shared:
    """How many of the dominance rules a cell breaks."""
    n = len(tally.units)
    nothing = party.public(np.zeros(n, dtype=np.uint64))
    if tally.tops is None or tally.magnitude is None:
        return nothing
    margins = []
    if rules.dominance_n:
        largest = tally.tops[: rules.dominance_n].sum(axis=0)
        margins.append(tally.magnitude.scale(rules.dominance_k) - largest.scale(100))
    if rules.p_percent:
        rest = tally.magnitude - tally.tops[0] - tally.tops[1]
        margins.append(rest.scale(100) - tally.tops[0].scale(rules.p_percent))
    if not margins:
        return nothing
    return negative(party, concatenate(margins), SIZE_BITS).reshape(len(margins), n).sum(axis=0)


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
