# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From numbers to bits and back.

The local split [Mohassel, Rindal: ABY3, CCS 2018, section 5.3]: u = x0+x1 is known to party 0, w = x2 to
parties 1 and 2, so a sharing of x is a two-operand sum. Party 0 splits what it knows about u between
the other two; whatever is linear in that for a fixed w they compute alone, and ``settle`` makes it a
replicated sharing. Semi-honest, honest majority; nothing is revealed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..bits import SharedBits, SharedWords, concatenate_words, plane_width
from ..kernels import kernels
from ..party import Party, protocol
from ..ring import Shared, Words, concatenate
from .circuits import Layer, gates
from .steps import CHUNK_ROWS, Steps, chunks, hide, settle, together


def lift_steps(party: Party, bits: SharedBits) -> Steps[Shared]:
    """Planes of shared bits as numbers 0 and 1, shape (planes, n).

    u = b0 xor b1 is known to party 0, v = b2 to parties 1 and 2; b = v + (1 - 2v) u is linear in u.
    """
    a, b = bits.words.a, bits.words.b
    shape = (len(a), bits.n)

    def known(planes: Words) -> Words:
        out = np.empty(shape, dtype=np.uint64)
        for plane, numbers in zip(planes, out, strict=True):
            kernels().lift(plane, numbers)
        return out

    part = yield from hide(party, shape, lambda mask: known(a ^ b) - mask)

    def summand() -> Words:
        first = party.index == 1
        out = np.empty(shape, dtype=np.uint64)
        for plane, share, numbers in zip(b if first else a, part, out, strict=True):
            kernels().inject(plane, share, int(first), numbers)
        return out

    return Shared(*(yield from settle(party, shape, summand, xor=False)))


def piece_of(bits: SharedBits, rows: slice) -> SharedBits:
    """Some rows of all planes; ``rows`` starts at a multiple of 64."""
    start = rows.start // 64
    columns = slice(start, start + plane_width(rows.stop - rows.start))
    a, b = bits.words.a[:, columns], bits.words.b[:, columns]
    return SharedBits(SharedWords(np.ascontiguousarray(a), np.ascontiguousarray(b)), rows.stop - rows.start)


@protocol
def bits_to_numbers(party: Party, bits: SharedBits) -> Shared:
    """[b] over Z_2^64 from a shared bit (one plane). Reveals nothing. 2 rounds, 8 bytes per bit and party
    (24 in all; a generic XOR by multiplication takes 32). ABY3 section 5.4, with PRSS for all masks.
    """
    parts = together([lift_steps(party, piece_of(bits, piece)) for piece in chunks(bits.n)])
    return concatenate([part[0] for part in parts])


def add_steps(party: Party, x: Shared, bits: int) -> Steps[SharedWords]:
    """Low ``bits`` of x as one word per row: a Kogge-Stone adder on row words.

    Up to 32 bits, propagate and generate share one word.
    """
    n = len(x)
    packed = bits <= 32
    low = np.uint64(0xFFFFFFFF if packed else 0xFFFFFFFFFFFFFFFF)
    part = yield from hide(party, (n,), lambda mask: (x.a + x.b) ^ mask)

    def summand() -> Words:
        w = x.b if party.index == 1 else x.a
        p, g = (part ^ w if party.index == 1 else part) & low, part & w & low
        return (p | (g << np.uint64(32))).reshape(1, n) if packed else np.stack([p, g])

    a, b = yield from settle(party, (1 if packed else 2, n), summand, xor=True)
    propagate = SharedWords(a[0] & low, b[0] & low)
    step = _packed_level if packed else _wide_level
    distance = 1
    while distance < bits:
        a, b = yield from step(party, (a, b), distance)
        distance *= 2
    carries = SharedWords(a[0] >> np.uint64(32), b[0] >> np.uint64(32)) if packed else SharedWords(a[1], b[1])
    keep = (1 << bits) - 1
    return (propagate ^ carries.shift(1)).mask(np.uint64(keep))


def _index(*rows: int) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64)


_NONE = _index()
_PACKED = Layer(_index(0), _index(1), _index(2), _NONE)
_WIDE = Layer(_index(0, 0), _index(2, 3), _index(-1, 1), _NONE)


def _packed_level(party: Party, pg: tuple[Words, Words], distance: int) -> Steps[tuple[Words, Words]]:
    low, high = np.uint64(0xFFFFFFFF), np.uint64(0xFFFFFFFF00000000)
    half, shift = np.uint64(32), np.uint64(distance)

    def operands(word: Words) -> Words:
        p = word[0] & low
        moved = ((p << shift) & low) | (((word[0] & high) << shift) & high)
        return np.stack([p | (p << half), moved, word[0] & high])

    return (yield from gates(party, (operands(pg[0]), operands(pg[1])), _PACKED))


def _wide_level(party: Party, pg: tuple[Words, Words], distance: int) -> Steps[tuple[Words, Words]]:
    shift = np.uint64(distance)

    def operands(word: Words) -> Words:
        return np.stack([word[0], word[1], word[0] << shift, word[1] << shift])

    return (yield from gates(party, (operands(pg[0]), operands(pg[1])), _WIDE))


@protocol
def numbers_to_words(party: Party, x: Shared, bits: int = 64) -> SharedWords:
    """[x mod 2^bits] as XOR-shared words, one per row. Reveals nothing.

    2 + ceil(log2 bits) rounds; 8 + 8 ceil(log2 bits) bytes per row up to 32 bits, twice that above.
    ABY3 section 5.3 with the adder of Kogge and Stone (1973).
    """
    parts = together([add_steps(party, x[piece], bits) for piece in chunks(len(x))])
    return concatenate_words(parts)


def to_planes(words: SharedWords, bits: int) -> SharedBits:
    """Rows to planes; local."""
    n = len(words)
    out = [np.empty((bits, plane_width(n)), dtype=np.uint64) for _ in range(2)]
    for rows, planes in zip((words.a, words.b), out, strict=True):
        kernels().planes_of(rows, planes)
    return SharedBits(SharedWords(out[0], out[1]), n)


def to_rows(bits: SharedBits) -> SharedWords:
    """Planes (at most 64) to rows; local."""
    out = [np.empty(bits.n, dtype=np.uint64) for _ in range(2)]
    for planes, rows in zip((bits.words.a, bits.words.b), out, strict=True):
        kernels().rows_of(planes, rows)
    return SharedWords(out[0], out[1])


@protocol
def words_to_numbers(party: Party, words: SharedWords, bits: int) -> Shared:
    """[x] over Z_2^64 from XOR-shared words of ``bits`` bits (unsigned). Reveals nothing.

    8 * bits bytes per row and party: one conversion per bit, weighted locally. 2 rounds per 2^15 rows, so
    that memory stays bounded.
    """
    weights = np.left_shift(np.uint64(1), np.arange(bits, dtype=np.uint64)).reshape(-1, 1)
    parts = []
    for rows in chunks(len(words), CHUNK_ROWS // 2):
        (numbers,) = together([lift_steps(party, to_planes(words[rows], bits))])
        parts.append(numbers.scale(weights).sum(axis=0))
    return concatenate(parts)
