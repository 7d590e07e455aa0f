# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compiled kernels. Every one releases the interpreter lock and is cached on disk.

Loops run over contiguous words so that the compiler vectorises them. Unsigned and signed integers
never meet in one expression: numba would make a float of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

U0, U1, U32, U63 = np.uint64(0), np.uint64(1), np.uint64(32), np.uint64(63)
LOW32 = np.uint64(0xFFFFFFFF)
_SWAP = np.array(
    [
        *(0x00000000FFFFFFFF, 0x0000FFFF0000FFFF, 0x00FF00FF00FF00FF),
        *(0x0F0F0F0F0F0F0F0F, 0x3333333333333333, 0x5555555555555555),
    ],
    dtype=np.uint64,
)


def kernel(function: Any) -> Any:
    return njit(function, cache=True, nogil=True, boundscheck=False)


@kernel
def multiply(xa, xb, ya, yb, fa, fb, out):  # type: ignore[no-untyped-def]
    """out = this party's summand of x*y over Z_2^64, plus a share of zero."""
    for i in range(out.size):
        out[i] = xa[i] * (ya[i] + yb[i]) + xb[i] * ya[i] + fa[i] - fb[i]


@kernel
def gate(a, b, left, right, add, out):  # type: ignore[no-untyped-def]
    """out[t] ^= summand of plane left[t] AND right[t], plus plane add[t] (none when negative)."""
    for t in range(left.size):
        la, lb, ra, rb = a[left[t]], b[left[t]], a[right[t]], b[right[t]]
        o = out[t]
        for w in range(o.size):
            o[w] ^= (la[w] & (ra[w] ^ rb[w])) ^ (lb[w] & ra[w])
        if add[t] >= 0:
            plane = a[add[t]]
            for w in range(o.size):
                o[w] ^= plane[w]


@kernel
def _transpose(block):  # type: ignore[no-untyped-def]
    """Eight 64x64 bit matrices at once, side by side in the columns of ``block`` (64, 8), in place."""
    for s in range(6):
        j = 32 >> s
        shift, low = np.uint64(j), _SWAP[s]
        for start in range(0, 64, 2 * j):
            for k in range(start, start + j):
                for c in range(8):
                    swap = ((block[k, c] >> shift) ^ block[k + j, c]) & low
                    block[k + j, c] ^= swap
                    block[k, c] ^= swap << shift


@kernel
def planes_of(rows, out):  # type: ignore[no-untyped-def]
    """Low bits of each row to planes ``out`` (k, W); rows beyond the last are zero."""
    block = np.empty((64, 8), dtype=np.uint64)
    n = rows.size
    for base in range(0, out.shape[1], 8):
        for c in range(8):
            first = (base + c) * 64
            for r in range(64):
                block[r, c] = rows[first + r] if first + r < n else U0
        _transpose(block)
        for q in range(out.shape[0]):
            for c in range(8):
                out[q, base + c] = block[q, c]


@kernel
def rows_of(planes, out):  # type: ignore[no-untyped-def]
    """The inverse: planes (k, W) to one word per row."""
    block = np.empty((64, 8), dtype=np.uint64)
    n = out.size
    for base in range(0, planes.shape[1], 8):
        for q in range(64):
            for c in range(8):
                block[q, c] = planes[q, base + c] if q < planes.shape[0] else U0
        _transpose(block)
        for c in range(8):
            first = (base + c) * 64
            for r in range(64):
                if first + r < n:
                    out[first + r] = block[r, c]


@kernel
def _even(x):  # type: ignore[no-untyped-def]
    """The 32 even bits of a word, close together."""
    x = x & np.uint64(0x5555555555555555)
    x = (x | (x >> U1)) & np.uint64(0x3333333333333333)
    x = (x | (x >> np.uint64(2))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    x = (x | (x >> np.uint64(4))) & np.uint64(0x00FF00FF00FF00FF)
    x = (x | (x >> np.uint64(8))) & np.uint64(0x0000FFFF0000FFFF)
    return (x | (x >> np.uint64(16))) & LOW32


@kernel
def digits_of(rows, high, low):  # type: ignore[no-untyped-def]
    """Odd bits to ``high`` and even bits to ``low`` (uint32): 32 base-4 digits per row."""
    for i in range(rows.size):
        high[i] = np.uint32(_even(rows[i] >> U1))
        low[i] = np.uint32(_even(rows[i]))


@kernel
def _fetch(records, rows, first, column, out):  # type: ignore[no-untyped-def]
    """Three words of up to 512 records to ``out`` (3, 512): a tight loop, so that cache misses overlap."""
    for r in range(min(512, rows.size - first)):
        record = records[rows[first + r]]
        out[0, r], out[1, r], out[2, r] = record[column], record[column + 1], record[column + 2]


@kernel
def _digit_bits(x, y, size, flip, bits):  # type: ignore[no-untyped-def]
    """Per pair the summands of 'equal' for its ``size`` digits, then those of 'less'."""
    d = np.uint64(size)
    keep = (U1 << d) - U1
    for r in range(512):
        xa1, xa0, xap = x[0, r], x[0, r] >> U32, x[1, r]
        xb1, xb0, xbp = x[1, r] >> U32, x[2, r], x[2, r] >> U32
        ya1, ya0, yap = y[0, r], y[0, r] >> U32, y[1, r]
        y1, y0, yp = ya1 ^ (y[1, r] >> U32), ya0 ^ y[2, r], yap ^ (y[2, r] >> U32)
        linear = ya0 ^ ya1 ^ yap
        less = (xa1 & (y1 ^ y0)) ^ (xb1 & (ya0 ^ ya1)) ^ ((xa0 ^ xap) & y0) ^ ((xb0 ^ xbp) & ya0)
        less ^= (xa0 & yp) ^ (xb0 & yap) ^ linear
        equal = (xa1 & y0) ^ (xb1 & ya0) ^ (xa0 & y1) ^ (xb0 & ya1)
        equal ^= xa0 ^ xa1 ^ xap ^ linear ^ flip
        bits[r] = (equal & keep) | ((less & keep) << d)


@kernel
def _add_tile(tile, out, start, stop):  # type: ignore[no-untyped-def]
    """XOR a tile into columns start..stop of the planes."""
    for t in range(out.shape[0]):
        row, o = tile[t], out[t, start:stop]
        for w in range(o.size):
            o[w] ^= row[w]


@kernel
def compare_leaf(left, i, right, j, digits, flip, out):  # type: ignore[no-untyped-def]
    """XORs to ``out`` summands of 'digit equal' and 'digit less' of pairs of records; see protocols/order.py.

    Records are (rows, 3 * words): six halves, component a then b of high bits, low bits and their products.
    ``out`` has planes equal_1.. (the lowest digit's is not needed), then less_0... Planes are filled by the
    tile of 4096 pairs: whole runs of each plane, not a cache line here and there.
    """
    block, tile = np.empty((64, 8), dtype=np.uint64), np.empty((out.shape[0], 64), dtype=np.uint64)
    x, y = np.zeros((3, 512), dtype=np.uint64), np.zeros((3, 512), dtype=np.uint64)
    bits = np.empty(512, dtype=np.uint64)
    total = digits.sum()
    for base in range(0, out.shape[1], 8):
        lowest, column = 0, base % 64
        for word in range(digits.size):
            size = digits[word]
            _fetch(left, i, base * 64, 3 * word, x)
            _fetch(right, j, base * 64, 3 * word, y)
            _digit_bits(x, y, size, flip, bits)
            bits[max(0, i.size - base * 64) :] = U0
            for c in range(8):
                for r in range(64):
                    block[r, c] = bits[c * 64 + r]
            _transpose(block)
            for q in range(2 * size):
                t = lowest + q - 1 if q < size else total - 1 + lowest + q - size
                if t >= 0:
                    for c in range(8):
                        tile[t, column + c] = block[q, c]
            lowest += size
        if column == 56 or base + 8 == out.shape[1]:
            _add_tile(tile, out, base - column, base + 8)


@kernel
def adder_hide(da, db, shift, drop, digits, mask, out):  # type: ignore[no-untyped-def]
    """Party 0: base-4 digits of (da+db) << shift, each with the product of its bits, one-time padded."""
    s, cut, d = np.uint64(shift), np.uint64(32 - digits), np.uint64(digits)
    for i in range(da.size):
        v = (da[i] + db[i]) << s
        y = v << np.uint64(drop)
        high, low, top = _even(y >> U1) >> cut, _even(y) >> cut, v >> U63
        if out.shape[1] == 1:
            packed = high | (low << d) | ((high & low) << (d + d)) | (top << (d + d + d))
            out[i, 0] = packed ^ mask[i, 0]
        else:
            out[i, 0] = (high | (low << U32)) ^ mask[i, 0]
            out[i, 1] = ((high & low) | (top << U32)) ^ mask[i, 1]


@kernel
def adder_leaf(share, known, shift, drop, digits, first, out):  # type: ignore[no-untyped-def]
    """Parties 1 and 2: linear in their share of party 0's digits, since both know ``known``.

    Row word: carry-propagate bits of the digits, then carry-generate bits; with ``drop`` the lowest
    propagate bit makes room for the sum of the two top bits.
    """
    s, cut, d = np.uint64(shift), np.uint64(32 - digits), np.uint64(digits)
    keep, one = (U1 << d) - U1, np.uint64(first)
    for i in range(known.size):
        if share.shape[1] == 1:
            packed = share[i, 0]
            x1, x0 = packed & keep, (packed >> d) & keep
            xp, top = (packed >> (d + d)) & keep, (packed >> (d + d + d)) & U1
        else:
            x1, x0 = share[i, 0] & keep, (share[i, 0] >> U32) & keep
            xp, top = share[i, 1] & keep, (share[i, 1] >> U32) & U1
        v = known[i] << s
        y = v << np.uint64(drop)
        y1, y0 = _even(y >> U1) >> cut, _even(y) >> cut
        propagate = xp ^ (x1 & y0) ^ (x0 & y1) ^ ((y1 & y0) * one)
        if drop:
            propagate = (propagate & ~U1) | (top ^ ((v >> U63) * one))
        generate = (x1 & y1) ^ (xp & y0) ^ (x0 & y1 & y0)
        out[i] = propagate | (generate << d)


@kernel
def lift(plane, out):  # type: ignore[no-untyped-def]
    """One bit plane to 0/1 words."""
    for w in range(plane.size):
        word, first = plane[w], w * 64
        for r in range(min(64, out.size - first)):
            out[first + r] = (word >> np.uint64(r)) & U1


@kernel
def inject(plane, share, first, out):  # type: ignore[no-untyped-def]
    """Summand of v + (1 - 2v) u for known bits v (a plane) and this party's share of u."""
    one = np.uint64(first)
    for w in range(plane.size):
        word, base = plane[w], w * 64
        for r in range(min(64, out.size - base)):
            v = (word >> np.uint64(r)) & U1
            out[base + r] = (share[base + r] ^ (U0 - v)) + v + v * one
    # (x ^ -v) + v is x for v = 0 and -x for v = 1


@kernel
def unit_rows(code, mask, out):  # type: ignore[no-untyped-def]
    """Row i: the mask, with bit code[i] turned."""
    for i in range(code.size):
        for w in range(out.shape[1]):
            out[i, w] = mask[i, w]
        out[i, code[i] >> np.uint64(6)] ^= U1 << (code[i] & U63)


@kernel
def turn_and_fold(share, distance, size, out):  # type: ignore[no-untyped-def]
    """Rows of ``size`` bits turned left and folded: bits 0-7 by position mod 8, then by position // 8."""
    count = share.shape[1]
    turned = np.empty(count, dtype=np.uint64)
    ones, gather = np.uint64(0x0101010101010101), np.uint64(0x0102040810204080)
    for i in range(distance.size):
        d = distance[i]
        if size < 64:
            keep, around = (U1 << np.uint64(size)) - U1, (np.uint64(size) - d) & np.uint64(size - 1)
            x = share[i, 0] & keep
            turned[0] = ((x << d) | (x >> around)) & keep
        else:
            words, bits = d >> np.uint64(6), d & U63
            for w in range(count):
                source = (np.uint64(w + count) - words) % np.uint64(count)
                below = (source + np.uint64(count - 1)) % np.uint64(count)
                turned[w] = share[i, source] << bits
                if bits:
                    turned[w] |= share[i, below] >> (np.uint64(64) - bits)
        low, high = U0, U0
        for w in range(count):
            x = turned[w]
            low ^= x
            x ^= x >> np.uint64(4)
            x ^= x >> np.uint64(2)
            x ^= x >> U1
            high |= (((x & ones) * gather) >> np.uint64(56)) << np.uint64(8 * w)
        low ^= low >> U32
        low ^= low >> np.uint64(16)
        low ^= low >> np.uint64(8)
        out[i] = (low & np.uint64(255)) | (high << np.uint64(8))


@kernel
def shuffled(random, spare, out):  # type: ignore[no-untyped-def]
    """Fisher-Yates over ``out`` (uint32): exactly uniform, by rejection [Lemire 2019]. Spare words used."""
    used = 0
    for i in range(out.size):
        out[i] = np.uint32(i)
    for i in range(out.size - 1, 0, -1):
        bound, r = np.uint64(i + 1), random[i]
        while r * bound < bound and r * bound < (U0 - bound) % bound and used < spare.size:
            r = spare[used]
            used += 1
        j = ((r >> U32) * bound + (((r & LOW32) * bound) >> U32)) >> U32
        out[i], out[j] = out[j], out[i]
    return used


@kernel
def cross(xa, xb, ya, yb):  # type: ignore[no-untyped-def]
    """Summand of the matrix product x y^T for x (m, n), y (k, n), both row-contiguous."""
    out = np.zeros((xa.shape[0], ya.shape[0]), dtype=np.uint64)
    n, step = xa.shape[1], 1024
    both = np.empty(step, dtype=np.uint64)
    for start in range(0, n, step):
        for k in range(ya.shape[0]):
            v, w = ya[k, start : start + step], yb[k, start : start + step]
            for r in range(v.size):
                both[r] = v[r] + w[r]
            for m in range(xa.shape[0]):
                u, t = xa[m, start : start + step], xb[m, start : start + step]
                total = U0
                for r in range(u.size):
                    total += u[r] * both[r] + t[r] * v[r]
                out[m, k] += total
    return out


@kernel
def scatter(gap, place, first, order):  # type: ignore[no-untyped-def]
    """Row first + r goes to the next free place of its gap."""
    for r in range(gap.size):
        order[place[gap[r]]] = first + r
        place[gap[r]] += 1


@kernel
def pairs(order, starts, sizes, pivots, i, j):  # type: ignore[no-untyped-def]
    """Pairs (row, pivot): in each segment, its first ``pivots`` rows with every later row."""
    at = 0
    for s in range(starts.size):
        segment = order[starts[s] : starts[s] + sizes[s]]
        for k in range(pivots[s]):
            for r in range(k + 1, segment.size):
                i[at], j[at] = segment[r], segment[k]
                at += 1


@kernel
def split(order, starts, sizes, pivots, above):  # type: ignore[no-untyped-def]
    """Rows of each segment regrouped around its now sorted pivots: new order and segments (the gaps).

    ``above`` has a bit per pair of ``pairs``: the row is above the pivot. Row order within a gap is kept.
    """
    new, total, largest = order.copy(), 0, 0
    for s in range(starts.size):
        total += pivots[s] + 1
        largest = max(largest, sizes[s])
    new_starts, new_sizes = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64)
    rank, place = np.empty(largest, dtype=np.int64), np.empty(largest + 1, dtype=np.int64)
    at, out = 0, 0
    for s in range(starts.size):
        first, size, many = starts[s], sizes[s], pivots[s]
        rank[:size] = 0
        for k in range(many):
            for r in range(k + 1, size):
                rank[r] += above[at]
                if r < many:
                    rank[k] += 1 - above[at]
                at += 1
        gaps = new_sizes[out : out + many + 1]
        gaps[:] = 0
        for r in range(many, size):
            gaps[rank[r]] += 1
        place[0] = first
        for g in range(many):
            place[g + 1] = place[g] + gaps[g] + 1
        new_starts[out : out + many + 1] = place[: many + 1]
        for k in range(many):
            new[place[rank[k] + 1] - 1] = order[first + k]
        for r in range(many, size):
            new[place[rank[r]]] = order[first + r]
            place[rank[r]] += 1
        out += many + 1
    return new, new_starts, new_sizes
