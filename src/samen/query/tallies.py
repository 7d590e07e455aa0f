# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tallies of all figures from the totals that holders shared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..disclosure.rules import Tally
from ..party import Party, protocol
from ..protocols.compare import maximum, minimum
from ..ring import Shared, concatenate
from ..study.model import Study, Table
from .layout import Block, blocks_of, layout, pieces
from .plan import Plan, holder_side

MAGNITUDE_BITS = 55


@protocol
def largest_of(party: Party, tops: Shared) -> Shared:
    """[the n largest of all lists] (n, C) from descending lists (H, n, C). Reveals nothing.

    Numbers lie in [0, 2^54). Lists are merged in pairs: the k-th of the union is the largest of a_k, b_k and
    all min(a_i, b_(k-i)).
    log2 H times two comparisons with selection.
    """
    while len(tops) > 1:
        half = len(tops) // 2
        merged = _merge(party, tops[:half], tops[half : 2 * half])
        tops = concatenate([merged, tops[2 * half :]])
    return tops[0]


@protocol
def largest_without(party: Party, tops: Shared) -> Shared:
    """[the n largest of all lists but each one in turn] (H, n, C). Reveals nothing.

    A tree of merged lists, and down again what lies outside each branch: 2 log2 H merges one after another.
    """
    holders, count, cells = tops.shape
    levels = [tops]
    while len(levels[-1]) > 1:
        level = levels[-1]
        if len(level) % 2:
            level = levels[-1] = concatenate([level, _nothing(party, 1, count, cells)])
        levels.append(_merge(party, level[0::2], level[1::2]))
    outside = _nothing(party, 1, count, cells)
    for level in reversed(levels[:-1]):
        turned = np.arange(len(level)) ^ 1
        around = Shared(np.repeat(outside.a, 2, axis=0), np.repeat(outside.b, 2, axis=0))
        outside = _merge(party, around[: len(level)], level[turned])
    return outside[:holders]


def _nothing(party: Party, lists: int, count: int, cells: int) -> Shared:
    return party.public(np.zeros((lists, count, cells), dtype=np.uint64))


def _merge(party: Party, x: Shared, y: Shared) -> Shared:
    lists, count, cells = x.shape
    candidates = [[x[:, k], y[:, k]] for k in range(count)]
    pairs = [(k, i) for k in range(count) for i in range(k)]
    if pairs:
        lower = minimum(
            party,
            concatenate([x[:, i].reshape(-1) for _, i in pairs]),
            concatenate([y[:, k - i - 1].reshape(-1) for k, i in pairs]),
            MAGNITUDE_BITS,
        ).reshape(len(pairs), lists, cells)
        for place, (k, _) in enumerate(pairs):
            candidates[k].append(lower[place])
    merged = [_fold(party, options) for options in candidates]
    return Shared(np.stack([m.a for m in merged], axis=1), np.stack([m.b for m in merged], axis=1))


def _fold(party: Party, options: Sequence[Shared]) -> Shared:
    best = options[0]
    for option in options[1:]:
        best = maximum(party, best.reshape(-1), option.reshape(-1), MAGNITUDE_BITS).reshape(*best.shape)
    return best


def tallies_of_totals(
    plans: Sequence[Plan], table: Table, study: Study, upload: Shared
) -> dict[Block, Tally]:
    """Every figure of the questions to a table whose holders add up their own rows."""
    found = pieces(layout(plans, table, study), upload)
    blocks = [
        block
        for plan in plans
        if plan.table.name == table.name and holder_side(plan)
        for block in blocks_of(plan)
    ]
    return {block: _tally(found, number) for number, block in enumerate(blocks)}


def _tally(found: dict[tuple[int, str], Shared], number: int) -> Tally:
    by_holder = found[number, "units"]
    units = by_holder.sum(axis=0)
    base = found.get((number, "base"))
    return Tally(
        units=units,
        without=Shared(units.a - by_holder.a, units.b - by_holder.b),
        present=by_holder,
        base=None if base is None else base.sum(axis=0),
        base_without=None if base is None else base.sum(axis=0) - base,
        terms=found[number, "terms"].sum(axis=0),
        holders=found[number, "terms"],
        masks=found[number, "mask"].reshape(-1) if (number, "mask") in found else None,
    )
