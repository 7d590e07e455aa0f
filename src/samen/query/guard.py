# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of the questions to a table before its data: its sums, and how they lie in one another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..disclosure.ledger import code_from_json, code_to_json, from_json, table_key, to_json
from ..study.model import Study
from .atoms import PARTNER, Atoms
from .evaluate import Integers
from .expressions import Ref, condition_refs
from .plan import Plan
from .structure import Flags, Part, Structure, ids_of, met, structure_of
from .sums import Sums, sums_of, with_margins


@dataclass(frozen=True, slots=True)
class Guarded:
    """The tables of sums over the rows of one table, those of earlier runs last."""

    table: str
    plans: list[Plan]
    atoms: Atoms
    parts: list[Part]
    structure: Structure

    @property
    def new(self) -> list[Part]:
        """What the questions of this run ask."""
        return [part for part in self.parts if part.asked]

    def asked(self) -> Flags:
        """Per variable: a question asks or asked it; others are only what cells add up to."""
        asked = np.zeros(self.structure.count, dtype=bool)
        for part, variables in zip(self.parts, self.structure.variable_of, strict=True):
            if not part.margin:
                asked[variables[variables >= 0]] = True
        return asked

    def by_holders(self, part: Part) -> bool:
        """Whether a holder can add up its own rows: one row per unit, and no other table's columns."""
        return self.plans[0].table.unit_rows == 1 and self.placed_by_holders(part)

    def placed_by_holders(self, part: Part) -> bool:
        """Whether a holder knows which of its rows are in a cell: there are no other table's columns."""
        return not _other_table(part.sums)

    def inner_cells(self, whole: int, inner: int) -> Flags:
        """The cells of table ``inner`` that lie inside a cell of table ``whole``."""
        chosen = np.zeros(self.parts[inner].sums.cells, dtype=bool)
        for _, cells in self.nested(whole, inner):
            chosen[cells] = True
        return chosen

    def nested(self, whole: int, inner: int) -> Iterator[tuple[int, Integers]]:
        """Each cell of table ``whole`` with the cells of table ``inner`` that lie in it."""
        own = value_axes(self.atoms)
        for place, cells, _ in met(self.parts[whole], self.parts[inner], own).wholes():
            yield place, cells

    def question_of(self) -> list[str]:
        """The first question that each variable stands in."""
        names = [""] * self.structure.count
        for part, variables in zip(self.parts, self.structure.variable_of, strict=True):
            for variable in variables[variables >= 0]:
                names[variable] = names[variable] or part.question
        return names

    def shown_in(self, entries: Sequence[Mapping[str, Any]], study: Study) -> Flags:
        """Which variables of this run some ledger entries say were released."""
        shown = np.zeros(self.structure.count, dtype=bool)
        own = [entry for entry in entries if entry["key"] == table_key(study, self.table)]
        for part, variables in zip(self.parts, self.structure.variable_of, strict=True):
            where = to_json(part.sums.where, study)
            product = [[ref.table, ref.column] for ref in part.sums.product]
            groups = [code_to_json(code) for code in part.sums.groups]
            for entry in own:
                if (entry.get("where"), entry.get("product"), entry.get("groups")) == (
                    where,
                    product,
                    groups,
                ):
                    used = variables >= 0
                    shown[variables[used & (np.array(entry["shown"]) == 1)]] = True
        return shown

    def shown_before(self) -> tuple[Flags, Flags]:
        """Per variable: an earlier run published it; an earlier run asked and hid it."""
        shown, hidden = np.zeros((2, self.structure.count), dtype=bool)
        for part, variables in zip(self.parts, self.structure.variable_of, strict=True):
            if part.shown is not None:
                used = variables >= 0
                shown[variables[used & part.shown]] = True
                hidden[variables[used & ~part.shown]] = True
        return shown, hidden & ~shown


def guard(study: Study, plans: Sequence[Plan], released: Sequence[Mapping[str, Any]]) -> list[Guarded]:
    """The guarded sums of every FROM table; the same at holders, parties and the analyst.

    The last answer is kept: on one machine all of them ask for the same.
    """
    asked = [plan.name for plan in plans]
    key = json.dumps([study.canonical, asked, list(released)], sort_keys=True, default=dict)
    if key not in _LAST:
        _LAST.clear()
        _LAST[key] = _guarded(study, plans, released)
    return _LAST[key]


_LAST: dict[str, list[Guarded]] = {}


def _guarded(study: Study, plans: Sequence[Plan], released: Sequence[Mapping[str, Any]]) -> list[Guarded]:
    found = []
    for name in dict.fromkeys(plan.table.name for plan in plans):
        own = [plan for plan in plans if plan.table.name == name]
        new = sums_of(own, study)
        past = [
            (_sums_of_entry(entry, name, own[0], study), entry)
            for entry in released
            if entry["key"] == table_key(study, name) and "product" in entry
        ]
        every = [*new, *(sums for sums, _ in past)]
        atoms = Atoms(study, [s.where for s in every], [code for s in every for code in s.groups])
        parts = [Part(sums, ids_of(sums, atoms), sums.plan.name) for sums in new]
        parts += [
            Part(sums, ids_of(sums, atoms), entry["question"], np.array(entry["shown"], dtype=bool))
            for sums, entry in past
        ]
        parts += [
            Part(sums, ids_of(sums, atoms), sums.plan.name, margin=True)
            for sums in with_margins(list(dict.fromkeys(every)))
            if sums not in set(every)
        ]
        found.append(Guarded(name, own, atoms, parts, structure_of(parts, value_axes(atoms))))
    return found


def value_axes(atoms: Atoms) -> list[bool]:
    """Which axes are columns with values; the other kind says whether a row has a partner in a join."""
    return [piece.ref.column != PARTNER for piece in atoms.pieces]


def _sums_of_entry(entry: Mapping[str, Any], table: str, plan: Plan, study: Study) -> Sums:
    product = tuple(Ref(of, column) for of, column in entry["product"])
    groups = tuple(code_from_json(code, study) for code in entry["groups"])
    return Sums(table, product, from_json(entry["where"], study), groups, plan)


def ledger_entries(study: Study, guarded: Guarded, shown: Flags) -> list[dict[str, Any]]:
    """What the ledger keeps of this run's sums: what they are, and which were released.

    Every question's whole table of sums is one entry: what was hidden beside what was shown matters later.
    """
    return [
        {
            "key": table_key(study, guarded.table),
            "question": part.question,
            "product": [[ref.table, ref.column] for ref in part.sums.product],
            "where": to_json(part.sums.where, study),
            "groups": [code_to_json(code) for code in part.sums.groups],
            "shown": [int(variable >= 0 and shown[variable]) for variable in variables],
        }
        for part, variables in zip(guarded.parts, guarded.structure.variable_of, strict=True)
        if part.asked
    ]


def _other_table(sums: Sums) -> bool:
    """Whether a holder of the table cannot tell: the sums look at a column of another table."""
    used = {*sums.product, *condition_refs(sums.where), *(code.ref for code in sums.groups)}
    return any(ref.table != sums.table for ref in used)
