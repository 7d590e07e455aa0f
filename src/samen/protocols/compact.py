# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Oblivious compaction: flagged rows to the front, in order.

The place of every row follows from prefix sums of the secret flags. Rows are shuffled together with their
places, the places are opened (a random permutation) and rows put there: one pass of the radix sort of
Chida, Hamada, Ikarashi, Kikuchi, Kiribuchi, Pinkas (eprint 2019/695). Linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..party import Party, protocol
from ..ring import Shared
from .arithmetic import multiply, open_all
from .shuffle import Column, numbers, shuffle


@dataclass(frozen=True, slots=True)
class Compacted:
    """``flags`` is 1 for the rows moved to the front, 0 after them; how many is not revealed."""

    flags: Shared
    columns: list[Column]


@protocol
def place_rows(party: Party, places: Shared, columns: Sequence[Column]) -> list[Column]:
    """Row i to position places[i], a secret permutation of 0..n-1. Reveals nothing: what is opened is the
    permutation after a fresh shuffle, which is uniform.

    3 rounds, 16 (columns + 1) + 8 bytes per row.
    """
    moved = shuffle(party, [places, *columns])
    (secret,) = numbers(moved[:1])
    order = np.empty(len(secret), dtype=np.int64)
    order[open_all(party, secret, "order").view(np.int64)] = np.arange(len(secret))
    return [column[order] for column in moved[1:]]


@protocol
def compact(party: Party, flags: Shared, columns: Sequence[Column]) -> Compacted:
    """Rows with flag 1 first, then the others, both in input order. Reveals nothing, not the number of flags.

    4 rounds, 16 (columns + 2) + 16 bytes per row.
    """
    n = len(flags)
    ones = flags.cumsum()
    before = ones - flags
    rest = party.public(np.arange(n, dtype=np.uint64)) - before
    if n:
        total = ones[-1:]
        rest = Shared(rest.a + total.a, rest.b + total.b)
    places = rest + multiply(party, flags, before - rest)
    moved = place_rows(party, places, [flags, *columns])
    return Compacted(numbers(moved)[0], moved[1:])
