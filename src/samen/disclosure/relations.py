# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Additive relations between variables: a cell that is the disjoint union of the cells of another block.

Everything here is computed from the questions, in the clear, and known to everybody.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Relation:
    """Variable ``whole`` is the sum of the variables ``parts``."""

    whole: int
    parts: tuple[int, ...]


def find_relations(
    sets: NDArray[np.bool_], groups: Sequence[Hashable], blocks: Sequence[frozenset[Hashable]]
) -> list[Relation]:
    """Relations between variables with these sets (V, atoms).

    ``groups`` tells which variables are about the same values, ``blocks`` in which tables each stands. A
    whole is related to the parts of one table that lie in it, when these are disjoint and make it up.
    """
    found: set[tuple[int, tuple[int, ...]]] = set()
    sizes = sets.sum(axis=1)
    for quantity in dict.fromkeys(groups):
        members = [v for v, g in enumerate(groups) if g == quantity and sizes[v]]
        tables = dict.fromkeys(block for v in members for block in blocks[v])
        for table in tables:
            parts = np.array([v for v in members if table in blocks[v]])
            found |= _wholes(sets, sizes, np.array(members), parts)
    return [Relation(whole, parts) for whole, parts in sorted(found)]


def _wholes(
    sets: NDArray[np.bool_], sizes: NDArray[np.int64], members: NDArray[np.int64], parts: NDArray[np.int64]
) -> set[tuple[int, tuple[int, ...]]]:
    common = np.zeros((len(members), len(parts)), dtype=np.float32)  # exact: there are at most 2^20 atoms
    for start in range(0, sets.shape[1], _CHUNK):
        piece = sets[:, start : start + _CHUNK]
        common += piece[members].astype(np.float32) @ piece[parts].astype(np.float32).T
    inside = common == sizes[parts][None, :]
    covered = (inside * sizes[parts][None, :]).sum(axis=1)
    found = set()
    for row in np.flatnonzero(covered == sizes[members]):
        chosen = parts[inside[row]]
        whole = int(members[row])
        if len(chosen) and whole not in chosen and sets[chosen].sum(axis=0).max() == 1:
            found.add((whole, tuple(int(v) for v in chosen)))
    return found
