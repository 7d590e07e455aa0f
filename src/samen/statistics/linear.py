# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Least squares from secret moments: nothing is opened but coefficients, standard errors, R² and n.

Everything is standardised first, so that the normal equations are a correlation matrix: its entries lie in
[-1, 1] whatever the data, and 26 fraction bits are enough for predictors with a variance inflation below
128. Then Gauss-Jordan elimination on shares; the matrix is positive definite, so the diagonal pivots are safe
[Golub, Van Loan, Matrix Computations, section 4.2].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..party import Party, protocol
from ..protocols.arithmetic import multiply
from ..protocols.compare import negative
from ..protocols.numeric import divide, square_root
from ..protocols.truncate import multiply_fixed, truncate
from ..ring import Shared, concatenate, stack
from .moments import centred_squares, ratio, scaled_ratio, spread_digits

FRACTION = 26
SMALLEST_PIVOT = 1 / 128
_MEAN, _LEVER = 20, 14


@dataclass(frozen=True, slots=True)
class Moments:
    """n (1,), sums (k,) and products (k (k+1) / 2,) of k centred columns; the outcome is the first."""

    n: Shared
    sums: Shared
    products: Shared
    bits: Sequence[int]
    """Public size of each column."""
    offsets: NDArray[np.float64]
    """Public number to add to each mean, in the units of the column."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Fixed-point results: see ``fit``."""

    slopes: Shared
    slope_errors: Shared
    intercept: Shared
    intercept_error: Shared
    determination: Shared
    independent: Shared


def pairs(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The order of products: the upper triangle by rows."""
    first, second = np.triu_indices(count)
    return first, second


def repeat(x: Shared, count: int) -> Shared:
    return Shared(np.repeat(x.a, count), np.repeat(x.b, count))


@protocol
def invert(
    party: Party, matrix: Shared, right: Shared, fraction: int, least: float
) -> tuple[Shared, Shared, Shared]:
    """[A^-1], [A^-1 B] and [all pivots above ``least``] for a positive definite A of size p, entries to 1.

    Gauss-Jordan without exchange: p divisions of 160 rounds. Entries of the results must stay below
    2^(60 - 2 fraction). Reveals nothing.
    """
    p = len(matrix.a)
    eye = party.public((np.eye(p) * 2**fraction).astype(np.int64))
    table = Shared(
        np.concatenate([matrix.a, right.a, eye.a], axis=1), np.concatenate([matrix.b, right.b, eye.b], axis=1)
    )
    width = table.shape[1]
    one = party.public(np.full(1, 1 << (2 * fraction), dtype=np.uint64))
    bound = party.public(np.full(1, int(least * 2**fraction), dtype=np.uint64))
    small = party.public(np.zeros(1, dtype=np.uint64))
    for k in range(p):
        pivot = table[k, k : k + 1]
        low = negative(party, pivot - bound, 62)
        small = small + low
        safe = pivot + multiply(party, low, bound - pivot)
        inverse = divide(party, one, safe)
        row = multiply_fixed(party, table[k], repeat(inverse, width), fraction)
        factors = table[:, k]
        mask = np.ones(p, dtype=np.uint64)
        mask[k] = 0
        change = multiply_fixed(
            party,
            repeat(factors.scale(mask), width),
            Shared(np.tile(row.a, p), np.tile(row.b, p)),
            fraction,
        ).reshape(p, width)
        table = table - change
        new_a, new_b = table.a.copy(), table.b.copy()
        new_a[k], new_b[k] = row.a, row.b
        table = Shared(new_a, new_b)
    columns = right.shape[1]
    return (
        table[:, p + columns :],
        table[:, p : p + columns],
        party.public(np.ones(1, dtype=np.uint64)) - _positive(party, small),
    )


def _positive(party: Party, count: Shared) -> Shared:
    """[count > 0] for small counts."""
    return negative(party, -count, 16)


@protocol
def fit(party: Party, moments: Moments) -> Fit:
    """Ordinary least squares of column 0 on the others with an intercept. Reveals nothing.

    ``slopes`` and their errors are b * 10^7 in units of 10^(d_j/2 - d_y/2) (see ``spread_digits``),
    ``intercept`` and its error in units of the deviation of y, ``determination`` R² * 2^26. Errors: 1e-5 of
    a standardised slope times its variance inflation, 1e-4 of the standard errors. About 160 p + 2000 rounds.
    """
    k = len(moments.bits)
    p = k - 1
    first, second = pairs(k)
    n = repeat(moments.n, len(first))
    centred = centred_squares(party, n, (moments.sums[first], moments.sums[second]), moments.products)
    halves = np.array([spread_digits(bits) // 2 for bits in moments.bits])
    deviations = _deviations(party, centred, first == second, repeat(moments.n, k), halves)
    correlations = _correlations(party, centred, n, deviations, (first, second), halves)
    square = _square(correlations, k)
    right = square[1:, 0:1]
    inverse, solution, independent = invert(party, square[1:, 1:], right, FRACTION, SMALLEST_PIVOT)
    beta = solution.reshape(p)
    explained = multiply_fixed(party, beta, right.reshape(p), FRACTION).sum().reshape(1)
    one = party.public(np.full(1, 1 << FRACTION, dtype=np.uint64))
    rest = one - explained
    freedom = moments.n - party.public(np.full(1, k, dtype=np.uint64))
    diagonal = inverse[np.arange(p), np.arange(p)]
    spread = scaled_ratio(
        party,
        multiply_fixed(party, repeat(rest, p), diagonal, FRACTION),
        repeat(freedom, p),
        1 << FRACTION,
    )
    errors = square_root(party, spread)
    y = repeat(deviations[:1], 2 * p)
    scaled = multiply_fixed(party, concatenate([beta, errors]), y, FRACTION)
    x = concatenate([deviations[1:], deviations[1:]])
    slopes = ratio(party, scaled, x, 7)
    intercept, error = _intercept(party, moments, halves, deviations, beta, inverse, rest, freedom)
    return Fit(slopes[:p], slopes[p:], intercept, error, explained, independent)


def _deviations(
    party: Party, centred: Shared, diagonal: NDArray[np.bool_], n: Shared, halves: NDArray[np.int64]
) -> Shared:
    """Standard deviations times 10^halves."""
    squares = centred[np.flatnonzero(diagonal)]
    variances = stack(
        [ratio(party, squares[j : j + 1], n[j : j + 1], int(2 * h))[0] for j, h in enumerate(halves)]
    )
    return square_root(party, variances)


def _correlations(
    party: Party,
    centred: Shared,
    n: Shared,
    deviations: Shared,
    order: tuple[NDArray[np.int64], NDArray[np.int64]],
    halves: NDArray[np.int64],
) -> Shared:
    first, second = order
    digits = halves[first] + halves[second]
    parts: dict[int, Shared] = {}
    for power in sorted(set(digits.tolist())):
        rows = np.flatnonzero(digits == power)
        covariance = ratio(party, centred[rows], n[rows], int(power))
        parts.update({int(row): covariance[place] for place, row in enumerate(rows)})
    covariances = stack([parts[row] for row in range(len(first))])
    half = scaled_ratio(party, covariances, deviations[first], 1 << 20)
    return scaled_ratio(party, half, deviations[second], 1 << (FRACTION - 20))


def _square(upper: Shared, size: int) -> Shared:
    """A symmetric matrix from its upper triangle."""
    first, second = pairs(size)
    a, b = (np.zeros((size, size), dtype=np.uint64) for _ in range(2))
    for out, part in ((a, upper.a), (b, upper.b)):
        out[first, second] = part
        out[second, first] = part
    return Shared(a, b)


def _intercept(
    party: Party,
    moments: Moments,
    halves: NDArray[np.int64],
    deviations: Shared,
    beta: Shared,
    inverse: Shared,
    rest: Shared,
    freedom: Shared,
) -> tuple[Shared, Shared]:
    """The value at x = 0 and its error, in the units of the deviation of y."""
    p = len(beta)
    means = stack([ratio(party, moments.sums[j : j + 1], moments.n, int(h))[0] for j, h in enumerate(halves)])
    shifts = np.rint(moments.offsets * 10.0**halves).astype(np.int64)
    means = means + party.public(shifts)
    distance = scaled_ratio(party, means[1:], deviations[1:], 1 << _MEAN)
    moved = multiply_fixed(party, beta, distance, FRACTION).sum().reshape(1)
    intercept = means[:1] - truncate(party, multiply(party, moved, deviations[:1]), _MEAN)
    short = truncate(party, distance, _MEAN - _LEVER)
    spread = truncate(
        party,
        multiply(party, inverse.reshape(-1), Shared(np.tile(short.a, p), np.tile(short.b, p))),
        FRACTION,
    ).reshape(p, p)
    lever = multiply_fixed(party, spread.sum(axis=1), short, _LEVER).sum().reshape(1)
    lever = lever + party.public(np.full(1, 1 << _LEVER, dtype=np.uint64))
    weighted = truncate(party, multiply(party, lever, truncate(party, rest, FRACTION - 20)), 20)
    error = square_root(party, scaled_ratio(party, weighted, freedom, 1 << 12))
    return intercept, truncate(party, multiply(party, error, deviations[:1]), (_LEVER + 12) // 2)
