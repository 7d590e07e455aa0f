# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What needs sorting: distinct units per cell, largest contributions, quantiles.

Rows carry a secret cell code and a 0/1 flag whether they count. Every function sorts with a fresh shuffle;
nothing is revealed. Semi-honest, honest majority.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from ..party import Party, protocol
from ..protocols.arithmetic import multiply
from ..protocols.compare import equal
from ..protocols.group import MAX_CODES, group_codes
from ..protocols.neighbours import last_of_group, same_as_previous
from ..protocols.numeric import divide
from ..protocols.scan import carry_forward
from ..protocols.shuffle import numbers
from ..protocols.sort import Key, number_key, sort
from ..ring import Shared, concatenate, stack

UNIT_BITS = 63
MAGNITUDE_BITS = 55


def zeros(party: Party, n: int) -> Shared:
    return party.public(np.zeros(n, dtype=np.uint64))


def ones(party: Party, n: int) -> Shared:
    return party.public(np.ones(n, dtype=np.uint64))


def code_bits(cells: int) -> int:
    return max(1, (cells - 1).bit_length())


@protocol
def sums_per_cell(party: Party, code: Shared, cells: int, values: Sequence[Shared]) -> Shared:
    """[sum of each value per cell] (V, C). Reveals nothing. Local for one cell, else ``group_codes``."""
    if cells == 1:
        return stack([value.sum() for value in values]).reshape(len(values), 1)
    assert cells <= MAX_CODES  # noqa: S101 - the planner refuses more
    return group_codes(party, code, cells, values).sums


@protocol
def distinct_per_cell(party: Party, code: Shared, cells: int, unit: Key, flags: Shared) -> Shared:
    """[distinct units among flagged rows] (C,). Reveals nothing. One sort, one equality of neighbours."""
    keys = [
        number_key(party, flags, 1, descending=True),
        number_key(party, code, code_bits(cells)),
        unit,
    ]
    words, moved = sort(party, keys, [flags, code])
    kept, cell = numbers(moved)
    last = multiply(party, last_of_group(party, words, sum(key.bits for key in keys)), kept)
    return sums_per_cell(party, cell, cells, [last])[0]


def _per_unit(
    party: Party, code: Shared, cells: int, unit: Key, flags: Shared, sizes: Shared
) -> tuple[Shared, Shared, Shared]:
    """Code, flag and total size of every (cell, unit) once, in the row where its group ends."""
    keys = [
        number_key(party, flags, 1, descending=True),
        number_key(party, code, code_bits(cells)),
        unit,
    ]
    words, moved = sort(party, keys, [flags, code, sizes])
    kept, cell, size = numbers(moved)
    bits = sum(key.bits for key in keys)
    same = same_as_previous(party, words, bits)
    total = carry_forward(party, same, size.reshape(1, -1))[0]
    end = concatenate([same[1:], zeros(party, min(1, len(same)))])
    last = multiply(party, ones(party, len(kept)) - end, kept)
    return cell, last, multiply(party, last, total)


@protocol
def tops_per_cell(
    party: Party, code: Shared, cells: int, flags: Shared, sizes: Shared, count: int, unit: Key | None
) -> Shared:
    """[the ``count`` largest sizes] (count, C), descending, of flagged rows or of units. Reveals nothing.

    Sizes lie in [0, 2^54). One sort by cell and size, two with units.
    """
    if unit is not None:
        code, flags, sizes = _per_unit(party, code, cells, unit, flags, sizes)
    keys = [
        number_key(party, flags, 1, descending=True),
        number_key(party, code, code_bits(cells)),
        number_key(party, sizes, MAGNITUDE_BITS, descending=True),
    ]
    kept, cell, size = numbers(sort(party, keys, [flags, code, sizes])[1])
    n = len(kept)
    if n < 2:
        return _padded(party, sums_per_cell(party, cell, cells, [multiply(party, kept, size)]), count)
    same = concatenate([zeros(party, 1), equal(party, cell[1:], cell[:-1], code_bits(cells))])
    rank = ones(party, n) - same
    tops = []
    for place in range(count):
        if place:
            rank = multiply(party, same, concatenate([zeros(party, 1), rank[:-1]]))
        tops.append(multiply(party, multiply(party, rank, kept), size))
    return sums_per_cell(party, cell, cells, tops)


def _padded(party: Party, first: Shared, count: int) -> Shared:
    missing = zeros(party, (count - 1) * first.shape[1]).reshape(count - 1, -1)
    return concatenate([first, missing]) if count > 1 else first


def fewest_for_quantile(fraction: float, least: int) -> int:
    """The smallest n with at least ``least`` values on either side of the quantile."""
    q = Fraction(str(fraction))
    n = 2 * least + 1
    while min(place := int(q * (n - 1)), n - 1 - place) < least:
        n += 1
    return n


@protocol
def quantile_per_cell(
    party: Party, code: Shared, cells: int, flags: Shared, values: Shared, counts: Shared, q: float, bits: int
) -> Shared:
    """[the interpolated quantile times the denominator of q] (C,). Reveals nothing.

    With n = counts flagged values per cell and q = a/b, position a (n-1) = b t + r: the result is
    b x_t + r (x_(t+1) - x_t), exactly PERCENTILE_CONT times b. Cells with no value give 0. Values have
    ``bits`` bits, signed. A marker row per cell carries t and r, sorts before the values, and is spread
    over them.
    """
    fraction = Fraction(str(q))
    below = (counts - ones(party, cells)).scale(fraction.numerator)
    denominator = party.public(np.full(cells, fraction.denominator, dtype=np.uint64))
    place = divide(party, below, denominator, 32)
    rest = below - place.scale(fraction.denominator)
    n = len(code)
    marker = party.public(np.repeat(np.array([1, 0], dtype=np.uint64), (cells, n)))
    cell = concatenate([party.public(np.arange(cells, dtype=np.uint64)), code])
    kept = concatenate([ones(party, cells), flags])
    value = concatenate([zeros(party, cells), values])
    keys = [
        number_key(party, kept, 1, descending=True),
        number_key(party, cell, code_bits(cells)),
        number_key(party, marker, 1, descending=True),
        number_key(party, value, bits, signed=True),
    ]
    filled = zeros(party, n)
    columns = [marker, cell, kept, value, concatenate([place, filled]), concatenate([rest, filled])]
    marker, cell, kept, value, place, rest = numbers(sort(party, keys, columns)[1])
    total = cells + n
    index = np.arange(total, dtype=np.uint64)
    start = marker.scale(index)
    spread = carry_forward(party, ones(party, total) - marker, stack([place + marker + start, rest]))
    here = equal(party, spread[0], party.public(index), 32)
    here = multiply(party, here, multiply(party, kept, ones(party, total) - marker))
    following = concatenate([value[1:], zeros(party, 1)])
    step = multiply(party, spread[1], following - value)
    chosen = multiply(party, here, value.scale(fraction.denominator) + step)
    return sums_per_cell(party, cell, cells, [chosen])[0]
