# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prefix aggregation within groups of a sorted table.

Plain prefix sums are local (``Shared.cumsum``). With resets, pairs (same, value) combine associatively:
(s1, v1)(s2, v2) = (s1 s2, v2 + s2 v1). The scan is that of Blelloch (1990): 2 log2 n rounds, linear work.
"""

from __future__ import annotations

import numpy as np

from ..party import Party, protocol
from ..ring import Shared, stack
from .arithmetic import multiply


@protocol
def carry_forward(party: Party, same: Shared, values: Shared) -> Shared:
    """[r] with r_i = values_i + same_i * r_{i-1}, for values (columns, n) and 0/1 flags same (n,).

    With same = 'continues the group' this is the running sum per group; with values zero except at the
    head of a group it carries the head's value forward. Reveals nothing. About 2 log2 n rounds and
    16 (columns + 0.5) bytes per row.
    """
    n = len(same)
    if n < 2:
        return values
    m = n // 2
    head, tail = slice(0, 2 * m, 2), slice(1, 2 * m, 2)
    columns = len(values.a)
    factors = stack([same[tail]] * (columns + 1))
    left = Shared(
        np.concatenate([same.a[None, head], values.a[:, head]]),
        np.concatenate([same.b[None, head], values.b[:, head]]),
    )
    products = multiply(party, factors, left)
    odd = carry_forward(party, products[0], values[:, tail] + products[1:])
    even = slice(2, n, 2)
    count = len(range(2, n, 2))
    carried = multiply(party, stack([same[even]] * columns), odd[:, :count])
    out_a, out_b = np.array(values.a), np.array(values.b)
    out_a[:, tail], out_b[:, tail] = odd.a, odd.b
    out_a[:, even] += carried.a
    out_b[:, even] += carried.b
    return Shared(out_a, out_b)
