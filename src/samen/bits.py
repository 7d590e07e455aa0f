# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Replicated shares over bits: x = x0 xor x1 xor x2, party i holds x_i and x_{i+1}.

Bits are packed in 64-bit words, in one of two layouts. *Rows* (``SharedWords``): one word holds the bits
of one row; what a shuffle moves. *Planes* (``SharedBits``): one array per bit position, 64 rows to the
word; what a circuit over many rows wants. XOR and AND are the same instruction in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .ring import Words, words

PLANE_ROWS = 512
"""Planes are padded to whole blocks of 512 rows (8 words): one vector register per plane and block."""


@dataclass(frozen=True, slots=True, eq=False)
class SharedWords:
    """XOR-shared 64-bit words, one party's two components."""

    a: Words
    b: Words

    @property
    def shape(self) -> tuple[int, ...]:
        return self.a.shape

    def __len__(self) -> int:
        return len(self.a)

    def __getitem__(self, index: Any) -> SharedWords:
        return SharedWords(self.a[index], self.b[index])

    def __xor__(self, other: SharedWords) -> SharedWords:
        return SharedWords(self.a ^ other.a, self.b ^ other.b)

    def mask(self, public: ArrayLike) -> SharedWords:
        """AND with public words."""
        factor = words(public)
        return SharedWords(self.a & factor, self.b & factor)

    def shift(self, left: int) -> SharedWords:
        """Shift left by a public distance (right when negative)."""
        distance = np.uint64(abs(left))
        if left >= 0:
            return SharedWords(self.a << distance, self.b << distance)
        return SharedWords(self.a >> distance, self.b >> distance)


@dataclass(frozen=True, slots=True, eq=False)
class SharedBits:
    """Bit planes: ``words`` has shape (planes, plane_width(n)); row r is bit r % 64 of word r // 64."""

    words: SharedWords
    n: int

    def __getitem__(self, plane: int) -> SharedBits:
        return SharedBits(self.words[plane : plane + 1], self.n)

    def __xor__(self, other: SharedBits) -> SharedBits:
        return SharedBits(self.words ^ other.words, self.n)


def plane_width(n: int) -> int:
    """Words per plane for n rows."""
    return -(-n // PLANE_ROWS) * (PLANE_ROWS // 64)


def concatenate_words(parts: Sequence[SharedWords]) -> SharedWords:
    return SharedWords(np.concatenate([p.a for p in parts]), np.concatenate([p.b for p in parts]))


def pack(bits: NDArray[np.bool_]) -> Words:
    """Public bits to one plane."""
    padded = np.zeros(plane_width(len(bits)) * 64, dtype=np.uint8)
    padded[: len(bits)] = bits
    return np.packbits(padded, bitorder="little").view(np.uint64)


def unpack(plane: Words, n: int) -> NDArray[np.uint8]:
    """One plane to n public bits."""
    return np.unpackbits(plane.view(np.uint8), count=n, bitorder="little")
