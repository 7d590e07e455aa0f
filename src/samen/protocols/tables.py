# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Union, distinct and top-k."""

from __future__ import annotations

from collections.abc import Sequence

from ..bits import concatenate_words
from ..party import Party, protocol
from ..ring import Shared, concatenate
from .group import KeyGroups, group_keys
from .shuffle import numbers
from .sort import Key, sort


def union_all(parts: Sequence[Sequence[Shared]]) -> list[Shared]:
    """Rows of several tables with the same columns; local. Follow with ``distinct`` for SQL's UNION."""
    return [concatenate(columns) for columns in zip(*parts, strict=True)]


def union_keys(parts: Sequence[Sequence[Key]]) -> list[Key]:
    """As ``union_all`` for key columns."""
    return [
        Key(concatenate_words([key.words for key in keys]), keys[0].bits) for keys in zip(*parts, strict=True)
    ]


@protocol
def distinct(party: Party, keys: Sequence[Key], valid: Shared | None = None) -> KeyGroups:
    """Each distinct key among valid rows once, with its count. Reveals nothing. Cost of ``group_keys``."""
    return group_keys(party, keys, [], valid)


@protocol
def top(party: Party, keys: Sequence[Key], columns: Sequence[Shared], k: int) -> list[Shared]:
    """Columns of the first k rows by ``keys`` (descending keys for the largest). Reveals nothing.

    Cost of ``sort``.
    """
    _, moved = sort(party, keys, columns)
    return [column[:k] for column in numbers(moved)]
