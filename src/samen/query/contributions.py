# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holders share of their own rows so that sums can be judged: per cell the units that contribute, the
largest contributions and all of them together.

A contribution is a row whose product of columns is not zero: on the column, never on an expression of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..disclosure.rules import Contributions, tops_needed
from ..party import Party
from ..ring import Shared, Words
from ..study.model import Rules
from .evaluate import Flags, Integers, PlainRows
from .guard import Guarded
from .moments import Product
from .rows import sizes_of
from .structure import MOST_PAIRS, Overlaps, Part
from .tallies import largest_of, largest_without


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an upload: of a table of sums, of its rests, or of its overlaps with another."""

    what: str
    """sums, rests or overlaps."""
    number: int
    name: str
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        return math.prod(self.shape)


def own_parts(guarded: Guarded) -> list[int]:
    """The tables of sums that a holder can add up itself."""
    return [i for i, part in enumerate(guarded.parts) if guarded.by_holders(part)]


def placed_parts(guarded: Guarded) -> set[int]:
    """The tables of sums of which a holder knows the cells of its rows, so that it can count overlaps."""
    return {i for i, part in enumerate(guarded.parts) if guarded.placed_by_holders(part)}


def pieces_of(guarded: Guarded, rules: Rules) -> list[Piece]:
    """The layout of what a holder shares; holders and parties compute it from the study and the ledger."""
    own, placed = set(own_parts(guarded)), placed_parts(guarded)
    found: list[Piece] = []
    for i, part in enumerate(guarded.parts):
        if i in own:
            found += _cell_pieces("sums", i, part.sums.product, part.sums.cells, rules)
    for number, rests in enumerate(guarded.structure.rests):
        if {rests.whole, rests.inner} <= own:
            part = guarded.parts[rests.whole]
            found += _cell_pieces("rests", number, part.sums.product, part.sums.cells, rules)
    for number, overlaps in enumerate(guarded.structure.overlaps):
        if {overlaps.first, overlaps.second} <= placed:
            product, pairs = guarded.parts[overlaps.first].sums.product, len(overlaps.cells)
            if pairs > MOST_PAIRS:
                found.append(Piece("overlaps", number, "units", (pairs,)))
            else:
                found += _cell_pieces("overlaps", number, product, pairs, rules)
            if len(overlaps.trackers):
                found += _cell_pieces("shared", number, product, pairs, rules)
    return found


def _cell_pieces(what: str, number: int, product: Product, cells: int, rules: Rules) -> list[Piece]:
    found = [Piece(what, number, "units", (cells,))]
    if product:
        found.append(Piece(what, number, "magnitude", (cells,)))
        found.append(Piece(what, number, "tops", (max(1, tops_needed(rules)), cells)))
        if rules.zeros == "safe":
            found.append(Piece(what, number, "rows", (cells,)))
    return found


def shared_words(guarded: Guarded, rows: PlainRows) -> Words:
    """The words of one holder, in the order of ``pieces_of``."""
    counted = Counted(guarded, rows)
    out = [counted.piece(piece).reshape(-1) for piece in pieces_of(guarded, rows.study.rules)]
    return np.concatenate([np.zeros(0, dtype=np.int64), *out]).astype(np.int64).view(np.uint64)


class Counted:
    """A holder's own rows in all tables of sums."""

    def __init__(self, guarded: Guarded, rows: PlainRows) -> None:
        self.guarded, self.rows = guarded, rows
        self._cells: dict[int, Integers] = {}
        self._sizes: dict[Product, tuple[Flags, Integers]] = {}
        self._known: tuple[tuple[str, int], dict[str, Integers]] = (("", -1), {})

    def cells(self, part: int) -> Integers:
        if part not in self._cells:
            self._cells[part] = self.guarded.atoms.cells(self.guarded.parts[part].ids, self.rows)
        return self._cells[part]

    def sizes(self, product: Product) -> tuple[Flags, Integers]:
        if product not in self._sizes:
            self._sizes[product] = sizes_of(product, self.rows)
        return self._sizes[product]

    def piece(self, piece: Piece) -> Integers:
        key = piece.what, piece.number
        if self._known[0] != key:
            self._known = key, self._all(piece)
        return self._known[1][piece.name]

    def _all(self, piece: Piece) -> dict[str, Integers]:
        structure = self.guarded.structure
        if piece.what == "sums":
            return self._of_cells(self.guarded.parts[piece.number], self.cells(piece.number))
        if piece.what == "rests":
            rests = structure.rests[piece.number]
            inner = self.inside(rests.whole, rests.inner)
            cell = np.where(inner, -1, self.cells(rests.whole))
            return self._of_cells(self.guarded.parts[rests.whole], cell)
        if len(structure.overlaps[piece.number].cells) > MOST_PAIRS:
            return {"units": self._units_of_pairs(structure.overlaps[piece.number])}
        return self._of_pairs(structure.overlaps[piece.number], shared=piece.what == "shared")

    def inside(self, whole: int, inner: int) -> Flags:
        """Rows in a cell of ``inner`` that lies inside a cell of ``whole``."""
        chosen = self.guarded.inner_cells(whole, inner)
        place = self.cells(inner)
        found: Flags = (place >= 0) & chosen[np.maximum(place, 0)]
        return found

    def _of_cells(self, part: Part, cell: Integers) -> dict[str, Integers]:
        product, cells = part.sums.product, part.sums.cells
        touched, size = self.sizes(product)
        chosen = touched & (cell >= 0)
        count = max(1, tops_needed(self.rows.study.rules))
        return {
            "units": np.bincount(cell[chosen], minlength=cells),
            "rows": np.bincount(cell[cell >= 0], minlength=cells),
            "magnitude": _added(cell[chosen], size[chosen], cells),
            "tops": _largest_sizes(cell[chosen], size[chosen], cells, count),
        }

    def _units_of_pairs(self, overlaps: Overlaps) -> Integers:
        """Of every pair of cells: the contributing rows in one of both."""
        touched, _ = self.sizes(self.guarded.parts[overlaps.first].sums.product)
        p, q = self.cells(overlaps.first)[touched], self.cells(overlaps.second)[touched]
        first, second = overlaps.cells.T
        width = int(max(q.max(initial=0), second.max(initial=0))) + 1
        both = (p >= 0) & (q >= 0)
        pair, count = np.unique(p[both] * width + q[both], return_counts=True)
        at = np.minimum(np.searchsorted(pair, first * width + second), max(len(pair) - 1, 0))
        known = pair[at] == first * width + second if len(pair) else np.zeros(len(first), dtype=bool)
        shared = np.where(known, count[at] if len(pair) else 0, 0)
        in_p = np.bincount(p[p >= 0], minlength=int(first.max()) + 1)[first]
        in_q = np.bincount(q[q >= 0], minlength=int(second.max()) + 1)[second]
        found: Integers = in_p + in_q - 2 * shared
        return found

    def _of_pairs(self, overlaps: Overlaps, *, shared: bool) -> dict[str, Integers]:
        """Of every pair of cells: the rows in one of both, or those in both (``shared``)."""
        product = self.guarded.parts[overlaps.first].sums.product
        touched, size = self.sizes(product)
        count, pairs = max(1, tops_needed(self.rows.study.rules)), len(overlaps.cells)
        out = {name: np.zeros(pairs, dtype=np.int64) for name in ("units", "rows", "magnitude")}
        out["tops"] = np.zeros((count, pairs), dtype=np.int64)
        p, q = self.cells(overlaps.first), self.cells(overlaps.second)
        in_p, in_q = _rows_by_cell(p), _rows_by_cell(q)
        none = np.zeros(0, dtype=np.int64)
        for pair, (a, b) in enumerate(overlaps.cells.tolist()):
            mine, other = in_p.get(a, none), in_q.get(b, none)
            inside = q[mine] == b
            rows = mine[inside] if shared else np.concatenate([mine[~inside], other[p[other] != a]])
            kept = rows[touched[rows]]
            sizes = np.sort(size[kept])[::-1]
            out["units"][pair], out["rows"][pair] = len(kept), len(rows)
            out["magnitude"][pair] = sizes.sum()
            out["tops"][: len(sizes[:count]), pair] = sizes[:count]
        return out


def _rows_by_cell(cell: Integers) -> dict[int, Integers]:
    """The rows of each cell."""
    order = np.argsort(cell, kind="stable")
    names, starts = np.unique(cell[order], return_index=True)
    return dict(zip(names.tolist(), np.split(order, starts[1:]), strict=True))


def _added(cell: Integers, size: Integers, cells: int) -> Integers:
    out = np.zeros(cells, dtype=np.int64)
    np.add.at(out, cell, size)
    return out


def _largest_sizes(cell: Integers, size: Integers, cells: int, count: int) -> Integers:
    """The ``count`` largest sizes of each cell, descending; 0 where there are fewer."""
    order = np.lexsort((-size, cell))
    ordered = cell[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    out = np.zeros((count, cells), dtype=np.int64)
    for place in range(count):
        rows = order[rank == place]
        out[place, cell[rows]] = size[rows]
    return out


# At the parties


@dataclass(frozen=True, slots=True)
class Shares:
    """What the holders of a table shared, (H, …) per piece."""

    pieces: dict[tuple[str, int], dict[str, Shared]]

    def contributions(self, party: Party, what: str, number: int) -> Contributions | None:
        """Of the cells of a table of sums, of rests or of overlaps; None where holders could not tell."""
        own = self.pieces.get((what, number))
        if own is None:
            return None
        units, tops, magnitude = own["units"], own.get("tops"), own.get("magnitude")
        total = units.sum(axis=0)
        return Contributions(
            units=total,
            without=_without(total, units),
            present=units,
            tops=None if tops is None else largest_of(party, tops),
            magnitude=None if magnitude is None else magnitude.sum(axis=0),
            tops_without=None if tops is None else largest_without(party, tops),
            magnitude_without=None if magnitude is None else _without(magnitude.sum(axis=0), magnitude),
            rows=own["rows"].sum(axis=0) if "rows" in own else total if magnitude is None else None,
        )


def _without(total: Shared, parts: Shared) -> Shared:
    return Shared(total.a - parts.a, total.b - parts.b)


def cut(layout: Sequence[Piece], upload: Shared) -> Shares:
    """An upload (H, words) in its pieces."""
    found: dict[tuple[str, int], dict[str, Shared]] = {}
    start = 0
    for piece in layout:
        part = upload[:, start : start + piece.size]
        shaped = Shared(*(np.ascontiguousarray(w).reshape(len(w), *piece.shape) for w in (part.a, part.b)))
        found.setdefault((piece.what, piece.number), {})[piece.name] = shaped
        start += piece.size
    return Shares(found)
