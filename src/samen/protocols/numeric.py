# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Division, square root and the logistic function.

Quotients and roots are found digit by digit in base 16, all fifteen candidates of a digit compared in the
same rounds: exact, for all inputs of the stated range, where Newton's iteration on a 64-bit ring loses
digits when numerator and denominator differ in size. These run on a few thousand aggregates, not on rows.
Semi-honest, honest majority; nothing is revealed.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..party import Party, protocol
from ..ring import FRACTION_BITS, Shared, Words, concatenate, stack
from .arithmetic import multiply
from .compare import less, negative
from .convert import lift_steps, numbers_to_words, to_planes
from .steps import together
from .truncate import multiply_fixed

_DIGIT = 4


def _count_reached(party: Party, value: Shared, candidates: Shared, bits: int) -> Shared:
    """How many of the candidates (m, n) are <= value (n,)."""
    m, n = candidates.shape
    repeated = Shared(np.tile(value.a, m), np.tile(value.b, m))
    above = less(party, repeated, candidates.reshape(-1), bits).reshape(m, n)
    return party.public(np.full(n, m, dtype=np.uint64)) - above.sum(axis=0)


def _hex_digits(party: Party, x: Shared, digits: int) -> Shared:
    """Base-16 digits (digits, n) of x >= 0, least significant first."""
    planes = to_planes(numbers_to_words(party, x, _DIGIT * digits), _DIGIT * digits)
    bits = together([lift_steps(party, planes)])[0]
    weights = np.tile(np.array([1, 2, 4, 8], dtype=np.uint64), digits).reshape(-1, 1)
    return bits.scale(weights).reshape(digits, _DIGIT, -1).sum(axis=1)


@protocol
def divide(party: Party, x: Shared, y: Shared, bits: int = 60) -> Shared:
    """[x // y] rounded to zero, exactly, for |x| < 2^bits, bits a multiple of 4 (to 60), 0 < y < 2^58.

    For f fraction bits give x scaled by 2^f. Where y = 0 the result is sign(x) * (2^bits - 1).
    Long division, 15 comparisons per hexadecimal digit; 60 bits: 153 rounds, 7.8 kB per row.
    """
    if bits % _DIGIT or not 0 < bits <= 60:
        raise ValueError("bits must be a multiple of 4 up to 60")
    n = len(x)
    sign = party.public(np.ones(n, dtype=np.uint64)) - negative(party, x, 64).scale(2)
    digits = _hex_digits(party, multiply(party, sign, x), bits // _DIGIT)
    multiples = Shared(*(np.outer(np.arange(1, 16, dtype=np.uint64), part) for part in (y.a, y.b)))
    rest = quotient = party.public(np.zeros(n, dtype=np.uint64))
    for place in reversed(range(bits // _DIGIT)):
        rest = rest.scale(16) + digits[place]
        digit = _count_reached(party, rest, multiples, 63)
        rest = rest - multiply(party, digit, y)
        quotient = quotient.scale(16) + digit
    return multiply(party, sign, quotient)


@protocol
def square_root(party: Party, x: Shared) -> Shared:
    """[floor(sqrt(x))] exactly, for 0 <= x < 2^60. For f fraction bits give x scaled by 2^(2 f).

    The squares of the fifteen candidates r + m 16^k are linear in r and r^2, which is kept: one comparison
    batch and one product per digit, 8 digits: 72 rounds, 3.7 kB per row.
    """
    n = len(x)
    root = square = party.public(np.zeros(n, dtype=np.uint64))
    steps = np.arange(1, 16, dtype=np.uint64).reshape(-1, 1)
    for place in reversed(range(8)):
        unit = 16**place
        tries = steps[:7] if place == 7 else steps  # roots stay below 2^31
        grow = tries * np.uint64(unit)
        linear = Shared(root.a * grow * np.uint64(2) + square.a, root.b * grow * np.uint64(2) + square.b)
        candidates = linear + party.public(np.broadcast_to(grow * grow, (len(tries), n)).copy())
        digit = _count_reached(party, x, candidates, 63)
        products = multiply(party, stack([digit, digit]), stack([root, digit]))
        square = square + products[0].scale(2 * unit) + products[1].scale(unit * unit)
        root = root + digit.scale(unit)
    return root


_LOW, _STEP, _PIECES = -8.0, 0.5, 32


@lru_cache(maxsize=4)
def _logistic_pieces(fraction: int) -> tuple[Words, Words]:
    """Breakpoints, and per piece the change of its centre m and of the factors of 1, x - m, (x - m)^2."""
    edges = _LOW + _STEP * np.arange(_PIECES + 1)
    rows = [[0.0, 1 / (1 + np.exp(-_LOW)), 0.0, 0.0]]
    for centre in edges[:-1] + _STEP / 2:
        nodes = _STEP / 2 * np.cos(np.pi * (np.arange(3) + 0.5) / 3)  # Chebyshev points
        curve, slope, constant = np.polyfit(nodes, 1 / (1 + np.exp(-centre - nodes)), 2)
        rows.append([centre, constant, slope, curve])
    rows.append([0.0, 1 / (1 + np.exp(_LOW)), 0.0, 0.0])
    fixed = np.rint(np.array(rows) * 2.0**fraction).astype(np.int64).view(np.uint64)
    change = np.concatenate([fixed[:1], fixed[1:] - fixed[:-1]])
    return np.rint(edges * 2.0**fraction).astype(np.int64).view(np.uint64), change


@protocol
def logistic(party: Party, x: Shared, fraction: int = FRACTION_BITS) -> Shared:
    """[1 / (1 + e^-x)] for fixed-point x with |x| < 2^14; absolute error below 5e-4 at 16 fraction bits.

    33 comparisons with public breakpoints choose among quadratics on half units (Chebyshev interpolation),
    constant outside [-8, 8]; coefficients and centre are linear in the comparison bits. 14 rounds, 0.7 kB.
    Piecewise polynomials for this: SecureML (S&P 2017); the pieces are ours.
    """
    edges, change = _logistic_pieces(fraction)
    n = len(x)
    thresholds = party.public(np.repeat(edges, n))
    repeated = Shared(np.tile(x.a, len(edges)), np.tile(x.b, len(edges)))
    ones = party.public(np.ones((len(edges), n), dtype=np.uint64))
    reached = ones - less(party, repeated, thresholds, fraction + 15).reshape(len(edges), n)
    steps = concatenate([party.public(np.ones((1, n), dtype=np.uint64)), reached])
    centre, constant, slope, curve = (steps.scale(change[:, k].reshape(-1, 1)).sum(axis=0) for k in range(4))
    near = multiply(party, reached[0] - reached[-1], x - centre)
    rise = multiply_fixed(party, near, slope + multiply_fixed(party, near, curve, fraction), fraction)
    return constant + rise
