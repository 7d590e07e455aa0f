# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much of its own fitted value each row makes up: whoever makes up nearly all is shown by the model.

The leverage of row i is h_i = (1 + z_i' R^-1 z_i) / n for standardised predictors z with correlations R.
It is the largest share of the row in the sum of squares of any linear combination of the predictors and the
constant [Belsley, Kuh, Welsch, Regression Diagnostics, 1980, chapter 2].
"""

from __future__ import annotations

import numpy as np

from ..party import Party, protocol
from ..protocols.arithmetic import matrix_product, multiply
from ..protocols.compare import negative
from ..protocols.numeric import divide
from ..protocols.truncate import truncate
from ..ring import FRACTION_BITS, Shared
from .linear import invert, repeat

_FRACTION, _ROW = 22, 10
SMALLEST_PIVOT = 2.0**-12


@protocol
def too_much(party: Party, z: Shared, n: Shared, share: float) -> Shared:
    """[some row has a leverage above ``share``] (1,) as 0/1. Reveals nothing.

    ``z`` (p, rows) standardised with 16 fraction bits, 0 where a row does not count, n < 2^22 rows that do.
    One inverse of size p, 2 p products and one comparison per row.
    """
    p, rows = z.shape
    short = truncate(party, z.reshape(-1), FRACTION_BITS - _ROW).reshape(p, rows)
    products = matrix_product(party, z, z).reshape(-1)
    scaled = truncate(party, products, 2 * FRACTION_BITS - _FRACTION)
    correlations = divide(party, scaled, repeat(n, p * p)).reshape(p, p)
    nothing = party.public(np.zeros((p, 1), dtype=np.uint64))
    inverse, _, _ = invert(party, correlations, nothing, _FRACTION, SMALLEST_PIVOT)
    turned = truncate(party, matrix_product(party, inverse, _turned(short)).reshape(-1), _FRACTION)
    own = multiply(party, turned, short.reshape(-1)).reshape(p, rows).sum(axis=0)
    one = party.public(np.full(rows, 1 << (2 * _ROW), dtype=np.uint64))
    bound = repeat(n.scale(int(share * (1 << (2 * _ROW)))), rows)
    many = negative(party, bound - own - one, 60).sum().reshape(1)
    return negative(party, -many, 32)


def _turned(table: Shared) -> Shared:
    """Transposed: ``matrix_product`` multiplies by the transpose of its second factor."""
    return Shared(np.ascontiguousarray(table.a.T), np.ascontiguousarray(table.b.T))
