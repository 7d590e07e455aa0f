# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sign, less-than, equality, selection, minimum and maximum on numbers.

The sign of d = u + w (local split, see ``convert``) needs one carry. Digits are base 4: for a fixed w the
carry a digit generates and whether it propagates are linear in party 0's (u1, u0, u1*u0), which it
splits between the others; so two bits of the operands cost one tree node, not two, and their first
AND layer costs nothing. Sources: ABY3 (CCS 2018) section 5.3 for the split, Catrina and de Hoogh (SCN
2010) for the tree; base-4 leaves are this engine's. Semi-honest, honest majority; reveals nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..bits import SharedBits, SharedWords, plane_width
from ..kernels import kernels
from ..party import Party, protocol
from ..ring import Shared, Words, concatenate
from .arithmetic import multiply
from .circuits import and_layers, carry_layers, fold
from .convert import lift_steps
from .steps import Steps, chunks, hide, settle, together


def _leaves(party: Party, d: Shared, bits: int, *, sign: bool) -> Steps[tuple[SharedWords, int]]:
    """Planes of the base-4 digits of u and w: with ``sign`` the sum of the two top bits, p_1.., g_0..,
    without it p_0.. only."""
    n, digits = len(d), -(-(bits - sign) // 2)
    shape = (n, 1 if 3 * digits < 64 else 2)

    def secret(mask: Words) -> Words:
        out = np.empty(shape, dtype=np.uint64)
        kernels().adder_hide(d.a, d.b, 64 - bits, int(sign), digits, mask, out)
        return out

    part = yield from hide(party, shape, secret)
    planes = (2 * digits if sign else digits, plane_width(n))

    def summand() -> Words:
        known = d.b if party.index == 1 else d.a
        rows, out = np.empty(n, dtype=np.uint64), np.empty(planes, dtype=np.uint64)
        shift = 64 - bits
        if not sign:  # u = -w exactly when every bit of u differs from that of w - 1
            known, shift = (known << np.uint64(shift)) - np.uint64(1), 0
        kernels().adder_leaf(part, known, shift, int(sign), digits, int(party.index == 1), rows)
        kernels().planes_of(rows, out)
        return out

    a, b = yield from settle(party, planes, summand, xor=True)
    return SharedWords(a, b), digits


def sign_steps(party: Party, d: Shared, bits: int) -> Steps[SharedBits]:
    """Bit ``bits - 1`` of d, that is d < 0 for -2^(bits-1) <= d < 2^(bits-1)."""
    if bits == 1:
        planes, _ = yield from _leaves(party, d, 1, sign=False)
        flip = party.public_words(np.full(planes.shape, -1, dtype=np.int64))
        return SharedBits(planes ^ flip, len(d))
    leaves, digits = yield from _leaves(party, d, bits, sign=True)
    a, b = yield from fold(party, (leaves.a[1:], leaves.b[1:]), carry_layers(digits))
    return SharedBits(leaves[:1] ^ SharedWords(a, b), len(d))


def zero_steps(party: Party, d: Shared, bits: int) -> Steps[SharedBits]:
    """Whether d = 0 mod 2^bits: all bits of u and of -w agree."""
    leaves, digits = yield from _leaves(party, d, bits, sign=False)
    return SharedBits(
        SharedWords(*(yield from fold(party, (leaves.a, leaves.b), and_layers(digits)))), len(d)
    )


def _numbers(party: Party, steps: Sequence[Steps[SharedBits]]) -> Shared:
    def one(program: Steps[SharedBits]) -> Steps[Shared]:
        return (yield from lift_steps(party, (yield from program)))[0]

    return concatenate(together([one(program) for program in steps]))


@protocol
def negative(party: Party, d: Shared, bits: int) -> Shared:
    """[d < 0] as 0/1, for d in [-2^(bits-1), 2^(bits-1)). Reveals nothing.

    4 + ceil(log2((bits-1)/2)) rounds; 33 bits: 8 rounds and 19.25 bytes at the busiest party.
    """
    return _numbers(party, [sign_steps(party, d[piece], bits) for piece in chunks(len(d))])


@protocol
def less(party: Party, x: Shared, y: Shared, bits: int = 64) -> Shared:
    """[x < y] as 0/1 for signed numbers of ``bits`` bits, or unsigned ones of bits - 1. Reveals nothing.

    Up to 63 bits the sign of x - y decides (``negative`` of bits + 1). For 64 bits x - y may wrap:
    the signs of x and y decide when they differ; 3 signs in the same rounds and 2 products more: 10 rounds,
    109 bytes.
    """
    if bits < 64:
        return negative(party, x - y, bits + 1)
    n = len(x)
    signs = negative(party, concatenate([x, y, x - y]), 64)
    sx, sy, sd = signs[:n], signs[n : 2 * n], signs[2 * n :]
    both = multiply(party, sx, sy)
    differ = sx + sy - both.scale(2)
    return sx - both + sd - multiply(party, sd, differ)


@protocol
def equal(party: Party, x: Shared, y: Shared, bits: int = 64) -> Shared:
    """[x = y] as 0/1, compared mod 2^bits. Reveals nothing.

    4 + ceil(log2(bits/2)) rounds, 18 bytes at 32 bits.
    """
    return _numbers(party, [zero_steps(party, (x - y)[piece], bits) for piece in chunks(len(x))])


@protocol
def select(party: Party, condition: Shared, x: Shared, y: Shared) -> Shared:
    """[condition ? x : y] for a 0/1 condition. Reveals nothing. 1 round, 8 bytes per row."""
    return y + multiply(party, condition, x - y)


@protocol
def minimum(party: Party, x: Shared, y: Shared, bits: int = 64) -> Shared:
    """[min(x, y)] elementwise. Reveals nothing. Rounds and bytes of ``less`` and ``select``."""
    return select(party, less(party, x, y, bits), x, y)


@protocol
def maximum(party: Party, x: Shared, y: Shared, bits: int = 64) -> Shared:
    """[max(x, y)] elementwise. Reveals nothing. Rounds and bytes of ``less`` and ``select``."""
    return select(party, less(party, x, y, bits), y, x)


def _extreme(party: Party, x: Shared, bits: int, *, largest: bool) -> Shared:
    while len(x) > 1:
        half = len(x) // 2
        choose = maximum if largest else minimum
        best = choose(party, x[:half], x[half : 2 * half], bits)
        x = concatenate([best, x[2 * half :]])
    return x


@protocol
def smallest(party: Party, x: Shared, bits: int = 64) -> Shared:
    """[min of all rows], shape (1,). Reveals nothing. log2 n times the rounds of ``minimum``."""
    return _extreme(party, x, bits, largest=False)


@protocol
def largest(party: Party, x: Shared, bits: int = 64) -> Shared:
    """[max of all rows], shape (1,). Reveals nothing. log2 n times the rounds of ``maximum``."""
    return _extreme(party, x, bits, largest=True)
