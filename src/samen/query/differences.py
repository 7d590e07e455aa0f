# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Differencing: two released figures about the same values must differ by no unit or by enough of them.

The *difference* of two variables is the set of atoms that only one of them has. From two figures whose
difference is a few units, subtraction tells about those few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..disclosure.ledger import from_json, table_key, to_json
from ..ring import Words
from ..study.model import Study
from .atoms import Atoms, Sets
from .cells import Variable, atoms_of, linked, told_columns, variables
from .evaluate import Integers, PlainRows
from .expressions import Ref
from .plan import Plan


@dataclass(frozen=True, slots=True)
class Old:
    """A figure of an earlier run, shown or hidden."""

    question: str
    quantity: tuple[str, ...]
    group: str
    atoms: Sets
    shown: bool
    block: tuple[str, ...]
    """Which table of which study it stood in."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Variable ``new`` against variable ``other`` of this run, or against an ``old`` one."""

    new: int
    other: int | None
    old: str
    packed: bytes
    """The atoms of the difference, eight to the byte."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """What is known of one table before its data: atoms, variables, and the differences to prove."""

    table: str
    plans: list[Plan]
    atoms: Atoms
    variables: list[Variable]
    old: list[Old]
    differences: list[Difference]

    def questions(self, difference: Difference) -> tuple[str, str]:
        """The two questions of a difference, the new one first."""
        new = self.variables[difference.new].places[0].block.question
        if difference.other is None:
            return new, difference.old
        return new, self.variables[difference.other].places[0].block.question


def guard(study: Study, plans: Sequence[Plan], released: Sequence[Mapping[str, Any]]) -> list[Guarded]:
    """The guarded variables of every FROM table; the same at holders and parties."""
    found = []
    for name in dict.fromkeys(plan.table.name for plan in plans):
        own = [plan for plan in plans if plan.table.name == name]
        entries = [entry for entry in released if entry["key"] == table_key(study, name)]
        conditions = [from_json(entry["cell"], study) for entry in entries]
        atoms = atoms_of(study, own, conditions)
        past = [(str(entry["quantity"][0]), frozenset(entry["tokens"])) for entry in entries]
        new = variables(own, atoms, past)
        sources = [v.quantity[0] for v in new]
        groups = linked([*sources, *(s for s, _ in past)], [*(v.tokens for v in new), *(t for _, t in past)])
        old = [
            Old(
                entry["question"],
                tuple(entry["quantity"]),
                group,
                atoms.set_of(condition),
                entry.get("shown", True),
                tuple(entry.get("block", ("", entry["question"]))),
            )
            for entry, condition, group in zip(entries, conditions, groups[len(new) :], strict=True)
        ]
        found.append(
            Guarded(
                name,
                own,
                atoms,
                new,
                old,
                [*_differences(new, old), *_rests(new), *_trackers(new, old, atoms.complete())],
            )
        )
    return found


def _differences(new: Sequence[Variable], old: Sequence[Old]) -> list[Difference]:
    found = []
    for index, variable in enumerate(new):
        for other in range(index):
            if _may_differ(variable, new[other].group, new[other].atoms) and not _together(
                variable, new[other]
            ):
                found.append(Difference(index, other, "", _packed(variable.atoms ^ new[other].atoms)))
        for past in old:
            if past.shown and _may_differ(variable, past.group, past.atoms):
                found.append(Difference(index, None, past.question, _packed(variable.atoms ^ past.atoms)))
    return found


def _rests(new: Sequence[Variable]) -> Iterator[Difference]:
    """What a total has beside all cells of a table inside it: one subtraction away from their sum."""
    tables: dict[tuple[str, object], list[int]] = {}
    for index, variable in enumerate(new):
        for place in variable.places:
            tables.setdefault((variable.group, place.block), []).append(index)
    for index, variable in enumerate(new):
        for (group, _), cells in tables.items():
            if group != variable.group or index in cells:
                continue
            inside = [c for c in cells if not (new[c].atoms & ~variable.atoms).any() and new[c].atoms.any()]
            if len(inside) > 1:
                rest = variable.atoms & ~np.logical_or.reduce([new[c].atoms for c in inside])
                if rest.any():
                    yield Difference(index, inside[0], "", _packed(rest))


def _trackers(new: Sequence[Variable], old: Sequence[Old], known: Sets) -> Iterator[Difference]:
    """Two figures whose sets together make up a third: their sum minus it tells about what they share.

    As if no value were missing: ``known`` are the atoms without missing ones.
    [Denning, Denning, Schwartz, The tracker, TODS 1979: q(C) = q(C or T) + q(C or not T) - q(all).]
    """
    every: list[Variable | Old] = [*new, *(item for item in old if item.shown)]
    sets = [item.atoms[known] for item in every]
    sizes = [int(own.sum()) for own in sets]
    wholes: dict[tuple[str, int], list[int]] = {}
    for index, item in enumerate(every):
        wholes.setdefault((item.group, sizes[index]), []).append(index)
    for one, first in enumerate(every):
        for two, second in enumerate(every[:one]):
            if first.group != second.group:
                continue
            shared = int((sets[one] & sets[two]).sum())
            size = sizes[one] + sizes[two] - shared
            if not shared or size in (sizes[one], sizes[two]):
                continue  # apart, or one in the other
            union = sets[one] | sets[two]
            whole = [i for i in wholes.get((first.group, size), []) if (sets[i] == union).all()]
            found = sorted({one, two, *whole[:1]})
            if whole and found[0] < len(new):
                other = found[1] if found[1] < len(new) else None
                name = "" if other is not None else _question(every[found[1]])
                yield Difference(found[0], other, name, _packed(first.atoms & second.atoms))


def _question(item: Variable | Old) -> str:
    return item.question if isinstance(item, Old) else item.places[0].block.question


def _may_differ(variable: Variable, group: str, atoms: Sets) -> bool:
    return (
        variable.group == group
        and bool((variable.atoms & atoms).any())
        and bool((variable.atoms != atoms).any())
    )


def _together(one: Variable, other: Variable) -> bool:
    """A group and a figure narrower than it, in one cell of one table: there the complement rule holds.

    Two figures that are both narrower have no complement in each other.
    """
    narrow = {(p.block.question, p.block.grouping, p.cell, p.block.figure.narrow) for p in other.places}
    return any(
        (p.block.question, p.block.grouping, p.cell, not p.block.figure.narrow) in narrow for p in one.places
    )


def _packed(atoms: Sets) -> bytes:
    return np.packbits(atoms).tobytes()


Told = tuple[bytes, tuple[Ref, ...]]
"""A set of atoms, and the columns that a difference over it tells about (none: units)."""


def distinct_differences(guarded: Guarded) -> tuple[list[Told], list[int]]:
    """What is different among the differences, and which of it each difference has."""
    figures = [variable.places[0].block.figure for variable in guarded.variables]
    columns = [told_columns(figure) for figure in figures]
    found: dict[Told, int] = {}
    places = [found.setdefault((d.packed, columns[d.new]), len(found)) for d in guarded.differences]
    return list(found), places


def most_per_holder(study: Study, table: str) -> int:
    """Rows that are min_units units for sure; with leave_one_out one holder's count for no more.

    If clamped counts add up to twice this, the rows of the other holders reach it, whichever holder is
    left out [each holder adds at most m, so 2m - m remains].
    """
    return study.rules.min_units * study.tables[table].unit_rows


def difference_counts(study: Study, guarded: Guarded, rows: PlainRows) -> Words:
    """Of one holder: its rows in every different set, then those that contribute to the figure."""
    size = guarded.atoms.count
    atom = guarded.atoms.of_rows(rows)
    told = distinct_differences(guarded)[0]
    most = most_per_holder(study, guarded.table) if study.rules.leave_one_out else rows.rows
    every = _rows_per_set(atom, size, [packed for packed, _ in told])
    added = np.zeros(len(told), dtype=np.int64)
    for columns in dict.fromkeys(columns for _, columns in told):
        own = [place for place, (_, used) in enumerate(told) if used == columns]
        kept = atom[_contributes(rows, columns)]
        added[own] = _rows_per_set(kept, size, [told[place][0] for place in own])
    return np.concatenate([every, np.minimum(added, most)]).astype(np.uint64)


def _contributes(rows: PlainRows, columns: Sequence[Ref]) -> Sets:
    """Rows that a sum changes by: known, and not zero."""
    kept: Sets = np.ones(rows.rows, dtype=bool)
    for ref in columns:
        kept &= rows.columns[ref].present & (rows.columns[ref].values != 0)
    return kept


def _rows_per_set(atom: Integers, size: int, sets: Sequence[bytes]) -> Integers:
    per_atom = np.bincount(atom, minlength=size)
    used = np.flatnonzero(per_atom)
    counts = [
        per_atom[used][np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=size)[used] != 0].sum()
        for packed in sets
    ]
    return np.array(counts, dtype=np.int64)


def ledger_entries(study: Study, guarded: Guarded, shown: Sequence[bool]) -> list[dict[str, Any]]:
    """What the ledger keeps of the variables: which were released, and which were hidden beside them."""
    return [
        {
            "key": table_key(study, guarded.table),
            "shown": bool(released),
            "block": [
                study.fingerprint,
                place.block.question,
                str(place.block.grouping),
                str(place.block.index),
            ],
            "question": place.block.question,
            "quantity": list(variable.quantity),
            "tokens": sorted(variable.tokens),
            "cell": to_json(variable.condition, study),
        }
        for variable, released in zip(guarded.variables, shown, strict=True)
        for place in variable.places
        if variable.atoms.any()
    ]
