# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Neighbouring rows of a sorted table: are their keys equal?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..bits import SharedBits, SharedWords
from ..party import Party, protocol
from ..ring import Shared, concatenate
from .circuits import and_layers, fold
from .convert import lift_steps, to_planes
from .sort import index_bits
from .steps import Steps, chunks, together


def _equal_steps(party: Party, difference: Sequence[SharedWords], bits: Sequence[int]) -> Steps[Shared]:
    """Whether all words of a row are zero in their low bits."""
    planes = [to_planes(words, size) for words, size in zip(difference, bits, strict=True)]
    a = np.concatenate([p.words.a for p in planes])
    b = np.concatenate([p.words.b for p in planes])
    ones = party.public_words(np.full(a.shape, -1, dtype=np.int64))
    result = yield from fold(party, (a ^ ones.a, b ^ ones.b), and_layers(sum(bits)))
    numbers = yield from lift_steps(party, SharedBits(SharedWords(*result), planes[0].n))
    return numbers[0]


@protocol
def same_as_previous(party: Party, words: Sequence[SharedWords], key_bits: int) -> Shared:
    """[key of row i = key of row i-1] as 0/1 for a sorted table, 0 for the first row. Reveals nothing.

    ``words`` as ``sort`` returns them; the row index in their lowest bits does not count. An AND tree over
    the key bits: 2 + ceil(log2 bits) rounds, bits/8 + 8 bytes per row.
    """
    n = len(words[0])
    skip = index_bits(n)
    parts, sizes = [], []
    for place, word in enumerate(words):
        low = max(0, min(64, skip - 64 * place))
        size = min(64, skip + key_bits - 64 * place) - low
        if size > 0:
            parts.append((word[1:] ^ word[:-1]).shift(-low))
            sizes.append(size)
    first = party.public(np.zeros(min(n, 1), dtype=np.uint64))
    if n < 2:
        return first
    rows = chunks(n - 1)
    same = together([_equal_steps(party, [part[piece] for part in parts], sizes) for piece in rows])
    return concatenate([first, *same])


@protocol
def last_of_group(party: Party, words: Sequence[SharedWords], key_bits: int) -> Shared:
    """[row i is the last with its key] as 0/1. Reveals nothing. Cost of ``same_as_previous``."""
    n = len(words[0])
    same = same_as_previous(party, words, key_bits)
    end = party.public(np.zeros(min(n, 1), dtype=np.uint64))
    return party.public(np.ones(n, dtype=np.uint64)) - concatenate([same[1:], end])
