# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening the order of shuffled, pairwise distinct rows with few comparisons.

**What is revealed.** The rank of every row of the *shuffled* table. Its rows are distinct (the row index is
part of the key) and their order is uniformly random to everyone, so the ranks are a uniformly random
permutation, whatever the data: a simulator draws one [Hamada et al.: ICISC 2012].
That holds once per shuffle; therefore ``sort`` makes its own and keeps nothing.

**How.** Sample sort: sort the first n/32 rows the same way, let every other row descend the balanced tree of
those pivots (one comparison per level, all rows in one batch), then split the small gaps by
quicksort and compare all pairs of the smallest. About n (log2 n + 3) comparisons.

**One comparison.** For base-4 digits x = (x1, x0), y = (y1, y0), 'equal' and 'less' are bilinear in
(1, x1, x0, x1*x0) and (1, y1, y0, y1*y0). The products are computed once per row before sorting; then a digit
costs one resharing bit each for equal and less, in one round, and the carry tree does the rest.
52 bits: 26 digits, 97 bits = 12.1 bytes and 7 rounds with the opening.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..bits import SharedWords, plane_width, unpack
from ..kernels import kernels
from ..party import Party, protocol
from ..ring import Words
from .circuits import Layer, carry_layers, fold, gates
from .steps import Steps, chunks, reshare, together

Rows = NDArray[np.int64]
Records = Words

MOST_PAIRS, LEAST_PAIRS = 1 << 18, 1 << 14
"""Bounds of a pipelined chunk: four chunks in flight, none so small that the interpreter shows."""
FEW_ROWS = 1 << 15
"""Below this, rounds cost more than bytes: more pivots per batch, larger all-pairs blocks."""


def records(party: Party, keys: Sequence[SharedWords]) -> Records:
    """Per row and key word three words, six halves: high bits, low bits and their products of component a,
    then of b. 1 round."""
    n = len(keys[0])
    even = n + n % 2
    out = np.zeros((n, 6 * len(keys)), dtype=np.uint32)
    layer = Layer(*(np.array(rows, dtype=np.int64) for rows in ([0], [1], [-1], [])))
    programs = []
    for word, key in enumerate(keys):
        planes = []
        for part, words in enumerate((key.a, key.b)):
            digits = np.zeros((2, even), dtype=np.uint32)
            kernels().digits_of(words, digits[0, :n], digits[1, :n])
            out[:, 6 * word + 3 * part : 6 * word + 3 * part + 2] = digits[:, :n].T
            planes.append(digits.view(np.uint64))
        programs.append(gates(party, (planes[0], planes[1]), layer))
    for word, products in enumerate(together(programs)):
        for part, plane in enumerate(products):
            out[:, 6 * word + 3 * part + 2] = plane[0].view(np.uint32)[:n]
    return out.view(np.uint64)


def _less_steps(
    party: Party, left: Records, i: Rows, right: Records, j: Rows, digits: Rows
) -> Steps[NDArray[np.uint8]]:
    """Opened bits left[i] < right[j]; key words least significant first."""
    total, width = int(digits.sum()), plane_width(len(i))
    out = party.zero_bits(2 * total - 1, width)
    flip = np.uint64(0xFFFFFFFF if party.index == 0 else 0)
    kernels().compare_leaf(left, i, right, j, digits, flip, out)
    planes = yield from reshare(party, out)
    a, b = yield from fold(party, planes, carry_layers(total))
    with party.step("open order bits"):
        party.send(party.next, a[0])
    yield
    with party.step("open order bits"):
        return unpack(a[0] ^ b[0] ^ party.receive(party.previous, (width,)), len(i))


class _Comparer:
    """Compares rows of one shuffled table, batch by batch."""

    def __init__(self, party: Party, keys: Sequence[SharedWords], digits: Sequence[int]) -> None:
        self.party, self.digits = party, np.array(digits, dtype=np.int64)
        self.records = records(party, keys)

    def less(self, left: Records, i: Rows, right: Records, j: Rows) -> NDArray[np.uint8]:
        size = min(MOST_PAIRS, max(LEAST_PAIRS, len(i) // 4))
        programs = [
            _less_steps(self.party, left, i[piece], right, j[piece], self.digits)
            for piece in chunks(len(i), size)
        ]
        return np.concatenate(together(programs))


@protocol
def open_order(party: Party, keys: Sequence[SharedWords], digits: Sequence[int]) -> Rows:
    """The permutation that sorts freshly shuffled rows with pairwise distinct keys. Reveals it (see above).

    ``keys`` are words, least significant first, ``digits`` the base-4 digits used of each. About
    log2 n + 3 comparisons per row and 7 log2 n rounds and a constant.
    """
    party.note_opening("order", len(keys[0]))
    return _sorted(_Comparer(party, keys, digits), len(keys[0]))


def _sorted(compare: _Comparer, n: int) -> Rows:
    """Sorts rows 0..n-1 of the table; because it is shuffled, its first rows are a random sample."""
    if n < 64:
        return _refine(compare, compare.records, np.zeros(1, dtype=np.int64), np.full(1, n))[:n]
    sample = (1 << ((n // 32).bit_length() - 1)) - 1 if n >= 1024 else 15
    pivots = _sorted(compare, sample)
    gap = _descend(compare, pivots, n)
    order, starts, sizes = _arrange(pivots, gap)
    near = np.take(compare.records, order, axis=0)  # rows of a gap side by side: the rest stays in the cache
    return order[_refine(compare, near, starts, sizes)]


def _descend(compare: _Comparer, pivots: Rows, n: int) -> Rows:
    """How many of the 2^k - 1 sorted pivots are below each of the rows len(pivots)..n-1."""
    table = np.ascontiguousarray(compare.records[pivots])
    rows = np.arange(len(pivots), n)
    position = np.zeros(len(rows), dtype=np.int64)
    depth = (len(pivots) + 1).bit_length() - 1
    while depth:
        fan = min(depth, 3 if len(rows) < FEW_ROWS else 1)
        depth -= fan
        tests = (1 << fan) - 1
        probes = np.concatenate([position + (((t + 1) << depth) - 1) for t in range(tests)])
        above = compare.less(table, probes, compare.records, np.tile(rows, tests) if tests > 1 else rows)
        position += above.reshape(tests, -1).sum(axis=0, dtype=np.int64) << depth
    return position


def _arrange(pivots: Rows, gap: Rows) -> tuple[Rows, Rows, Rows]:
    """Rows in the order gap 0, pivot 0, gap 1, ...; the gaps as segments."""
    sizes = np.bincount(gap, minlength=len(pivots) + 1)
    starts = np.cumsum(sizes) - sizes + np.arange(len(sizes))
    order = np.empty(len(pivots) + len(gap), dtype=np.int64)
    order[starts[1:] - 1] = pivots
    kernels().scatter(gap, starts.copy(), len(pivots), order)
    return order, starts, sizes


def _refine(compare: _Comparer, table: Records, starts: Rows, sizes: Rows) -> Rows:
    """Sorts segments of a table: splits them at pivots until all are single rows, all in one batch."""
    order = np.arange(len(table))
    while True:
        active = sizes > 1
        starts, sizes = starts[active], sizes[active]
        if not len(sizes):
            return order
        few = int(sizes.sum()) < FEW_ROWS
        pivots = np.where(sizes <= (16 if few else 4), sizes - 1, 7 if few else 1)
        count = int((pivots * sizes - pivots * (pivots + 1) // 2).sum())
        i, j = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
        kernels().pairs(order, starts, sizes, pivots, i, j)
        above = compare.less(table, j, table, i)
        order, starts, sizes = kernels().split(order, starts, sizes, pivots, above)
