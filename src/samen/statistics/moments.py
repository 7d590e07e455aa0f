# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ratios and second moments of secret integers, exactly or to the last digit that is opened.

All are vectorised over cells. Semi-honest, honest majority; nothing is revealed. Bits of the arguments are
public and decide how many decimal digits fit in 64 bits.
"""

from __future__ import annotations

import numpy as np

from ..party import Party, protocol
from ..protocols.arithmetic import multiply
from ..protocols.compare import negative
from ..protocols.numeric import divide, square_root
from ..ring import Shared, concatenate

_BITS_PER_DIGIT = 3.3219280949
MOST_DIGITS = 9


def digits_that_fit(quotient_bits: int, divisor_bits: int, *, even: bool = False) -> int:
    """Decimals k such that quotient * 10^k and divisor * 10^k fit."""
    digits = int(
        min(MOST_DIGITS, (60 - quotient_bits) / _BITS_PER_DIGIT, (59 - divisor_bits) / _BITS_PER_DIGIT)
    )
    digits = max(0, digits)
    return digits - digits % 2 if even else digits


@protocol
def scaled_ratio(party: Party, x: Shared, y: Shared, factor: int) -> Shared:
    """[x / y * factor] rounded towards zero, for |x| < 2^60 and 0 < y * factor < 2^59.

    Long division twice, the second on the remainder: 310 rounds, 16 kB per entry.
    """
    whole = divide(party, x, y)
    if factor == 1:
        return whole
    rest = x - multiply(party, whole, y)
    return whole.scale(factor) + divide(party, rest.scale(factor), y)


@protocol
def ratio(party: Party, x: Shared, y: Shared, digits: int) -> Shared:
    """[x / y * 10^digits]: as ``scaled_ratio``."""
    return scaled_ratio(party, x, y, 10**digits)


@protocol
def centred_squares(
    party: Party, n: Shared, sums: tuple[Shared, Shared], products: Shared, *, exact: bool = True
) -> Shared:
    """[sum (u - mean u)(v - mean v)] from n, sum u, sum v, sum u v, rounded to an integer.

    With S = n q + r the sum is P - n q q' - q r' - q' r - r r' / n, all but the last exact in the ring.
    Without ``exact`` (n up to 2^54) the last term, at most n in absolute value, is left out.
    """
    size = len(n)
    first, second = sums
    quotients = divide(party, concatenate([first, second]), concatenate([n, n]))
    q, p = quotients[:size], quotients[size:]
    products_nq = multiply(party, concatenate([n, n]), concatenate([q, p]))
    r, s = first - products_nq[:size], second - products_nq[size:]
    parts = multiply(party, concatenate([products_nq[:size], q, p, r]), concatenate([p, s, r, s]))
    result = products - parts[:size] - parts[size : 2 * size] - parts[2 * size : 3 * size]
    if not exact:
        return result
    return result - divide(party, parts[3 * size :], n)


@protocol
def correlation(
    party: Party,
    n: Shared,
    sums: tuple[Shared, Shared],
    squares: tuple[Shared, Shared, Shared],
    bits: tuple[int, int],
) -> Shared:
    """[Pearson correlation * 10^9]; error below 1e-7 unless a standard deviation is below 2^-12 of its range.

    ``squares`` are the sums of u u, v v, u v; ``bits`` the public sizes of u and v. Where one does not vary
    the result is larger than 10^9 in absolute value.
    """
    size = len(n)
    u, v = sums
    uu, vv, uv = squares
    repeated = concatenate([n, n, n])
    centred = centred_squares(
        party, repeated, (concatenate([u, v, u]), concatenate([u, v, v])), concatenate([uu, vv, uv])
    )
    digits = [spread_digits(width) for width in bits]
    vx = ratio(party, centred[:size], n, digits[0])
    vy = ratio(party, centred[size : 2 * size], n, digits[1])
    covariance = ratio(party, centred[2 * size :], n, sum(digits) // 2)
    deviation = square_root(party, concatenate([vx, vy]))
    half = ratio(party, covariance, deviation[:size], 6)
    return ratio(party, half, deviation[size:], 3)


def spread_digits(bits: int) -> int:
    """Even number of decimals so that a variance of numbers of these bits stays below 2^56."""
    digits = max(0, int((56 - 2 * bits) / _BITS_PER_DIGIT))
    return min(10, digits - digits % 2)


@protocol
def rounded_quotient(party: Party, x: Shared, step: int) -> Shared:
    """[x / step to the nearest integer], halves away from zero, |x| < 2^58. Cost of two ``divide``."""
    n = len(x)
    sign = party.public(np.ones(n, dtype=np.uint64)) - negative(party, x, 64).scale(2)
    doubled = divide(party, x.scale(2), party.public(np.full(n, step, dtype=np.uint64)))
    return divide(party, doubled + sign, party.public(np.full(n, 2, dtype=np.uint64)))


@protocol
def rounded(party: Party, x: Shared, step: int) -> Shared:
    """[x to the nearest multiple of step]. Cost of ``rounded_quotient``; local for step 1."""
    return x if step == 1 else rounded_quotient(party, x, step).scale(step)
