# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contributions of all variables of a table side by side, to add up some and to weigh some against others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..disclosure.pattern import Circuit
from ..disclosure.rules import SIZE_BITS, Contributions
from ..party import Party
from ..protocols.arithmetic import multiply
from ..protocols.compare import equal, negative
from ..ring import Shared, concatenate
from ..study.model import Rules, Study
from .contributions import Shares
from .guard import Guarded
from .moments import Product
from .suppress import Key
from .tallies import largest_of


@dataclass(frozen=True, slots=True)
class _Columns:
    """The contributions of one product: ``own`` has a last column of nothing."""

    own: Contributions
    variable: Mapping[int, int]
    rest: Mapping[tuple[int, int], int]


class Pool:
    """Variables and rests by product."""

    def __init__(
        self, party: Party, guarded: Guarded, parts: Mapping[int, Contributions], shares: Shares | None
    ) -> None:
        self.party, self.guarded = party, guarded
        self.several = guarded.plans[0].table.unit_rows > 1
        self._product: dict[int, Product] = {}
        self.columns = {
            product: self._of_product(product, parts, shares)
            for product in dict.fromkeys(part.sums.product for part in guarded.parts)
        }

    def _of_product(
        self, product: Product, parts: Mapping[int, Contributions], shares: Shares | None
    ) -> _Columns:
        structure = self.guarded.structure
        pieces: list[Contributions] = []
        variable: dict[int, int] = {}
        rest: dict[tuple[int, int], int] = {}
        start = 0
        for i in self._parts_of(product):
            for name in structure.variable_of[i].tolist():
                self._product.setdefault(name, product)
            if i in parts:
                pieces.append(parts[i])
                for cell, name in enumerate(structure.variable_of[i].tolist()):
                    variable.setdefault(name, start + cell)
                start += self.guarded.parts[i].sums.cells
        for number, rests in enumerate(structure.rests):
            if self.guarded.parts[rests.whole].sums.product != product:
                continue
            own = None if shares is None else shares.contributions(self.party, "rests", number)
            if own is None and {rests.whole, rests.inner} <= set(parts):
                own = self._left_over(number, parts)
            if own is not None:
                pieces.append(own)
                cells = self.guarded.parts[rests.whole].sums.cells
                rest |= {(number, cell): start + cell for cell in range(cells)}
                start += cells
        return _Columns(_side_by_side(self.party, pieces), variable, rest)

    def _parts_of(self, product: Product) -> list[int]:
        return [i for i, part in enumerate(self.guarded.parts) if part.sums.product == product]

    def _left_over(self, number: int, parts: Mapping[int, Contributions]) -> Contributions:
        """Rests where no holder can tell them: wholes minus what lies inside. Sizes are judged from above."""
        rests = self.guarded.structure.rests[number]
        whole, inner = parts[rests.whole], parts[rests.inner]
        inside = np.full(self.guarded.parts[rests.inner].sums.cells, -1, dtype=np.int64)
        for place, cells in self.guarded.nested(rests.whole, rests.inner):
            inside[cells] = place

        def left(total: Shared | None, part: Shared | None) -> Shared | None:
            return None if total is None or part is None else _minus(total, part, inside)

        def must(total: Shared, part: Shared) -> Shared:
            return _minus(total, part, inside)

        others = None
        if whole.others is not None and inner.others is not None:
            others = replace(
                whole.others,
                units=must(whole.others.units, inner.others.units),
                magnitude=left(whole.others.magnitude, inner.others.magnitude),
            )
        return replace(
            whole,
            units=must(whole.units, inner.units),
            without=must(whole.without, inner.without),
            present=must(whole.present, inner.present),
            magnitude=left(whole.magnitude, inner.magnitude),
            magnitude_without=left(whole.magnitude_without, inner.magnitude_without),
            rows=left(whole.rows, inner.rows),
            others=others,
        )

    def knows(self, variables: Sequence[int]) -> bool:
        return all(v in self.columns[self._product[v]].variable for v in variables)

    def together(self, keys: Sequence[Key]) -> Iterator[tuple[Contributions, list[Key]]]:
        """The contributions of every key added up, by product; what has an unknown part is left out."""
        for product, columns in self.columns.items():
            chosen, places = [], []
            for key in keys:
                variables, rest = key
                own = [columns.variable.get(v) for v in variables if self._product.get(v) == product]
                if rest is not None:
                    own.append(columns.rest.get(rest) if self._rest_product(rest) == product else None)
                if own and len(own) == len(variables) + (rest is not None) and None not in own:
                    chosen.append(key)
                    places.append([place for place in own if place is not None])
            if chosen:
                yield self._added(columns.own, places), chosen

    def _rest_product(self, rest: tuple[int, int]) -> Product:
        return self.guarded.parts[self.guarded.structure.rests[rest[0]].whole].sums.product

    def _added(self, own: Contributions, places: Sequence[Sequence[int]]) -> Contributions:
        """Sums of columns; units of several rows may be in several columns, so there the largest counts."""
        width = max(len(p) for p in places)
        nothing = len(own.units) - 1
        index = np.array([[*p, *[nothing] * (width - len(p))] for p in places]).T  # (width, keys)
        one_by_one = [own[column] for column in index]
        if self.several:
            return _several(self.party, one_by_one)
        return _disjoint(self.party, one_by_one, several_others=True)

    def room(self, circuits: Sequence[Circuit], study: Study) -> Shared:
        """[a hidden sum can move along its circuit] per circuit, in one of both directions.

        What moves down must have as much, also without what any one holder or the largest contributor has;
        it moves by p% of the largest contribution and one more, a count by ``min_interval``.
        """
        found: list[tuple[int, Shared]] = []
        for product, columns in self.columns.items():
            mine = [(n, c) for n, c in enumerate(circuits) if self._product[c.variable] == product]
            if mine:
                bits = self._room([c for _, c in mine], columns, study.rules)
                found += [(n, bits[place : place + 1]) for place, (n, _) in enumerate(mine)]
        return concatenate([bit for _, bit in sorted(found, key=lambda item: item[0])])

    def _room(self, circuits: Sequence[Circuit], columns: _Columns, rules: Rules) -> Shared:
        own, party = columns.own, self.party
        size = own.units if own.magnitude is None else own.magnitude
        without = own.without if own.magnitude_without is None else own.magnitude_without
        rows = [
            (n, d, v, s)
            for n, c in enumerate(circuits)
            for v, s in c.steps
            for d in (0, 1)
            if s * (1 - 2 * d) < 0
        ]
        at = np.array([columns.variable[v] for _, _, v, _ in rows])
        factor = np.array([abs(s) for *_, s in rows], dtype=np.int64)
        mover = np.array([columns.variable[circuits[n].variable] for n, *_ in rows])
        if own.tops is None:
            needed = party.public(factor * max(1, int(rules.min_interval)))
            left = [size[at] - party.public(np.ones(len(at), dtype=np.int64))]
            left += [without[holder][at] for holder in range(len(without))]
            tests = [part - needed for part in left]
        else:
            move = own.tops[0][mover].scale(rules.p_percent) + party.public(np.full(len(at), 100))
            left = [size[at] - own.tops[0][at]] + [without[holder][at] for holder in range(len(without))]
            tests = [part.scale(100) - move.scale(factor.astype(np.uint64)) for part in left]
        short = negative(party, concatenate(tests), SIZE_BITS).reshape(len(tests), len(at)).sum(axis=0)
        place = np.array([2 * n + d for n, d, *_ in rows])
        fails = _summed(short, place, 2 * len(circuits))
        fine = equal(party, fails, party.public(np.zeros(2 * len(circuits), dtype=np.uint64)), 32)
        up, down = fine[0::2], fine[1::2]
        return up + down - multiply(party, up, down)


def _summed(values: Shared, place: NDArray[np.int64], count: int) -> Shared:
    out = np.zeros((2, count), dtype=np.uint64)
    np.add.at(out[0], place, values.a)
    np.add.at(out[1], place, values.b)
    return Shared(out[0], out[1])


def _minus(total: Shared, part: Shared, inside: NDArray[np.int64]) -> Shared:
    """Totals minus the parts inside them, along the last axis."""
    used = np.flatnonzero(inside >= 0)
    out = [total.a.copy(), total.b.copy()]
    for words, own in zip(out, (part.a, part.b), strict=True):
        flat, mine = words.reshape(-1, words.shape[-1]), own.reshape(-1, own.shape[-1])
        for row, part_row in zip(flat, mine, strict=True):
            np.subtract.at(row, inside[used], part_row[used])
    return Shared(out[0], out[1])


def _side_by_side(party: Party, pieces: Sequence[Contributions]) -> Contributions:
    """Columns of several tables, and one of nothing."""

    def joined(name: str) -> Shared | None:
        parts = [getattr(piece, name) for piece in pieces]
        if any(part is None for part in parts):
            return None
        shape = (*parts[0].shape[:-1], 1)
        parts.append(party.public(np.zeros(shape, dtype=np.uint64)))
        return Shared(
            *(np.concatenate(side, axis=-1) for side in zip(*((p.a, p.b) for p in parts), strict=True))
        )

    if not pieces:
        none = party.public(np.zeros(1, dtype=np.uint64))
        return Contributions(none, none.reshape(1, 1), none.reshape(1, 1))
    others = None
    if all(piece.others is not None for piece in pieces):
        others = _side_by_side(party, [piece.others for piece in pieces if piece.others is not None])
    fields = {n: joined(n) for n in Contributions.__slots__ if n != "others"}
    return Contributions(**fields, others=others)  # type: ignore[arg-type]


def _total(parts: Sequence[Shared | None]) -> Shared | None:
    total = parts[0]
    for part in parts[1:]:
        total = None if total is None or part is None else total + part
    return total


def _most(party: Party, parts: Sequence[Shared]) -> Shared:
    """The largest of some numbers, entry by entry."""
    shape = parts[0].shape
    lists = Shared(np.stack([p.a.reshape(-1) for p in parts]), np.stack([p.b.reshape(-1) for p in parts]))
    return largest_of(party, lists.reshape(len(parts), 1, -1)).reshape(*shape)


def _merged(party: Party, parts: Sequence[Shared | None]) -> Shared | None:
    """The largest of the lists (…, n, C) of disjoint sets."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    shape = known[0].shape
    lead = int(np.prod(shape[:-2], dtype=np.int64))
    lists = [
        Shared(*(np.moveaxis(w.reshape(lead, *shape[-2:]), 0, 1).reshape(shape[-2], -1) for w in (p.a, p.b)))
        for p in known
    ]
    merged = largest_of(party, Shared(np.stack([x.a for x in lists]), np.stack([x.b for x in lists])))
    back = [
        np.moveaxis(w.reshape(shape[-2], lead, shape[-1]), 0, 1).reshape(shape) for w in (merged.a, merged.b)
    ]
    return Shared(*(np.ascontiguousarray(w) for w in back))


def _disjoint(party: Party, parts: Sequence[Contributions], *, several_others: bool) -> Contributions:
    """Sets without a unit in common."""
    others = [part.others for part in parts if part.others is not None]
    return Contributions(
        units=_must(_total([p.units for p in parts])),
        without=_must(_total([p.without for p in parts])),
        present=_must(_total([p.present for p in parts])),
        tops=_merged(party, [p.tops for p in parts]),
        magnitude=_total([p.magnitude for p in parts]),
        tops_without=_merged(party, [p.tops_without for p in parts]),
        magnitude_without=_total([p.magnitude_without for p in parts]),
        rows=_total([p.rows for p in parts]),
        others=_several(party, others) if several_others and len(others) == len(parts) else None,
    )


def _several(party: Party, parts: Sequence[Contributions]) -> Contributions:
    """Sets that may have units in common: as many as the largest has, and one unit may have all tops."""
    others = [part.others for part in parts if part.others is not None]
    return Contributions(
        units=_most(party, [p.units for p in parts]),
        without=_most(party, [p.without for p in parts]),
        present=_must(_total([p.present for p in parts])),
        tops=_total([p.tops for p in parts]),
        magnitude=_total([p.magnitude for p in parts]),
        tops_without=_total([p.tops_without for p in parts]),
        magnitude_without=_total([p.magnitude_without for p in parts]),
        rows=_total([p.rows for p in parts]),
        others=_several(party, others) if len(others) == len(parts) else None,
    )


def _must(value: Shared | None) -> Shared:
    assert value is not None  # noqa: S101 - units are always known
    return value
