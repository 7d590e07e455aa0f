# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joining two tables on secret keys.

Rows of both tables are concatenated, the right one first, and sorted by (validity, key, row index): a right
row comes directly before the left rows with its key. So a left row finds its partner in front of it, and
nothing of the size n * m is ever made [Secrecy, NSDI 2023; ORQ, arXiv 2509.10793]. The result has
len(right) + len(left) rows with a secret flag; the number of matches is not revealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..bits import concatenate_words
from ..errors import SamenError
from ..party import Party, protocol
from ..ring import Shared, concatenate, stack
from .arithmetic import multiply
from .compact import compact
from .neighbours import same_as_previous
from .scan import carry_forward
from .shuffle import numbers
from .sort import Key, number_key, sort


@dataclass(frozen=True, slots=True)
class Side:
    """One table of a join: key columns, number columns, and which rows are valid (all when None)."""

    keys: Sequence[Key]
    columns: Sequence[Shared]
    valid: Shared | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """``valid`` marks rows of the result, ``matched`` those with a partner; right columns else are 0."""

    left: list[Shared]
    right: list[Shared]
    valid: Shared
    matched: Shared


def _stacked(party: Party, left: Side, right: Side) -> tuple[list[Key], list[Shared]]:
    """Both tables on top of one another: keys, validity first; is-left, right and left columns, validity."""
    sizes = len(right.keys[0].words), len(left.keys[0].words)
    keys = []
    for mine, other in zip(right.keys, left.keys, strict=True):
        if mine.bits != other.bits:
            raise SamenError(
                f"key columns of {mine.bits} and {other.bits} bits; declare the same range on both sides"
            )
        keys.append(Key(concatenate_words([mine.words, other.words]), mine.bits))

    def zeros(n: int) -> Shared:
        return party.public(np.zeros(n, dtype=np.uint64))

    is_left = party.public(np.repeat(np.array([0, 1], dtype=np.uint64), sizes))
    columns = [concatenate([column, zeros(sizes[1])]) for column in right.columns]
    columns += [concatenate([zeros(sizes[0]), column]) for column in left.columns]
    if left.valid is None and right.valid is None:
        return keys, [is_left, *columns]
    ones = [party.public(np.ones(n, dtype=np.uint64)) for n in sizes]
    valid = concatenate([right.valid or ones[0], left.valid or ones[1]])
    return [number_key(party, valid, 1, descending=True), *keys], [is_left, *columns, valid]


@protocol
def join(
    party: Party,
    left: Side,
    right: Side,
    *,
    kind: str = "inner",
    right_unique: bool,
    left_unique: bool = False,
) -> Joined:
    """Left rows with the right row of their key: ``kind`` 'inner' keeps matched, 'left' all valid left rows.

    Reveals nothing, not the number of matches. Keys of valid right rows must be declared unique (of repeated
    ones the last row counts); many-to-many is refused. With unique left keys too, the partner is the row
    before and the rest costs 2 rounds; otherwise right rows are carried forward in 2 log2 n rounds.
    Costs one sort of both tables and one equality of neighbours.
    """
    if not right_unique:
        raise SamenError(
            "many-to-many joins are not supported; aggregate one table per key first, "
            "or declare which one has unique keys"
        )
    if kind not in ("inner", "left"):
        raise SamenError(f"join kind {kind!r} is unknown; choose 'inner' or 'left'")
    keys, columns = _stacked(party, left, right)
    words, moved = sort(party, keys, columns)
    sorted_columns = numbers(moved)
    is_left, width = sorted_columns[0], len(right.columns)
    rights, lefts = sorted_columns[1 : 1 + width], sorted_columns[1 + width : 1 + width + len(left.columns)]
    same = multiply(party, same_as_previous(party, words, sum(key.bits for key in keys)), is_left)
    ones = party.public(np.ones(len(same), dtype=np.uint64))
    heads = stack([ones - is_left, *rights])
    if left_unique:
        before = Shared(np.roll(heads.a, 1, axis=1), np.roll(heads.b, 1, axis=1))
        partner = multiply(party, stack([same] * (1 + width)), before)
    else:
        partner = carry_forward(party, same, heads) - heads
    valid = is_left
    if len(sorted_columns) > 1 + width + len(lefts):
        both = multiply(party, stack([is_left] * (1 + width)), stack([sorted_columns[-1]] * (1 + width)))
        partner, valid = multiply(party, partner, both), both[0]
    matched = partner[0]
    right_columns = [partner[1 + c] for c in range(width)]
    return Joined(lefts, right_columns, valid if kind == "left" else matched, matched)


@protocol
def compact_join(party: Party, joined: Joined, rows: int) -> Joined:
    """The valid rows of a join in its first ``rows`` rows: at most len(left) can be valid. Reveals nothing.

    Cost of ``compact``.
    """
    columns = [joined.matched, *joined.left, *joined.right]
    moved = compact(party, joined.valid, columns)
    kept = [column[:rows] for column in numbers(moved.columns)]
    split = 1 + len(joined.left)
    return Joined(kept[1:split], kept[split:], moved.flags[:rows], kept[0])
