# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every released figure as a *variable*: a quantity over a set of atoms. Equal variables are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..study.model import Study
from .atoms import Atoms, Sets, known_groups, label_test
from .expressions import Among, Case, Condition, Literal, Not, Number, Or, Ref, conjunction, walk
from .figures import PAIRED, SPREAD, WHOLE, Figure
from .layout import Block, blocks_of
from .plan import Plan

Quantity = tuple[str, str, str]
"""Table (or join), what is measured, of which expression: figures of one quantity can be subtracted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: a block and a cell of it."""

    block: Block
    cell: int


@dataclass(frozen=True, slots=True)
class Variable:
    """One number that may be published, wherever it stands."""

    quantity: Quantity
    key: bytes
    places: list[Place]
    atoms: Sets
    condition: Condition


def quantity_of(plan: Plan, figure: Figure) -> Quantity | None:
    """What a figure adds up; None when figures of its kind cannot be subtracted."""
    counts_units = figure.kind == "count_distinct" and figure.refs[0] == Ref(plan.table.name, plan.table.unit)
    if (
        figure.kind == "quantile"
        or figure.kind in WHOLE
        or (figure.kind == "count_distinct" and not counts_units)
    ):
        return None
    source = plan.table.name if plan.join is None else f"{plan.join.left} {plan.join.right} {plan.join.outer}"
    inner = _inner(figure)
    if counts_units or figure.kind == "count" or isinstance(inner, Literal):
        return source, "units", ""
    kind = "squares" if figure.kind in (*SPREAD, *PAIRED) else "sum"
    return source, kind, str(inner if inner is not None else figure.args)


def _inner(figure: Figure) -> Number | None:
    """x of SUM(x) and of SUM(CASE WHEN … THEN x [ELSE 0] END)."""
    if len(figure.args) != 1:
        return None
    arg = figure.args[0]
    if isinstance(arg, Case) and len(arg.branches) == 1 and _neutral(arg.otherwise):
        return arg.branches[0][1]
    return arg


def _neutral(number: Number) -> bool:
    return isinstance(number, Literal) and not number.value


def counted(figure: Figure) -> Condition:
    """The rows that a figure can count, as far as its conditions tell."""
    conditions = [figure.where]
    for arg in figure.args:
        for part in walk(arg):
            if isinstance(part, Case):
                before: list[Condition] = []
                chosen: list[Condition] = []
                for test, value in part.branches:
                    if not _neutral(value):
                        chosen.append(conjunction(*before, test))
                    before.append(Not(test))
                if not _neutral(part.otherwise):
                    chosen.append(conjunction(*before) if before else Among(figure.refs[0], frozenset()))
                conditions.append(_any(chosen))
                break
    return conjunction(*conditions)


def _any(conditions: list[Condition]) -> Condition:
    return Or(tuple(conditions))


def cell_condition(plan: Plan, figure: Figure, grouping: tuple[int, ...], cell: int) -> Condition:
    """Which rows a figure counts in a cell."""
    tests = [counted(figure), known_groups(plan.groups)]
    for index in reversed(grouping):
        code = plan.groups[index]
        cell, place = divmod(cell, len(code.labels))
        tests.append(label_test(code, place))
    return conjunction(*tests)


def atoms_of(study: Study, plans: Sequence[Plan], released: Sequence[Condition] = ()) -> Atoms:
    """The atoms that some questions and some released cells can tell apart."""
    conditions = [plan.where for plan in plans] + list(released)
    conditions += [counted(figure) for plan in plans for figure in plan.figures]
    return Atoms(study, conditions, [code for plan in plans for code in plan.groups])


def variables(plans: Sequence[Plan], atoms: Atoms) -> list[Variable]:
    """The variables of some questions, in order."""
    found: dict[tuple[Quantity, bytes], Variable] = {}
    for block in (block for plan in plans for block in blocks_of(plan)):
        quantity = quantity_of(block.plan, block.figure)
        if quantity is None or block.plan.secret is not None:
            continue
        for cell, (condition, chosen) in enumerate(_cells(block, atoms)):
            key = np.packbits(chosen).tobytes()
            if (quantity, key) not in found:
                found[quantity, key] = Variable(quantity, key, [], chosen, condition)
            found[quantity, key].places.append(Place(block, cell))
    return list(found.values())


def _cells(block: Block, atoms: Atoms) -> Iterator[tuple[Condition, Sets]]:
    base = atoms.set_of(conjunction(counted(block.figure), known_groups(block.plan.groups)))
    labels = [
        [atoms.set_of(label_test(code, place)) for place in range(len(code.labels))]
        for code in block.plan.groups
    ]
    for cell in range(block.cells):
        chosen, rest = base, cell
        for index in reversed(block.grouping):
            rest, place = divmod(rest, len(labels[index]))
            chosen = chosen & labels[index][place]
        yield cell_condition(block.plan, block.figure, block.grouping, cell), chosen
