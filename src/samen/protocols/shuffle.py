# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Oblivious shuffle: rows in an order that nobody knows.

Each pair of parties applies a permutation the third does not know, on a two-party sharing: of pair (A, B)
and third C, A and B permute; A sends its part plus a mask r to C, B subtracts r; the sharing has moved to
(B, C). After three pairs it becomes replicated again. Source: Laur, Willemson, Zhang (ISC 2011), in the
replicated form of Araki et al. (CCS 2021), with the two-party shape kept between the passes.
Semi-honest, honest majority: the composition is uniform to each party, because each misses one factor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..bits import SharedWords
from ..kernels import kernels
from ..party import Party, protocol
from ..randomness import Stream
from ..ring import Shared, Words

Column: TypeAlias = Shared | SharedWords
_SPARE = 64


def numbers(columns: Sequence[Column]) -> list[Shared]:
    """The columns of numbers among some."""
    return [column for column in columns if isinstance(column, Shared)]


def packed(columns: Sequence[Column]) -> list[SharedWords]:
    """The columns of bit words among some."""
    return [column for column in columns if isinstance(column, SharedWords)]


def draw_permutation(stream: Stream, n: int) -> NDArray[np.uint32]:
    """A uniform permutation of n rows from a keystream; both holders of the key draw the same."""
    order = np.empty(n, dtype=np.uint32)
    random, spare = stream.draw(n), stream.draw(_SPARE)
    kernels().shuffled(random, spare, order)
    return order


class _Ring:
    """How two parts of a column add up: mod 2^64 or by XOR."""

    def __init__(self, xor: bool) -> None:
        self.xor = xor

    def join(self, x: Words, y: Words) -> Words:
        return x ^ y if self.xor else x + y

    def less(self, x: Words, y: Words) -> Words:
        return x ^ y if self.xor else x - y


@protocol
def shuffle(party: Party, columns: Sequence[Column]) -> list[Column]:
    """The rows of all columns in one fresh, uniformly random order. Reveals nothing.

    2 rounds (the third pass does not wait for all of the second); 16 bytes per row and column at the busiest
    party, 32 in all. A shuffle cannot be repeated: nothing is kept of it, so two orders of one shuffled table
    cannot be opened.
    """
    n = len(columns[0])
    rings = [_Ring(isinstance(column, SharedWords)) for column in columns]
    parts: list[Words] = []
    if party.index == 0:
        parts = [r.join(c.a, c.b) for r, c in zip(rings, columns, strict=True)]
    elif party.index == 1:
        parts = [c.b for c in columns]
    for first in (0, 1, 2):
        parts = _pass(party, first, n, rings, parts)
    return _replicate(party, n, rings, parts)


def _pass(party: Party, first: int, n: int, rings: list[_Ring], parts: list[Words]) -> list[Words]:
    """Parties ``first`` and its next permute; in the first two passes the sharing then moves on."""
    second, third = (first + 1) % 3, (first + 2) % 3
    last = first == 2
    if party.index == third:
        return [] if last else [party.receive(first, (n,)) for _ in rings]
    stream = party.following if party.index == first else party.own
    order = draw_permutation(stream, n)
    moved = [np.take(part, order) for part in parts]
    if last:
        return moved
    masks = [stream.draw(n) for _ in rings]
    if party.index == second:
        return [r.less(m, mask) for r, m, mask in zip(rings, moved, masks, strict=True)]
    for r, m, mask in zip(rings, moved, masks, strict=True):
        party.send(third, r.join(m, mask))
    return []


def _replicate(party: Party, n: int, rings: list[_Ring], parts: list[Words]) -> list[Column]:
    """Components from the parts of parties 2 and 0: as ``settle``, with party 1 in the idle role."""
    out: list[Column] = []
    if party.index == 1:
        for ring in rings:
            out.append(_column(ring, party.own.draw(n), party.following.draw(n)))
        return out
    other, stream = (2, party.following) if party.index == 0 else (0, party.own)
    masks = [stream.draw(n) for _ in rings]
    messages = [r.less(p, mask) for r, p, mask in zip(rings, parts, masks, strict=True)]
    for message in messages:
        party.send(other, message)
    for ring, mask, message in zip(rings, masks, messages, strict=True):
        common = ring.join(message, party.receive(other, (n,)))
        out.append(_column(ring, common, mask) if party.index == 0 else _column(ring, mask, common))
    return out


def _column(ring: _Ring, a: Words, b: Words) -> Column:
    return SharedWords(a, b) if ring.xor else Shared(a, b)
