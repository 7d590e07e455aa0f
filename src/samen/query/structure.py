# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the cells of the tables that are asked lie in one another: known from the questions, before any data.

A *variable* is one number that may be published: the sum of one product over one set of atoms, wherever it
stands. Cells of two tables *meet*; a whole that cells of another table tile gives a *relation*, one that
they fill in part gives a *nesting* with a rest, and two cells of which neither has the other an *overlap*.
Everything here is computed from sizes of intersections, for all cells of two tables at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .atoms import Atoms, check_size, complete
from .evaluate import Integers
from .sums import Sums

Flags = NDArray[np.bool_]
MOST_PAIRS = 2000
"""Of more overlaps of two tables only units are counted: not how large contributions are, nor trackers."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table of sums over atoms. ``shown``: what an earlier run published of it; None for this run."""

    sums: Sums
    ids: Integers
    """The cell of every atom, -1 outside."""
    question: str
    shown: Flags | None = None
    margin: bool = False
    """Nobody asked it, but cells that were asked add up to it."""

    @property
    def old(self) -> bool:
        return self.shown is not None

    @property
    def asked(self) -> bool:
        """By a question of this run."""
        return self.shown is None and not self.margin


@dataclass(frozen=True, slots=True)
class Nesting:
    """Variable ``whole`` is the sum of the variables ``parts`` and, unless ``rest`` is None, of the rest.

    ``rest`` is (number of the table of rests, cell)."""

    whole: int
    parts: tuple[int, ...]
    rest: tuple[int, int] | None = None
    between: tuple[tuple[int, ...], ...] = ()
    """Variables that make up the whole, and that the parts make up: then this follows from two others."""


@dataclass(frozen=True, slots=True)
class Rests:
    """What cells of table ``whole`` have beside the cells of table ``inner`` that lie inside them."""

    whole: int
    inner: int


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Cells of two tables that overlap, neither inside the other: their variables, and their cells."""

    first: int
    second: int
    variables: NDArray[np.int64]
    """(pairs, 2)"""
    cells: NDArray[np.int64]
    """(pairs, 2)"""
    trackers: NDArray[np.int64]
    """(…, 2): a pair, and a variable that the two together make up: p + q - whole is what they share
    [Denning, Denning, Schwartz, The tracker, TODS 1979]."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The variables of a table of rows, and how they lie in one another."""

    variable_of: list[NDArray[np.int64]]
    """Per part, the variable of each cell; -1 where a cell has no atoms."""
    weights: NDArray[np.float64]
    """Public size of each variable: its share of the atoms of its table."""
    relations: list[Nesting]
    """Without rest, or none as far as no value is missing: what a reader may add up."""
    nestings: list[Nesting]
    rests: list[Rests]
    overlaps: list[Overlaps]

    @property
    def count(self) -> int:
        return len(self.weights)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Intersections of the cells of two tables: (p, q, atoms in both), and the atoms of each cell."""

    p: Integers
    q: Integers
    both: Integers
    size_p: Integers
    size_q: Integers

    def shares(self, cells: NDArray[np.int64]) -> NDArray[np.int64]:
        """The atoms in both cells of some pairs."""
        width = max(len(self.size_q), int(cells[:, 1].max(initial=-1)) + 1, 1)
        known = self.p * width + self.q
        wanted = cells[:, 0] * width + cells[:, 1]
        at = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
        if not len(known):
            return np.zeros(len(cells), dtype=np.int64)
        return np.where(known[at] == wanted, self.both[at], 0)

    def turned(self) -> _Meeting:
        return _Meeting(self.q, self.p, self.both, self.size_q, self.size_p)

    def wholes(self) -> Iterator[tuple[int, Integers, bool]]:
        """Each p with the q inside it, and whether they make it up."""
        inside = self.both == self.size_q[self.q]
        covered = np.bincount(self.p[inside], weights=self.both[inside], minlength=len(self.size_p))
        if not inside.any():
            return
        order = np.flatnonzero(inside)
        order = order[np.argsort(self.p[order], kind="stable")]
        starts = np.flatnonzero(np.diff(self.p[order], prepend=-1))
        for start, stop in zip(starts, [*starts[1:], len(order)], strict=True):
            whole = int(self.p[order[start]])
            yield whole, self.q[order[start:stop]], bool(covered[whole] == self.size_p[whole])


def meet(a: Integers, b: Integers) -> _Meeting:
    """How the cells of two tables over the same columns meet."""
    shape = np.broadcast_shapes(a.shape, b.shape)
    check_size(int(np.prod(shape)))
    first, second = np.broadcast_to(a, shape).reshape(-1), np.broadcast_to(b, shape).reshape(-1)
    cells_a, cells_b = int(a.max(initial=-1)) + 1, int(b.max(initial=-1)) + 1
    size_p = np.bincount(first[first >= 0], minlength=cells_a)
    size_q = np.bincount(second[second >= 0], minlength=cells_b)
    inside = (first >= 0) & (second >= 0)
    pair, both = np.unique(first[inside] * max(cells_b, 1) + second[inside], return_counts=True)
    p, q = np.divmod(pair, max(cells_b, 1))
    return _Meeting(p, q, both, size_p, size_q)


def met(one: Part, other: Part, own: Sequence[bool]) -> _Meeting:
    """How the cells of two tables of sums meet. How many values are missing is not hidden: so for counts the
    rows without a value in a column (``own`` axes) are left out of account; what these rows add to a sum is
    not, nor which rows of an inner join have a partner.
    """
    a, b = one.ids, other.ids
    if one.sums.counts:
        a, b = (ids[tuple(_known(n, mine) for n, mine in zip(ids.shape, own, strict=True))] for ids in (a, b))
    return meet(a, b)


def _known(size: int, own: bool) -> slice:
    return slice(0, size - 1) if own and size > 1 else slice(None)


def ids_of(sums: Sums, atoms: Atoms) -> Integers:
    """The cell of every atom in a table of sums; -1 outside."""
    code: Integers = np.zeros((1,) * len(atoms.pieces), dtype=np.int64)
    inside = atoms.set_of(sums.where)
    for group in sums.groups:
        place = atoms.places(group)
        code = code * len(group.labels) + place
        inside = inside & (place >= 0)
    check_size(int(np.prod(np.broadcast_shapes(code.shape, inside.shape))))
    return np.where(inside, code, -1)


def structure_of(parts: Sequence[Part], own: Sequence[bool]) -> Structure:
    """The structure of all tables of sums over the rows of one table."""
    return _Builder(parts, own).build()


def _stepwise(nestings: Sequence[Nesting]) -> list[Nesting]:
    """The nestings with what stands between whole and parts."""
    exact: dict[int, list[tuple[int, ...]]] = {}
    for nesting in nestings:
        if nesting.rest is None and len(nesting.parts) > 1:
            exact.setdefault(nesting.whole, []).append(nesting.parts)

    def between(nesting: Nesting) -> Iterator[tuple[int, ...]]:
        parts = set(nesting.parts)
        for middle in exact.get(nesting.whole, []) if nesting.rest is None else []:
            if 1 < len(middle) < len(parts) and _made_up(middle, parts, exact):
                yield middle

    return [replace(nesting, between=tuple(between(nesting))) for nesting in nestings]


def _made_up(middle: Sequence[int], parts: set[int], exact: Mapping[int, Sequence[tuple[int, ...]]]) -> bool:
    """Whether each of some variables is made up of some of these parts, or is one."""
    return all(m in parts or any(parts.issuperset(own) for own in exact.get(m, [])) for m in middle)


class _Builder:
    def __init__(self, parts: Sequence[Part], own: Sequence[bool]) -> None:
        self.parts, self.own = parts, own
        self.variable_of: list[NDArray[np.int64]] = []
        self.weights: list[float] = []
        self.relations: set[tuple[int, tuple[int, ...]]] = set()
        self.nestings: list[Nesting] = []
        self.rests: list[Rests] = []
        self.overlaps: list[Overlaps] = []
        self.inside: dict[int, set[int]] = {}
        """The wholes that each variable lies in, and below its size, if no value were missing."""
        self.sizes: dict[int, float] = {}
        self.tiled: dict[int, set[int]] = {}
        """The tables whose cells make up every cell of a table: then circuits cover what two cells share."""
        self.pending: list[tuple[int, NDArray[np.float64]]] = []

    def build(self) -> Structure:
        pairs = [
            (i, j)
            for j in range(len(self.parts))
            for i in range(j)
            if self.parts[i].sums.product == self.parts[j].sums.product
        ]
        self._name([(i, j, meet(self.parts[i].ids, self.parts[j].ids)) for i, j in pairs])
        meetings = [(i, j, met(self.parts[i], self.parts[j], self.own)) for i, j in pairs]
        for i, j, meeting in meetings:
            self._note_tiles(i, j, meeting)
            self._note_tiles(j, i, meeting.turned())
        for i, j, meeting in meetings:
            self._nest(i, j, meeting)
            self._nest(j, i, meeting.turned())
            first, second = self.parts[i].ids, self.parts[j].ids
            almost = meet(first[complete(first)], second[complete(second)])
            self._relate(i, j, almost)
            self._relate(j, i, almost.turned())
            space = float(
                np.prod(np.broadcast_shapes(first[complete(first)].shape, second[complete(second)].shape))
            )
            self._sized(i, almost.size_p / space)
            self._sized(j, almost.size_q / space)
            self._overlap(i, j, meeting, almost, space)
        for number, shared in self.pending:
            own = self.overlaps[number]
            self.overlaps[number] = replace(own, trackers=self._trackers(own.variables, shared))
        relations = _stepwise([Nesting(whole, parts) for whole, parts in sorted(self.relations)])
        return Structure(
            self.variable_of,
            np.array(self.weights),
            relations,
            _stepwise(list(dict.fromkeys(self.nestings))),
            self.rests,
            self.overlaps,
        )

    def _name(self, pairs: Sequence[tuple[int, int, _Meeting]]) -> None:
        """Equal cells of two tables are one variable."""
        meetings: dict[int, list[tuple[int, _Meeting]]] = {}
        for i, j, meeting in pairs:
            meetings.setdefault(j, []).append((i, meeting))
        for j, part in enumerate(self.parts):
            sizes = np.bincount(part.ids[part.ids >= 0], minlength=part.sums.cells)
            own = np.full(part.sums.cells, -1, dtype=np.int64)
            for i, m in meetings.get(j, []):
                same = (m.both == m.size_p[m.p]) & (m.both == m.size_q[m.q])
                own[m.q[same]] = self.variable_of[i][m.p[same]]
            fresh = np.flatnonzero((own < 0) & (sizes > 0))
            own[fresh] = len(self.weights) + np.arange(len(fresh))
            self.weights += (sizes[fresh] / part.ids.size).tolist()
            self.variable_of.append(own)

    def _note_tiles(self, i: int, j: int, meeting: _Meeting) -> None:
        """Whether cells of table j, which is asked, make up every cell of table i."""
        made = sum(full for _, _, full in meeting.wholes())
        if made == np.count_nonzero(meeting.size_p) and not self.parts[j].margin:
            self.tiled.setdefault(i, set()).add(j)

    def _nest(self, i: int, j: int, meeting: _Meeting) -> None:
        """Cells of table j inside those of table i."""
        names_i, names_j = self.variable_of[i], self.variable_of[j]
        number = None
        for whole, inner, full in meeting.wholes():
            parts = tuple(names_j[inner].tolist())
            if parts == (names_i[whole],):
                continue
            if full:
                self.relations.add((int(names_i[whole]), parts))
                self.nestings.append(Nesting(int(names_i[whole]), parts))
                continue
            if self.parts[i].old and self.parts[j].old:
                continue
            if number is None:
                number = len(self.rests)
                self.rests.append(Rests(i, j))
            self.nestings.append(Nesting(int(names_i[whole]), parts, (number, whole)))

    def _relate(self, i: int, j: int, meeting: _Meeting) -> None:
        """What would add up, and lie inside, if no value were missing."""
        names_i, names_j = self.variable_of[i], self.variable_of[j]
        for whole, inner, full in meeting.wholes():
            parts = tuple(names_j[inner].tolist())
            if parts != (names_i[whole],):
                for name in parts:
                    self.inside.setdefault(name, set()).add(int(names_i[whole]))
                if full:
                    self.relations.add((int(names_i[whole]), parts))

    def _sized(self, i: int, sizes: NDArray[np.float64]) -> None:
        """The share of the space of each cell if no value were missing."""
        for cell, size in enumerate(sizes.tolist()):
            self.sizes[int(self.variable_of[i][cell])] = size

    def _overlap(self, i: int, j: int, m: _Meeting, almost: _Meeting, space: float) -> None:
        chosen = (m.both < m.size_p[m.p]) & (m.both < m.size_q[m.q])
        old = self.parts[i].old and self.parts[j].old
        if chosen.any() and not old and not (self.tiled.get(i, set()) & self.tiled.get(j, set())):
            cells = np.stack([m.p[chosen], m.q[chosen]], axis=1)
            names = np.stack([self.variable_of[i][cells[:, 0]], self.variable_of[j][cells[:, 1]]], axis=1)
            shared = almost.shares(cells) / space
            if len(cells) <= MOST_PAIRS:
                self.pending.append((len(self.overlaps), shared))
            self.overlaps.append(Overlaps(i, j, names, cells, np.zeros((0, 2), dtype=np.int64)))

    def _trackers(self, names: NDArray[np.int64], shared: NDArray[np.float64]) -> NDArray[np.int64]:
        """Pairs of which the union is a variable: inside it both, and as large."""
        found = []
        for pair, (p, q) in enumerate(names.tolist()):
            union = self.sizes.get(p, 0.0) + self.sizes.get(q, 0.0) - shared[pair]
            for whole in self.inside.get(p, set()) & self.inside.get(q, set()):
                if abs(self.sizes.get(whole, 0.0) - union) < 1e-12 + 1e-9 * union:
                    found.append((pair, whole))
        return np.array(found, dtype=np.int64).reshape(-1, 2)
