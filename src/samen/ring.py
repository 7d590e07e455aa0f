# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Replicated shares over Z_2^64, and fixed-point numbers in that ring.

A secret x is split as x = x0 + x1 + x2 (mod 2^64) with x0, x1 uniform. Party i holds the two
components ``a`` = x_i and ``b`` = x_{i+1} (indices mod 3), so one party alone sees two uniform words
and any two parties know everything [Araki, Furukawa, Lindell, Nof, Ohara: CCS 2016].
Everything linear is local.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import RangeError

Words = NDArray[np.uint64]

FRACTION_BITS = 16
"""Fixed-point scale of decimals: a real r is the integer round(r * 2^16)."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """One party's two components of an array over Z_2^64. Immutable by convention: a sent array is never
    written again, which is what lets a broken connection resend it without a copy."""

    a: Words
    b: Words

    @property
    def shape(self) -> tuple[int, ...]:
        return self.a.shape

    def __len__(self) -> int:
        return len(self.a)

    def __getitem__(self, index: Any) -> Shared:
        return Shared(self.a[index], self.b[index])

    def __add__(self, other: Shared) -> Shared:
        return Shared(self.a + other.a, self.b + other.b)

    def __sub__(self, other: Shared) -> Shared:
        return Shared(self.a - other.a, self.b - other.b)

    def __neg__(self) -> Shared:
        return Shared(np.negative(self.a), np.negative(self.b))

    def scale(self, public: ArrayLike) -> Shared:
        """Product with public integers (negative ones as two's complement)."""
        factor = words(public)
        return Shared(self.a * factor, self.b * factor)

    def sum(self, axis: int | None = None) -> Shared:
        return Shared(
            np.asarray(np.sum(self.a, axis=axis, dtype=np.uint64)),
            np.asarray(np.sum(self.b, axis=axis, dtype=np.uint64)),
        )

    def cumsum(self) -> Shared:
        """Prefix sums along the last axis: local, because addition is."""
        return Shared(np.cumsum(self.a, axis=-1), np.cumsum(self.b, axis=-1))

    def reshape(self, *shape: int) -> Shared:
        return Shared(self.a.reshape(shape), self.b.reshape(shape))


def concatenate(parts: Sequence[Shared]) -> Shared:
    return Shared(np.concatenate([p.a for p in parts]), np.concatenate([p.b for p in parts]))


def stack(parts: Sequence[Shared]) -> Shared:
    return Shared(np.stack([p.a for p in parts]), np.stack([p.b for p in parts]))


def words(values: ArrayLike) -> Words:
    """Integers as elements of Z_2^64: signed ones in two's complement."""
    array = np.asarray(values)
    if array.dtype == np.uint64:
        return array
    if array.dtype.kind == "f":
        raise RangeError("decimals need a scale: encode them with fixed_point(values) first")
    return array.astype(np.int64).view(np.uint64)


def signed(values: Words) -> NDArray[np.int64]:
    """Elements of Z_2^64 read as integers of [-2^63, 2^63)."""
    return values.view(np.int64)


def fixed_point(values: ArrayLike, low: float, high: float, fraction: int = FRACTION_BITS) -> Words:
    """Decimals as integers of scale 2^-fraction; rounding error at most 2^-(fraction+1) per value.

    Raises RangeError when a value is outside the declared range [low, high] or is not finite: the holder
    checks here, because nobody can see an overflow later.
    """
    numbers = np.asarray(values, dtype=np.float64)
    bad = ~(np.isfinite(numbers) & (numbers >= low) & (numbers <= high))
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise RangeError(
            f"row {row}: {numbers.flat[row]} is outside the declared range {low} to {high}; "
            "correct the value or declare a wider range"
        )
    if max(abs(low), abs(high)) * 2.0**fraction >= 2.0**62:
        raise RangeError(f"range {low} to {high} needs more than 62 bits at {fraction} fraction bits")
    return np.rint(numbers * 2.0**fraction).astype(np.int64).view(np.uint64)


def from_fixed_point(values: Words, fraction: int = FRACTION_BITS) -> NDArray[np.float64]:
    return signed(values).astype(np.float64) / 2.0**fraction
