# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Division by a power of two, what fixed-point products need."""

from __future__ import annotations

import numpy as np

from ..party import Party, protocol
from ..ring import FRACTION_BITS, Shared, Words, concatenate
from .arithmetic import multiply
from .steps import Steps, chunks, hide, settle, together


def _truncate_steps(party: Party, x: Shared, shift: int) -> Steps[Shared]:
    """x >= 0 has top bit 0, so u + w wraps around 2^64 exactly when u or w has its top bit set."""
    n = len(x)
    by, top, lap = np.uint64(shift), np.uint64(63), np.uint64(1) << np.uint64(64 - shift)

    def secret(mask: Words) -> Words:
        u = x.a + x.b
        return np.stack([u >> by, u >> top]) - mask

    part = yield from hide(party, (2, n), secret)

    def summand() -> Words:
        first = np.uint64(party.index == 1)
        w = x.b if party.index == 1 else x.a
        high = w >> top
        wraps = first * high + (np.uint64(1) - high) * part[1]
        out: Words = part[0] + first * (w >> by) - lap * wraps
        return out

    return Shared(*(yield from settle(party, (n,), summand, xor=False)))


@protocol
def truncate(party: Party, x: Shared, shift: int = FRACTION_BITS) -> Shared:
    """[floor(x / 2^shift)] or one less, for -2^62 <= x < 2^62 and 0 < shift < 63. Reveals nothing.

    2 rounds; 16 bytes per row at party 0, 8 at the others. Each half of the local split is shifted; the lap
    around 2^64 is taken out exactly, so unlike ABY3's share truncation it never fails with large
    numbers; only the carry of the cut bits is dropped. Source: ABY3 (CCS 2018) section 5.1 and, for the
    lap, Escudero, Ghosh, Keller, Rachuri, Scholl (CRYPTO 2020).
    """
    offset = party.public(np.full(len(x), 1 << 62, dtype=np.uint64))
    shifted = concatenate(
        together([_truncate_steps(party, (x + offset)[rows], shift) for rows in chunks(len(x))])
    )
    return shifted - party.public(np.full(len(x), 1 << (62 - shift), dtype=np.uint64))


@protocol
def multiply_fixed(party: Party, x: Shared, y: Shared, fraction: int = FRACTION_BITS) -> Shared:
    """[x * y] of fixed-point numbers; the product must stay below 2^(62 - 2 * fraction) in absolute value.

    Error at most 2 units of 2^-fraction below the exact product. 3 rounds, 24 bytes per row at party 0.
    """
    return truncate(party, multiply(party, x, y), fraction)
