# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be computed from the tables together: hidden cells, and small differences with earlier releases.

Every published count is a sum of atoms: the groups that all dimensions of all tables cut out together, with
per dimension a rest for what no table names. What an attacker can know of an atom is the smallest and the
largest value that it can have while all published counts hold: two linear programs each (HiGHS, by SciPy). An
atom that must be at least one and less than the minimum is disclosed, whoever computes it.
Tables are taken to be about the same units; when counts contradict each other they are not, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from django.utils.translation import gettext as _

from knooppunt.facilities.outputs.cells import Cell, Understood
from knooppunt.facilities.outputs.policy import OutputPolicy
from knooppunt.facilities.outputs.rules import FAIL, REVIEW, Finding

REST = "\N{HORIZONTAL ELLIPSIS}"
MOST_ATOMS = 4_000
MOST_TARGETS = 300
CHECK = "differencing"
Key = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Release:
    """Tables that left before: their name, and their cells as understood."""

    name: str
    tables: tuple[Understood, ...]


def same_groups(found: Understood, earlier: list[Release], policy: OutputPolicy) -> Iterator[Finding]:
    """The same group counted twice: the difference is a group by itself."""
    for release in earlier:
        before = {
            cell.key: cell.count for table in release.tables for cell in table.cells if cell.count is not None
        }
        for cell in found.cells:
            old = before.get(cell.key)
            if old is None or cell.count is None or not cell.key:
                continue
            if 0 < (gap := abs(cell.count - old)) < policy.minimum_cell:
                yield Finding(
                    CHECK, FAIL, found.table.name, cell.row, cell.column,
                    _("This differs by %(gap)g from '%(release)s', which left before.")
                    % {"gap": gap, "release": release.name},
                    _("Give the same count as before, or wait until the difference is large enough."),
                )  # fmt: skip


def derivable(tables: list[Understood], earlier: list[Release], policy: OutputPolicy) -> Iterator[Finding]:
    """Groups that the published counts together pin down below the minimum."""
    cells = [cell for table in tables for cell in table.cells]
    everything = cells + [c for release in earlier for table in release.tables for c in table.cells]
    values = _values(everything)
    if not cells or not values or not _may_tell(everything, values):
        return
    size = int(np.prod([len(v) for v in values.values()]))
    if size > MOST_ATOMS:
        yield _told(
            tables[0], REVIEW,
            _("The tables cut out %(size)s groups together: too many to search for what follows from them.")
            % {"size": size},
            _("Give fewer categories per table, or let a person compare the tables."),
        )  # fmt: skip
        return
    system = System(values, everything)
    if not system.holds():
        yield _told(
            tables[0], REVIEW,
            _("The counts contradict each other, or those of an earlier release."),
            _("Correct the totals, or tell that the tables are about different people or periods."),
        )  # fmt: skip
        return
    published = {cell.key for cell in everything if cell.count is not None}
    yield from _disclosed(tables[0], system, published, policy)


def _told(found: Understood, status: str, what: str, cure: str) -> Finding:
    return Finding(CHECK, status, found.table.name, None, None, what, cure)


def _values(cells: list[Cell]) -> dict[str, list[str]]:
    """Per dimension the values that any table names, and the rest."""
    found: dict[str, dict[str, None]] = {}
    for cell in cells:
        for dimension, value in sorted(cell.key):
            found.setdefault(dimension, {})[value] = None
    return {dimension: [*values, REST] for dimension, values in sorted(found.items())}


def _may_tell(cells: list[Cell], values: dict[str, list[str]]) -> bool:
    """Something follows only from a hidden cell, or from counts at different levels."""
    levels = {frozenset(dimension for dimension, _value in cell.key) for cell in cells}
    return len(levels) > 1 or any(cell.count is None for cell in cells)


def _members(
    index: np.ndarray, places: list[dict[str, int]], dimensions: list[str], key: dict[str, str]
) -> np.ndarray:
    """The numbers of the atoms in a group: a dimension that the key leaves out takes all its values."""
    chosen = (places[i][key[d]] if d in key else slice(None) for i, d in enumerate(dimensions))
    return index[tuple(chosen)].ravel()


class System:
    """Published counts as sums of atoms, and the bounds that follow from them."""

    def __init__(self, values: dict[str, list[str]], cells: list[Cell]) -> None:
        from scipy.sparse import csr_array

        self.dimensions = list(values)
        self.atoms = list(product(*values.values()))
        shape = [len(v) for v in values.values()]
        index = np.arange(len(self.atoms)).reshape(shape)
        places = [{value: i for i, value in enumerate(v)} for v in values.values()]
        rows, columns, counts, seen = [], [], [], set()
        self.bounds: list[tuple[float, float | None]] = [(0, None)] * len(self.atoms)
        self.hidden: dict[Key, list[int]] = {}
        for cell in cells:
            members = _members(index, places, self.dimensions, dict(cell.key))
            if cell.count is None:
                self.hidden[cell.key] = members.tolist()
                self._bound(members, cell.at_most)
            elif (cell.key, cell.count) not in seen:
                seen.add((cell.key, cell.count))
                rows += [len(counts)] * len(members)
                columns += members.tolist()
                counts.append(cell.count)
        self.matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(counts), len(self.atoms)))
        self.counts = np.array(counts)

    def _bound(self, members: np.ndarray, at_most: float | None) -> None:
        if at_most is not None and len(members) == 1:
            self.bounds[int(members[0])] = (0, at_most)

    def _solve(self, goal: np.ndarray) -> float | None:
        from scipy.optimize import linprog

        solved = linprog(goal, A_eq=self.matrix, b_eq=self.counts, bounds=self.bounds, method="highs")
        return float(solved.fun) if solved.status == 0 else None

    def holds(self) -> bool:
        """True when there are units that give all these counts."""
        return self._solve(np.zeros(len(self.atoms))) is not None

    def interval(self, members: list[int]) -> tuple[float, float]:
        """The smallest and largest value that these atoms can have together; infinite without upper bound."""
        goal = np.zeros(len(self.atoms))
        goal[members] = 1
        low, high = self._solve(goal), self._solve(-goal)
        return (low or 0.0), (np.inf if high is None else -high)

    def candidates(self, published: set[Key]) -> Iterator[tuple[Key, list[int]]]:
        """Groups that can be news: hidden cells, and atoms of some sum; sums of few atoms first."""
        for key, members in self.hidden.items():
            if len(members) > 1 and key not in published:
                yield key, members
        sizes = np.asarray(self.matrix.sum(axis=1)).ravel()
        smallest = np.full(len(self.atoms), np.inf)
        order = self.matrix.tocoo()
        np.minimum.at(smallest, order.col, sizes[order.row])
        for atom in np.argsort(smallest, kind="stable"):
            key = self.key(int(atom))
            if np.isfinite(smallest[atom]) and key not in published:
                yield key, [int(atom)]

    def key(self, atom: int) -> Key:
        return frozenset(zip(self.dimensions, self.atoms[atom], strict=True))


def _disclosed(
    found: Understood, system: System, published: set[Key], policy: OutputPolicy
) -> Iterator[Finding]:
    for number, (key, members) in enumerate(system.candidates(published)):
        if number == MOST_TARGETS:
            yield _told(
                found, REVIEW,
                _("More than %(most)s groups follow from the tables; the rest was not searched.")
                % {"most": MOST_TARGETS},
                _("Give fewer categories, or let a person compare the tables."),
            )  # fmt: skip
            return
        low, high = system.interval(members)
        if low > 0.5 and high < policy.minimum_cell - 0.5:
            yield _told(
                found, FAIL,
                _("The group %(group)s follows from the tables: between %(low)g and %(high)g units.")
                % {"group": _named(key), "low": round(low, 2), "high": round(high, 2)},
                _("Hide one more cell in its row and column, or do not give the total."),
            )  # fmt: skip


def _named(key: Key) -> str:
    parts = sorted((d, v) for d, v in key if v != REST)
    return ", ".join(f"{d} = {v}" for d, v in parts) or _("of everyone who is not named")
