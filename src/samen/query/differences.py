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
from .cells import Variable, atoms_of, linked, variables
from .evaluate import PlainRows
from .plan import Plan


@dataclass(frozen=True, slots=True)
class Old:
    """A figure that was released before."""

    question: str
    group: str
    atoms: Sets


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
            Old(entry["question"], group, atoms.set_of(condition))
            for entry, condition, group in zip(entries, conditions, groups[len(new) :], strict=True)
        ]
        found.append(Guarded(name, own, atoms, new, old, [*_differences(new, old), *_rests(new)]))
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
            if _may_differ(variable, past.group, past.atoms):
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


def _may_differ(variable: Variable, group: str, atoms: Sets) -> bool:
    return (
        variable.group == group
        and bool((variable.atoms & atoms).any())
        and bool((variable.atoms != atoms).any())
    )


def _together(one: Variable, other: Variable) -> bool:
    """Both in one cell of one table: there the complement rule holds."""
    places = {(p.block.question, p.block.grouping, p.cell) for p in one.places}
    return any((p.block.question, p.block.grouping, p.cell) in places for p in other.places)


def _packed(atoms: Sets) -> bytes:
    return np.packbits(atoms).tobytes()


def distinct_differences(guarded: Guarded) -> tuple[list[bytes], list[int]]:
    """The different sets among the differences, and which of them each difference has."""
    found: dict[bytes, int] = {}
    places = [found.setdefault(difference.packed, len(found)) for difference in guarded.differences]
    return list(found), places


def difference_counts(guarded: Guarded, rows: PlainRows) -> Words:
    """Rows of one holder in every different set."""
    size = guarded.atoms.count
    per_atom = np.bincount(guarded.atoms.of_rows(rows), minlength=size)
    used = np.flatnonzero(per_atom)
    counts = [
        per_atom[used][np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=size)[used] != 0].sum()
        for packed in distinct_differences(guarded)[0]
    ]
    return np.array(counts, dtype=np.uint64)


def ledger_entries(study: Study, guarded: Guarded, shown: Sequence[bool]) -> list[dict[str, Any]]:
    """What the ledger keeps of the variables that were released."""
    return [
        {
            "key": table_key(study, guarded.table),
            "question": variable.places[0].block.question,
            "quantity": list(variable.quantity),
            "tokens": sorted(variable.tokens),
            "cell": to_json(variable.condition, study),
        }
        for variable, released in zip(guarded.variables, shown, strict=True)
        if released and variable.atoms.any()
    ]
