# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Complementary suppression: which further variables to hide, chosen in the clear.

Only the primary flags and the relations decide, never values, so that the pattern tells nothing more. A
hidden variable is *determined* when it follows from the relations and the published ones by linear algebra.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .relations import Relation

_PRIME = 2_147_483_629


@dataclass(frozen=True, slots=True)
class Remainder:
    """The hidden parts of a published whole: their sum follows, so together they must be safe."""

    relation: Relation
    hidden: tuple[int, ...]


class Pattern:
    """``hidden`` variables, grown until no primary one is determined."""

    def __init__(
        self, primary: NDArray[np.bool_], relations: Sequence[Relation], sizes: NDArray[np.int64]
    ) -> None:
        self.primary = primary
        self.relations = relations
        self.sizes = sizes
        self.hidden = primary.copy()
        self._involved: dict[int, list[Relation]] = {}
        for relation in relations:
            for variable in (relation.whole, *relation.parts):
                self._involved.setdefault(variable, []).append(relation)
        self.settle()

    def settle(self) -> None:
        """Hide more until nothing primary follows from what is published."""
        while (culprit := self._determined()) is not None:
            self._hide_beside(culprit)

    def _determined(self) -> int | None:
        for relation in self.relations:
            hidden = [v for v in (relation.whole, *relation.parts) if self.hidden[v]]
            if len(hidden) == 1 and self.primary[hidden[0]]:
                return hidden[0]
        for variable in determined(self.relations, np.flatnonzero(self.hidden)):
            if self.primary[variable]:
                return int(variable)
        return None

    def _hide_beside(self, variable: int) -> None:
        """Hide the smallest published variable in a relation with this one; a whole only at last."""
        options = [
            (v == relation.whole, self._fresh(v), int(self.sizes[v]), v)
            for relation in self._involved[variable]
            for v in (relation.whole, *relation.parts)
            if not self.hidden[v]
        ]
        if not options:  # every neighbour is hidden; what determines it lies further away
            options = [
                (False, self._fresh(v), int(self.sizes[v]), v)
                for relation in self.relations
                if any(self.hidden[p] for p in (relation.whole, *relation.parts))
                for v in (relation.whole, *relation.parts)
                if not self.hidden[v]
            ]
        self.hidden[min(options)[3]] = True

    def _fresh(self, variable: int) -> int:
        """In how many relations nothing is hidden yet: those would ask for yet another."""
        return sum(
            not any(self.hidden[v] for v in (relation.whole, *relation.parts))
            for relation in self._involved[variable]
        )

    def remainders(self) -> list[Remainder]:
        """Hidden parts of published wholes."""
        found = []
        for relation in self.relations:
            hidden = tuple(v for v in relation.parts if self.hidden[v])
            if hidden and not self.hidden[relation.whole]:
                found.append(Remainder(relation, hidden))
        return found

    def widen(self, remainders: Sequence[Remainder]) -> None:
        """Hide one more part of each relation whose hidden parts are not safe together."""
        for remainder in remainders:
            open_parts = [v for v in remainder.relation.parts if not self.hidden[v]]
            best = min(
                ((self._fresh(v), int(self.sizes[v]), v) for v in open_parts),
                default=(0, 0, remainder.relation.whole),
            )
            self.hidden[best[2]] = True
        self.settle()


def determined(relations: Sequence[Relation], hidden: NDArray[np.int64]) -> list[int]:
    """Hidden variables with one possible value: rows with one entry in the reduced row echelon form."""
    place = {int(v): column for column, v in enumerate(hidden)}
    rows = []
    for relation in relations:
        row = np.zeros(len(hidden), dtype=np.int64)
        for variable, factor in ((relation.whole, _PRIME - 1), *((part, 1) for part in relation.parts)):
            if variable in place:
                row[place[variable]] = factor
        if row.any():
            rows.append(row)
    if not rows:
        return []
    reduced = _reduced(np.array(rows))
    single = reduced[(reduced != 0).sum(axis=1) == 1]
    return [int(hidden[column]) for column in np.flatnonzero((single != 0).any(axis=0))]


def _reduced(matrix: NDArray[np.int64]) -> NDArray[np.int64]:
    """Reduced row echelon form modulo a prime of 31 bits."""
    row = 0
    for column in range(matrix.shape[1]):
        pivots = np.flatnonzero(matrix[row:, column])
        if not len(pivots):
            continue
        pivot = row + int(pivots[0])
        matrix[[row, pivot]] = matrix[[pivot, row]]
        matrix[row] = matrix[row] * pow(int(matrix[row, column]), -1, _PRIME) % _PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != row]
        matrix[others] = (matrix[others] - matrix[others, column][:, None] * matrix[row]) % _PRIME
        row += 1
        if row == len(matrix):
            break
    return matrix
