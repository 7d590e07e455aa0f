# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same kernels in NumPy only. Slower, bit for bit equal; docstrings are at the compiled ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..ring import Words

Integers = NDArray[np.int64]
Halves = NDArray[np.uint32]
_U = np.uint64


def multiply(xa: Words, xb: Words, ya: Words, yb: Words, fa: Words, fb: Words, out: Words) -> None:
    np.add(ya, yb, out=out)
    out *= xa
    out += xb * ya
    out += fa
    out -= fb


def gate(a: Words, b: Words, left: Integers, right: Integers, add: Integers, out: Words) -> None:
    for t, (x, y) in enumerate(zip(left, right, strict=True)):
        out[t] ^= (a[x] & (a[y] ^ b[y])) ^ (b[x] & a[y])
        if add[t] >= 0:
            out[t] ^= a[add[t]]


def planes_of(rows: Words, out: Words) -> None:
    bits = np.zeros((out.shape[1] * 64, 64), dtype=np.uint8)
    bits[: rows.size] = np.unpackbits(rows.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    columns = np.ascontiguousarray(bits[:, : out.shape[0]].T)
    out[:] = np.packbits(columns, axis=1, bitorder="little").view(np.uint64)


def rows_of(planes: Words, out: Words) -> None:
    bits = np.zeros((out.size, 64), dtype=np.uint8)
    unpacked = np.unpackbits(planes.view(np.uint8), axis=1, bitorder="little")
    bits[:, : planes.shape[0]] = unpacked[:, : out.size].T
    out[:] = np.packbits(bits, axis=1, bitorder="little").view(np.uint64).reshape(-1)


def _even(x: Words) -> Words:
    x = x & _U(0x5555555555555555)
    x = (x | (x >> _U(1))) & _U(0x3333333333333333)
    x = (x | (x >> _U(2))) & _U(0x0F0F0F0F0F0F0F0F)
    x = (x | (x >> _U(4))) & _U(0x00FF00FF00FF00FF)
    x = (x | (x >> _U(8))) & _U(0x0000FFFF0000FFFF)
    return (x | (x >> _U(16))) & _U(0xFFFFFFFF)


def digits_of(rows: Words, high: Halves, low: Halves) -> None:
    high[:] = _even(rows >> _U(1))
    low[:] = _even(rows)


def compare_leaf(
    left: Words,
    i: Integers,
    right: Words,
    j: Integers,
    digits: Integers,
    flip: np.uint64,
    out: Words,
) -> None:
    lowest, total = 0, int(digits.sum())
    half = _U(32)
    for word, size in enumerate(digits.tolist()):
        columns = slice(3 * word, 3 * word + 3)
        x, y = left[i, columns].T, right[j, columns].T
        xa1, xa0, xap, xb1, xb0, xbp = x[0], x[0] >> half, x[1], x[1] >> half, x[2], x[2] >> half
        ya1, ya0, yap = y[0], y[0] >> half, y[1]
        y1, y0, yp = ya1 ^ (y[1] >> half), ya0 ^ y[2], yap ^ (y[2] >> half)
        linear = ya0 ^ ya1 ^ yap
        less = (xa1 & (y1 ^ y0)) ^ (xb1 & (ya0 ^ ya1)) ^ ((xa0 ^ xap) & y0) ^ ((xb0 ^ xbp) & ya0)
        less ^= (xa0 & yp) ^ (xb0 & yap) ^ linear
        equal = (xa1 & y0) ^ (xb1 & ya0) ^ (xa0 & y1) ^ (xb0 & ya1) ^ xa0 ^ xa1 ^ xap ^ linear ^ flip
        keep = _U((1 << size) - 1)
        planes = np.empty((2 * size, out.shape[1]), dtype=np.uint64)
        planes_of((equal & keep) | ((less & keep) << _U(size)), planes)
        skip = int(lowest == 0)
        out[lowest + skip - 1 : lowest + size - 1] ^= planes[skip:size]
        out[total - 1 + lowest : total - 1 + lowest + size] ^= planes[size:]
        lowest += size


def adder_hide(da: Words, db: Words, shift: int, drop: int, digits: int, mask: Words, out: Words) -> None:
    cut, d = _U(32 - digits), _U(digits)
    v = (da + db) << _U(shift)
    y = v << _U(drop)
    high, low, top = _even(y >> _U(1)) >> cut, _even(y) >> cut, v >> _U(63)
    if out.shape[1] == 1:
        packed = high | (low << d) | ((high & low) << (d + d)) | (top << (d + d + d))
        out[:, 0] = packed ^ mask[:, 0]
    else:
        out[:, 0] = (high | (low << _U(32))) ^ mask[:, 0]
        out[:, 1] = ((high & low) | (top << _U(32))) ^ mask[:, 1]


def adder_leaf(
    share: Words, known: Words, shift: int, drop: int, digits: int, first: int, out: Words
) -> None:
    cut, d, one = _U(32 - digits), _U(digits), _U(first)
    keep = _U((1 << digits) - 1)
    if share.shape[1] == 1:
        packed = share[:, 0]
        x1, x0 = packed & keep, (packed >> d) & keep
        xp, top = (packed >> (d + d)) & keep, (packed >> (d + d + d)) & _U(1)
    else:
        x1, x0 = share[:, 0] & keep, (share[:, 0] >> _U(32)) & keep
        xp, top = share[:, 1] & keep, (share[:, 1] >> _U(32)) & _U(1)
    v = known << _U(shift)
    y = v << _U(drop)
    y1, y0 = _even(y >> _U(1)) >> cut, _even(y) >> cut
    propagate = xp ^ (x1 & y0) ^ (x0 & y1) ^ ((y1 & y0) * one)
    if drop:
        propagate = (propagate & ~_U(1)) | (top ^ ((v >> _U(63)) * one))
    out[:] = propagate | (((x1 & y1) ^ (xp & y0) ^ (x0 & y1 & y0)) << d)


def lift(plane: Words, out: Words) -> None:
    out[:] = np.unpackbits(plane.view(np.uint8), count=out.size, bitorder="little")


def inject(plane: Words, share: Words, first: int, out: Words) -> None:
    v = np.unpackbits(plane.view(np.uint8), count=out.size, bitorder="little").astype(np.uint64)
    out[:] = (share ^ np.negative(v)) + v + v * _U(first)


def unit_rows(code: Words, mask: Words, out: Words) -> None:
    out[:] = mask
    out[np.arange(code.size), code >> _U(6)] ^= _U(1) << (code & _U(63))


def turn_and_fold(share: Words, distance: Words, size: int, out: Words) -> None:
    bits = np.unpackbits(share.view(np.uint8), axis=1, bitorder="little")[:, :size]
    source = (np.arange(size) - distance.astype(np.int64)[:, None]) % size
    turned = np.take_along_axis(bits, source, axis=1).reshape(-1, size // 8, 8)
    folded = np.zeros((distance.size, 64), dtype=np.uint8)
    folded[:, :8] = np.bitwise_xor.reduce(turned, axis=1)
    folded[:, 8 : 8 + size // 8] = np.bitwise_xor.reduce(turned, axis=2)
    out[:] = np.packbits(folded, axis=1, bitorder="little").view(np.uint64).reshape(-1)


def shuffled(random: Words, spare: Words, out: Halves) -> int:
    used, order = 0, list(range(out.size))
    draws, extra = random.tolist(), spare.tolist()
    for i in range(out.size - 1, 0, -1):
        bound, r = i + 1, draws[i]
        low = r * bound % 2**64
        while low < bound and low < -bound % 2**64 % bound and used < len(extra):
            r = extra[used]
            low = r * bound % 2**64
            used += 1
        j = r * bound >> 64
        order[i], order[j] = order[j], order[i]
    out[:] = order
    return used


def cross(xa: Words, xb: Words, ya: Words, yb: Words) -> Words:
    product: Words = xa @ (ya + yb).T + xb @ ya.T
    return product


def scatter(gap: Integers, place: Integers, first: int, order: Integers) -> None:
    rows = np.argsort(gap, kind="stable")
    sizes = np.bincount(gap, minlength=place.size)
    before = np.cumsum(sizes) - sizes
    order[place[gap[rows]] + np.arange(gap.size) - before[gap[rows]]] = first + rows


def _pair_places(starts: Integers, sizes: Integers, pivots: Integers) -> tuple[Integers, Integers]:
    """Places (row, pivot) in ``order`` of all pairs: by segment, then pivot, then row."""
    segment = np.repeat(np.arange(starts.size), pivots)
    pivot = np.arange(segment.size) - np.repeat(np.cumsum(pivots) - pivots, pivots)
    later = sizes[segment] - 1 - pivot
    place = np.repeat(starts[segment] + pivot, later)
    step = np.arange(place.size) - np.repeat(np.cumsum(later) - later, later)
    return place + 1 + step, place


def pairs(
    order: Integers, starts: Integers, sizes: Integers, pivots: Integers, i: Integers, j: Integers
) -> None:
    row, pivot = _pair_places(starts, sizes, pivots)
    i[:], j[:] = order[row], order[pivot]


def split(
    order: Integers, starts: Integers, sizes: Integers, pivots: Integers, above: NDArray[np.uint8]
) -> tuple[Integers, Integers, Integers]:
    row, pivot = _pair_places(starts, sizes, pivots)
    segment = np.repeat(np.arange(starts.size), sizes)
    place = np.arange(segment.size) - np.repeat(np.cumsum(sizes) - sizes, sizes) + starts[segment]
    is_pivot = np.zeros(order.size, dtype=bool)
    is_pivot[place] = place - starts[segment] < pivots[segment]
    rank = np.bincount(row, weights=above, minlength=order.size).astype(np.int64)
    among = is_pivot[row]
    rank += np.bincount(pivot[among], weights=1 - above[among].astype(np.int64), minlength=order.size).astype(
        np.int64
    )
    key = 2 * rank[place] + is_pivot[place]
    new = order.copy()
    new[place] = order[place[np.lexsort((key, segment))]]
    gap = np.cumsum(pivots + 1) - pivots - 1
    plain = ~is_pivot[place]
    new_sizes = np.bincount(gap[segment[plain]] + rank[place[plain]], minlength=int((pivots + 1).sum()))
    inside = np.arange(new_sizes.size) - np.repeat(gap, pivots + 1)
    filled = np.cumsum(new_sizes) - new_sizes
    new_starts = np.repeat(starts - filled[gap], pivots + 1) + filled + inside
    return new, new_starts, new_sizes
