# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logistic regression on secret rows: a fixed number of Newton steps, nothing opened on the way.

Predictors are standardised on shares, so that steps and inverse have a known size. The logistic function is
the piecewise one of ``protocols.numeric`` (absolute error below 5e-4), which bounds what the coefficients
can be off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..party import Party, protocol
from ..protocols.arithmetic import matrix_product, multiply
from ..protocols.numeric import divide, logistic, square_root
from ..protocols.truncate import truncate
from ..ring import FRACTION_BITS, Shared, concatenate, stack
from .linear import invert, repeat
from .moments import scaled_ratio

STEPS = 8
FRACTION = 22
SMALLEST_PIVOT = 2.0**-12
_ROW = FRACTION_BITS


@dataclass(frozen=True, slots=True)
class LogitFit:
    """Fixed-point with 16 bits, per standardised predictor, intercept first."""

    coefficients: Shared
    errors: Shared
    independent: Shared


@protocol
def standardise(party: Party, columns: Shared, n: Shared, flags: Shared) -> tuple[Shared, Shared, Shared]:
    """[z] = (x - mean) / deviation of flagged rows, 16 fraction bits; [mean], [deviation], 8 bits.

    For integers |x| < 2^20 and n < 2^22 flagged rows. Reveals nothing.
    """
    p = len(columns)
    counts = repeat(n, p)
    sums = columns.sum(axis=1)
    means = scaled_ratio(party, sums, counts, 1 << 8)
    rows = columns.shape[1]
    centred = columns.scale(1 << 8) - Shared(
        np.repeat(means.a, rows).reshape(p, rows), np.repeat(means.b, rows).reshape(p, rows)
    )
    centred = multiply(party, centred, stack([flags] * p))
    squares = multiply(party, centred, centred).sum(axis=1)
    deviations = square_root(party, divide(party, squares, counts))
    large = party.public(np.full(p, 1 << 40, dtype=np.uint64))
    inverse = divide(party, large, deviations)  # 2^32 / deviation
    flat = multiply(party, centred.reshape(-1), repeat(inverse, rows))
    return truncate(party, flat, 40 - _ROW).reshape(p, rows), means, deviations


@protocol
def fit_logit(party: Party, z: Shared, y: Shared, flags: Shared, n: Shared) -> LogitFit:
    """Newton-Raphson for P(y = 1) = 1 / (1 + e^-(b0 + z b)), ``STEPS`` steps. Reveals nothing.

    ``z`` (p, rows) standardised with 16 fraction bits, ``y`` and ``flags`` 0/1. Per step one logistic
    function and (p + 1)^2 products per row, and an inverse of p + 1: about 200 p rounds.
    """
    design = concatenate([flags.scale(1 << _ROW).reshape(1, -1), z])
    k, rows = design.shape
    beta = party.public(np.zeros(k, dtype=np.uint64))
    inverse = independent = party.public(np.zeros(1, dtype=np.uint64))
    for _ in range(STEPS):
        weighted = multiply(party, design.reshape(-1), repeat(beta, rows)).reshape(k, rows).sum(axis=0)
        chance = logistic(party, truncate(party, weighted, _ROW))
        chance = multiply(party, chance, flags)
        rest = y.scale(1 << _ROW) - chance
        variance = multiply(party, chance, flags.scale(1 << _ROW) - chance)
        variance = truncate(party, variance, _ROW)
        curved = truncate(
            party,
            multiply(party, design.reshape(-1), Shared(np.tile(variance.a, k), np.tile(variance.b, k))),
            _ROW,
        ).reshape(k, rows)
        information = _mean(party, matrix_product(party, curved, design).reshape(-1), n).reshape(k, k)
        gradient = _mean(party, matrix_product(party, design, rest.reshape(1, -1)).reshape(-1), n)
        inverse, step, independent = invert(
            party, information, gradient.reshape(k, 1), FRACTION, SMALLEST_PIVOT
        )
        beta = beta + truncate(party, step.reshape(k), FRACTION - _ROW)
    diagonal = inverse[np.arange(k), np.arange(k)]
    return LogitFit(
        beta, square_root(party, scaled_ratio(party, diagonal, repeat(n, k), 1 << 10)), independent
    )


def _mean(party: Party, sums: Shared, n: Shared) -> Shared:
    """Sums of products of two 16-bit fractions over n, in the fraction of ``invert``."""
    return divide(party, truncate(party, sums, 2 * _ROW - FRACTION), repeat(n, len(sums)))
