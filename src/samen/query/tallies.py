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
    party: Party, plans: Sequence[Plan], table: Table, study: Study, upload: Shared
) -> dict[Block, Tally]:
    """Every figure of the questions to a table whose holders add up their own rows."""
    found = pieces(layout(plans, table, study), upload)
    blocks = [
        block
        for plan in plans
        if plan.table.name == table.name and holder_side(plan)
        for block in blocks_of(plan)
    ]
    return {block: _tally(party, found, number) for number, block in enumerate(blocks)}


def _tally(party: Party, found: dict[tuple[int, str], Shared], number: int) -> Tally:
    by_holder = found[number, "units"]
    units = by_holder.sum(axis=0)
    base, tops, magnitude = (found.get((number, name)) for name in ("base", "tops", "magnitude"))
    return Tally(
        units=units,
        without=Shared(units.a - by_holder.a, units.b - by_holder.b),
        present=by_holder,
        base=None if base is None else base.sum(axis=0),
        base_without=None if base is None else base.sum(axis=0) - base,
        terms=found[number, "terms"].sum(axis=0),
        tops=None if tops is None else largest_of(party, tops),
        magnitude=None if magnitude is None else magnitude.sum(axis=0),
        holders=found[number, "terms"],
        masks=found[number, "mask"].reshape(-1) if (number, "mask") in found else None,
    )
