# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Products over Z_2^64, and openings.

Source: Araki, Furukawa, Lindell, Nof, Ohara, CCS 2016. Each party's summand of x*y is
x_i*y_i + x_i*y_{i+1} + x_{i+1}*y_i; the three add up to the product. A share of zero (difference of two
keystreams) makes it uniform before it is sent. Semi-honest, honest majority; reveals nothing.
"""

from __future__ import annotations

import numpy as np

from ..kernels import kernels
from ..party import Party, protocol
from ..ring import Shared, Words
from .steps import CHUNK_ROWS, Steps, chunks, reshare, together


def zero_share(party: Party, shape: tuple[int, ...]) -> Words:
    """A summand of zero: the three parties' results add up to 0. No communication."""
    count = int(np.prod(shape))
    return (party.own.draw(count) - party.following.draw(count)).reshape(shape)


@protocol
def multiply(party: Party, x: Shared, y: Shared) -> Shared:
    """[x*y] elementwise, mod 2^64. Reveals nothing. 1 round, 8 bytes per product. Araki et al. 2016.

    Chunks are sent while the next is computed.
    """
    shape = x.shape
    xa, xb, ya, yb = (v.reshape(-1) for v in (x.a, x.b, y.a, y.b))
    out, other = np.empty(xa.size, dtype=np.uint64), np.empty(xa.size, dtype=np.uint64)
    compute = kernels().multiply
    pieces = chunks(xa.size, CHUNK_ROWS // 2)
    for piece in pieces:
        size = piece.stop - piece.start
        mask = party.own.draw(size), party.following.draw(size)
        compute(xa[piece], xb[piece], ya[piece], yb[piece], *mask, out[piece])
        party.send(party.previous, out[piece])
    for piece in pieces:
        other[piece] = party.receive(party.next, (piece.stop - piece.start,))
    return Shared(out.reshape(shape), other.reshape(shape))


def inner_steps(party: Party, x: Shared, y: Shared) -> Steps[Shared]:
    """[x y^T] for x (m, n), y (k, n), as a step."""
    summand = kernels().cross(x.a, x.b, y.a, y.b) + zero_share(party, (len(x), len(y)))
    a, b = yield from reshare(party, summand)
    return Shared(a, b)


@protocol
def inner(party: Party, x: Shared, y: Shared) -> Shared:
    """[sum x*y] of two vectors, as an array of shape (1,). Reveals nothing.

    1 round and 8 bytes whatever the length: summands are added before the one resharing. Araki et al. 2016.
    """
    return together([inner_steps(party, x.reshape(1, -1), y.reshape(1, -1))])[0].reshape(1)


@protocol
def matrix_product(party: Party, x: Shared, y: Shared) -> Shared:
    """[X Y^T] for X (m, n) and Y (k, n), mod 2^64. Reveals nothing.

    1 round, 8 bytes per entry of the result whatever n is. Araki et al. 2016.
    """
    return together([inner_steps(party, x, y)])[0]


@protocol
def open_all(party: Party, x: Shared, name: str) -> Words:
    """The values of [x], at all three parties. Reveals x, under ``name`` in ``party.openings``.

    1 round, 8 bytes per value: party i sends component i to party i+1, who lacks it.
    """
    party.note_opening(name, x.a.size)
    party.send(party.next, x.a)
    return x.a + x.b + party.receive(party.previous, x.shape)


@protocol
def open_to(party: Party, x: Shared, receiver: int, name: str) -> Words | None:
    """The values of [x], at one party. Reveals x to ``receiver`` only. 1 round, 8 bytes per value."""
    party.note_opening(name, x.a.size)
    if party.next == receiver:
        party.send(receiver, x.a)
    if party.index != receiver:
        return None
    return x.a + x.b + party.receive(party.previous, x.shape)
