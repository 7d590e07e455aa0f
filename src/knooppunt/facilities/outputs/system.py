# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Published figures as sums of atoms, and the bounds that follow from them.

Atoms are the groups that all dimensions of all tables cut out together, with per dimension a rest for what no
table names. What an attacker can know of an atom is its smallest and its largest value while all published
figures hold: two integer programs each (HiGHS, by SciPy).
A total is taken to be the sum of the groups that its own table names (that rest is then zero), as long as the
figures allow it; `open_totals` names the tables where they do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from knooppunt.facilities.outputs.cells import Cell

REST = "\N{HORIZONTAL ELLIPSIS}"
SECONDS = 5.0  # for one program; what is found until then still bounds the outcome
NEAR = 1e-6
Key = frozenset[tuple[str, str]]


class System:
    """The figures of several tables; counts are whole and not below zero, amounts are what they are."""

    def __init__(self, tables: Sequence[Sequence[Cell]], *, whole: bool = True) -> None:
        cells = [cell for table in tables for cell in table]
        self.whole = whole
        self.values = named_values(cells)
        self.dimensions = list(self.values)
        self.atoms = list(product(*self.values.values()))
        self.index = np.arange(len(self.atoms)).reshape([len(v) for v in self.values.values()])
        self.places = [{value: i for i, value in enumerate(v)} for v in self.values.values()]
        signed = not whole and any((cell.count or 0) < 0 for cell in cells)
        self.lower = np.full(len(self.atoms), -np.inf if signed else 0.0)
        self.upper = np.full(len(self.atoms), np.inf)
        self.published = {cell.key: cell.count for cell in cells if cell.count is not None}
        self.hidden = {cell.key: self.members(dict(cell.key)) for cell in cells if cell.count is None}
        self._add_rows(cells)
        self.open_totals = self._close(tables)

    def _add_rows(self, cells: list[Cell]) -> None:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        rows: list[int] = []
        columns: list[int] = []
        low: list[float] = []
        high: list[float] = []
        for key, count, at_most in dict.fromkeys((c.key, c.count, c.at_most) for c in cells):
            if count is None and at_most is None:
                continue
            members = self.members(dict(key))
            rows += [len(low)] * len(members)
            columns += members.tolist()
            low.append(-np.inf if count is None else count)
            high.append(at_most if count is None else count)
        self.matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(low), len(self.atoms)))
        self.rows = LinearConstraint(self.matrix, low, high)

    def members(self, key: dict[str, str]) -> np.ndarray:
        """The numbers of the atoms in a group: a dimension that the key leaves out takes all its values."""
        chosen = (self.places[i][key[d]] if d in key else slice(None) for i, d in enumerate(self.dimensions))
        return self.index[tuple(chosen)].ravel()

    def _close(self, tables: Sequence[Sequence[Cell]]) -> list[int]:
        """Put the rests of totals at zero, all together or else one by one; the tables where that fails."""
        rests = [(i, rest) for i, table in enumerate(tables) for rest in self._rests(table)]
        if not rests or not self.holds() or self._try(np.concatenate([rest for _i, rest in rests])):
            return []
        return sorted({i for i, rest in rests if not self._try(rest)})

    def _try(self, atoms: np.ndarray) -> bool:
        before = self.lower.copy(), self.upper.copy()
        self.lower[atoms] = self.upper[atoms] = 0.0
        if not self.holds():
            self.lower, self.upper = before
            return False
        return True

    def _rests(self, table: Sequence[Cell]) -> Iterator[np.ndarray]:
        """Per dimension with totals: the atoms of these totals that this table itself does not name."""
        named = named_values(table)
        for dimension, values in named.items():
            totals = [dict(cell.key) for cell in table if dimension not in dict(cell.key)]
            others = [v for v in self.values[dimension] if v not in values or v == REST]
            found = [self.members(key | {dimension: value}) for key in totals for value in others]
            if found:
                yield np.unique(np.concatenate(found))

    def _solve(self, goal: np.ndarray) -> float | None:
        """The smallest value of the goal, or a bound below it; None when nothing holds or it has no bound."""
        from scipy.optimize import Bounds, milp

        solved = milp(
            goal,
            integrality=np.full(len(goal), int(self.whole)),
            bounds=Bounds(self.lower, self.upper),
            constraints=self.rows,
            options={"time_limit": SECONDS},
        )
        if solved.status == 0:
            return float(solved.fun)
        return float(solved.mip_dual_bound) if solved.status == 1 and solved.mip_dual_bound else None

    def holds(self) -> bool:
        """True when there are units that give all these figures."""
        return self._solve(np.zeros(len(self.atoms))) is not None

    def interval(self, members: np.ndarray | list[int]) -> tuple[float, float]:
        """The smallest and largest value that these atoms can have together; infinite without a bound."""
        goal = np.zeros(len(self.atoms))
        goal[members] = 1
        low, high = self._solve(goal), self._solve(-goal)
        found = (-np.inf if low is None else low), (np.inf if high is None else -high)
        return (round(found[0]), round(found[1])) if self.whole and np.isfinite(found).all() else found

    def candidates(self) -> Iterator[tuple[Key, np.ndarray]]:
        """Groups that can be news: hidden cells, then atoms of some sum; sums of few atoms first."""
        for key, members in self.hidden.items():
            if key not in self.published:
                yield key, members
        sizes = np.asarray(self.matrix.sum(axis=1)).ravel()
        smallest = np.full(len(self.atoms), np.inf)
        order = self.matrix.tocoo()
        np.minimum.at(smallest, order.col, sizes[order.row])
        for atom in np.argsort(smallest, kind="stable"):
            key = frozenset(zip(self.dimensions, self.atoms[atom], strict=True))
            news = key not in self.published and key not in self.hidden
            if news and np.isfinite(smallest[atom]) and self.upper[atom] > 0:
                yield key, np.array([atom])


def named_values(cells: Sequence[Cell]) -> dict[str, list[str]]:
    """Per dimension the values that any table names, and the rest."""
    found: dict[str, dict[str, None]] = {}
    for cell in cells:
        for dimension, value in sorted(cell.key):
            found.setdefault(dimension, {})[value] = None
    return {dimension: [*values, REST] for dimension, values in sorted(found.items())}


def size(cells: Sequence[Cell]) -> int:
    """How many atoms these cells cut out."""
    return int(np.prod([len(values) for values in named_values(cells).values()]))
