# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sorting tables by one or several key columns.

Shuffle, then open the order [Hamada et al. 2012]. The row index is the last key field, so keys are distinct
and equal rows keep their order; every sort shuffles afresh. Validity is a key field like any other: valid
and invalid rows are sorted alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..bits import SharedWords
from ..party import Party, protocol
from ..ring import Shared
from .convert import numbers_to_words
from .order import open_order
from .shuffle import Column, packed, shuffle


@dataclass(frozen=True, slots=True)
class Key:
    """A key field: unsigned integers of ``bits`` bits, XOR-shared."""

    words: SharedWords
    bits: int


@protocol
def number_key(party: Party, x: Shared, bits: int, *, signed: bool = False, descending: bool = False) -> Key:
    """A key field from numbers in [0, 2^bits), or [-2^(bits-1), 2^(bits-1)) when signed. Reveals nothing.

    Rounds and bytes of ``numbers_to_words``.
    """
    flip = (1 << bits) - 1 if descending else 0
    if signed:
        flip ^= 1 << (bits - 1)
    words = numbers_to_words(party, x, bits)
    return Key(words ^ party.public_words(np.full(len(words), flip, dtype=np.uint64)), bits)


def pack_keys(keys: Sequence[Key]) -> tuple[list[SharedWords], list[int]]:
    """Fields, most significant first, side by side in 64-bit words, least significant first; local.

    Also the number of base-4 digits used of each word.
    """
    parts: list[SharedWords] = []
    used = 0
    for key in reversed(keys):
        offset = used % 64
        field = key.words.mask(np.uint64((1 << key.bits) - 1))
        if offset == 0:
            parts.append(field)
        else:
            parts[-1] = parts[-1] ^ field.shift(offset)
            if offset + key.bits > 64:
                parts.append(field.shift(offset - 64))
        used += key.bits
    digits = [32] * (len(parts) - 1) + [-(-(used - 64 * (len(parts) - 1)) // 2)]
    return parts, digits


def index_bits(n: int) -> int:
    """Width of the row index of n rows."""
    return max(1, (n - 1).bit_length())


def index_key(party: Party, n: int) -> Key:
    """The public row index as a key field; what makes all keys distinct."""
    return Key(party.public_words(np.arange(n, dtype=np.uint64)), index_bits(n))


@protocol
def sort(
    party: Party, keys: Sequence[Key], columns: Sequence[Column]
) -> tuple[list[SharedWords], list[Column]]:
    """Rows by ``keys`` (most significant first), ties in input order: the packed keys with the row index
    (see ``pack_keys``), and the columns. Reveals nothing: the opened order is that of a fresh shuffle.

    32-bit key and 10^6 rows: about 320 bytes per row and 300 rounds; log-linear. One word per row more costs
    16 bytes per row.
    """
    n = len(keys[0].words)
    if n < 2:
        return pack_keys([*keys, index_key(party, n)])[0], list(columns)
    words, digits = pack_keys([*keys, index_key(party, n)])
    shuffled = shuffle(party, [*words, *columns])
    moved = packed(shuffled[: len(words)])
    order = open_order(party, moved, digits)
    return [word[order] for word in moved], [column[order] for column in shuffled[len(words) :]]
