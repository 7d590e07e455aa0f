# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Complementary suppression: which further variables to hide, chosen in the clear, losing little.

Only flags, relations and public weights decide, never values, so that the pattern tells nothing more than the
flags. A hidden variable keeps room to move along a *circuit*: a change of hidden variables that leaves every
relation true and everything published as it is. The least costly circuit is a linear programme
[Fischetti, Salazar, Management Science 2001; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4].
Whether the values leave enough room along it is judged on shares by whoever holds them; where they do not,
another circuit is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Members = tuple[int, ...]
MOST_CIRCUITS = 120
"""Up to this many variables get the best circuit each; of more no circuits are known, and one programme for
all of them says what else to hide."""
_DEAR = 1e6
"""Cost of a circuit through what was tried and left too little room, in units of the dearest variable."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """A change that keeps all relations, in whole steps per variable; ``variable`` is one that moves."""

    variable: int
    steps: tuple[tuple[int, int], ...]
    """(variable, step), the variable itself among them."""

    @property
    def members(self) -> Members:
        return tuple(v for v, _ in self.steps)


class Pattern:
    """``hidden`` variables, grown until every needed one has a circuit through hidden ones.

    ``needed`` must not follow from what is published; ``fixed`` were published before and stay so; what was
    not ``asked`` is not published by itself, but moves along.
    """

    def __init__(
        self,
        needed: Flags,
        relations: Sequence[tuple[int, Members]],
        weights: NDArray[np.float64],
        fixed: Flags | None = None,
        asked: Flags | None = None,
    ) -> None:
        self.relations = list(relations)
        self.weights = weights / max(float(weights.max(initial=1.0)), 1e-12) + 1e-3
        self.fixed = np.zeros(len(needed), dtype=bool) if fixed is None else fixed
        self.needed = needed & ~self.fixed
        self._kept = self.needed.copy() if asked is None else self.needed | ~asked
        """Hidden whatever the circuits are."""
        self.hidden = self._kept.copy()
        self.circuits: dict[int, Circuit] = {}
        self._together = np.zeros(len(needed), dtype=bool)
        self._moved = np.zeros(len(needed), dtype=bool)
        self._tried: dict[int, set[int]] = {}
        self._given_up: set[int] = set()
        """Variables without a circuit that is left to try: all that hangs together with them is hidden."""
        self._components = _Components(len(needed), self.relations)
        self.settle()

    def hide(self, variable: int, *, need: bool) -> None:
        """Hide one; with ``need`` it may not follow either."""
        self._kept[variable] = self.hidden[variable] = True
        self.needed[variable] |= need

    def settle(self) -> None:
        """Hide more until nothing needed follows from what is published, and know a circuit for each.

        Of very many they are hidden together, and no circuits are known.
        """
        if self.needed.sum() > MOST_CIRCUITS:
            self.circuits.clear()
            if (self.needed & ~self._moved).any():
                self._hide_together(np.flatnonzero(self.needed).tolist())
                self._moved |= self.needed
        self.hidden = self._kept | self._together
        for circuit in self.circuits.values():
            self.hidden[list(circuit.members)] = True
        for variable in np.flatnonzero(self.needed & ~self._moved).tolist():
            if variable not in self.circuits and variable not in self._given_up:
                self._serve(variable)

    def too_tight(self, variables: Iterable[int]) -> None:
        """The circuits of these leave too little room: find others, through other variables."""
        for variable in variables:
            circuit = self.circuits.pop(variable)
            self._tried.setdefault(variable, set()).update(set(circuit.members) - {variable})
        self.settle()

    def _serve(self, variable: int) -> None:
        part = self._components.of(variable)
        tried = self._tried.get(variable, set())
        costs = np.where(self.hidden, 1e-6, self.weights)[part.variables]
        costs = np.where(np.isin(part.variables, sorted(tried)), _DEAR * (1 + costs), costs)
        steps = part.cheapest({variable: 1}, costs, self.fixed)
        circuit = None if steps is None else Circuit(variable, steps)
        if circuit is None or (tried and set(circuit.members) - {variable} <= tried):
            free = part.variables[~self.fixed[part.variables]]
            self._kept[free] = self.hidden[free] = True
            self._given_up.add(variable)
            return
        self.hidden[list(circuit.members)] = True
        self.circuits[variable] = circuit

    def _hide_together(self, due: Sequence[int]) -> None:
        """One programme for many: every one of them moves, with signs that balance within relations."""
        groups: dict[int, list[int]] = {}
        for variable in due:
            groups.setdefault(self._components.name[variable], []).append(variable)
        for members in groups.values():
            part = self._components.of(members[0])
            costs = np.where(self._kept | self._together, 1e-6, self.weights)[part.variables]
            steps = part.cheapest(_balanced(members, self.relations), costs, self.fixed)
            chosen = part.variables[~self.fixed[part.variables]] if steps is None else [v for v, _ in steps]
            self._together[chosen] = True


def _balanced(members: Sequence[int], relations: Sequence[tuple[int, Members]]) -> dict[int, int]:
    """A sign per variable, so that those in one relation can make up for one another."""
    inside: dict[int, list[int]] = {}
    chosen = set(members)
    for number, (_, parts) in enumerate(relations):
        for v in parts:
            if v in chosen:
                inside.setdefault(v, []).append(number)
    total = np.zeros(len(relations))
    signs = {}
    for v in members:
        own = inside.get(v, [])
        signs[v] = -1 if total[own].sum() > 0 else 1
        total[own] += signs[v]
    return signs


class _Component:
    """The relations of variables that hang together."""

    def __init__(self, variables: NDArray[np.int64], relations: Sequence[tuple[int, Members]]) -> None:
        self.variables = variables
        self.relations = relations
        if not relations:
            return
        from scipy.sparse import csr_array

        place = {int(v): column for column, v in enumerate(variables)}
        rows, columns, factors = [], [], []
        for row, (whole, parts) in enumerate(relations):
            for v, factor in ((whole, -1.0), *((part, 1.0) for part in parts)):
                rows.append(row)
                columns.append(place[v])
                factors.append(factor)
        self.place = place
        self.matrix = csr_array((factors, (rows, columns)), shape=(len(relations), len(variables)))

    def cheapest(
        self, moved: dict[int, int], costs: NDArray[np.float64], fixed: Flags
    ) -> tuple[tuple[int, int], ...] | None:
        """The least costly change that moves variables by at least these steps; None when there is none."""
        size = len(self.variables)
        if not self.relations:
            return tuple(moved.items())
        from scipy.optimize import linprog
        from scipy.sparse import hstack

        alone = len(moved) == 1
        low, high = np.zeros(2 * size), np.full(2 * size, np.inf)
        high[np.concatenate([fixed[self.variables]] * 2)] = 0.0
        for v, sign in moved.items():
            up = self.place[v] if sign > 0 else size + self.place[v]
            low[up] = 1.0
            high[up] = 1.0 if alone else np.inf
            high[(up + size) % (2 * size)] = 0.0
        found = linprog(
            np.concatenate([costs, costs]),
            A_eq=hstack([self.matrix, -self.matrix]).tocsr(),
            b_eq=np.zeros(self.matrix.shape[0]),
            bounds=np.stack([low, high], axis=1),
            method="highs",
        )
        if found.status != 0:
            return None
        change = found.x[:size] - found.x[size:]
        return self._whole(change) if alone else self._support(change)

    def _support(self, change: NDArray[np.float64]) -> tuple[tuple[int, int], ...]:
        return tuple((int(self.variables[c]), 1) for c in np.flatnonzero(np.abs(change) > 1e-7))

    def _whole(self, change: NDArray[np.float64]) -> tuple[tuple[int, int], ...] | None:
        """The change in whole steps that keep every relation exactly; None when it has none of that size."""
        used = np.flatnonzero(np.abs(change) > 1e-7)
        steps = [Fraction(float(change[c])).limit_denominator(64) for c in used]
        scale = lcm(*(s.denominator for s in steps))
        whole = np.array([int(s * scale) for s in steps], dtype=np.int64)
        whole //= gcd(*(int(w) for w in whole))
        check = np.zeros(len(change), dtype=np.int64)
        check[used] = whole
        if np.any(self.matrix @ check):
            return None
        return tuple((int(self.variables[c]), int(w)) for c, w in zip(used, whole, strict=True))


def _names(count: int, relations: Sequence[tuple[int, Members]]) -> NDArray[np.int64]:
    """A number per variable, equal for those that hang together."""
    if not relations:
        return np.arange(count)
    from scipy.sparse import coo_array  # SciPy takes a second to load
    from scipy.sparse.csgraph import connected_components

    wholes = [whole for whole, parts in relations for _ in parts]
    parts = [part for _, own in relations for part in own]
    graph = coo_array((np.ones(len(wholes)), (wholes, parts)), shape=(count, count))
    names: NDArray[np.int64] = connected_components(graph, directed=False)[1]
    return names


class _Components:
    """Variables by what hangs together through relations."""

    def __init__(self, count: int, relations: Sequence[tuple[int, Members]]) -> None:
        self.name = _names(count, relations)
        self._relations: dict[int, list[tuple[int, Members]]] = {}
        for relation in relations:
            self._relations.setdefault(int(self.name[relation[0]]), []).append(relation)
        self._known: dict[int, _Component] = {}

    def of(self, variable: int) -> _Component:
        name = int(self.name[variable])
        if name not in self._known:
            members = np.flatnonzero(self.name == name)
            self._known[name] = _Component(members, self._relations.get(name, []))
        return self._known[name]
