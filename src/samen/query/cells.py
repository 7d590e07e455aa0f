# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every released figure as a *variable*: a quantity over a set of atoms. Equal variables are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..study.model import Study
from .atoms import Atoms, Sets, known_groups, label_test
from .expressions import (
    Among,
    Case,
    Condition,
    Literal,
    Not,
    Number,
    Or,
    Plus,
    Ref,
    condition_refs,
    conjunction,
    refs,
    walk,
)
from .figures import PAIRED, WHOLE, Figure
from .layout import Block, blocks_of
from .plan import Plan

Quantity = tuple[str, str, str]
"""Table (or join), kind, expression: figures of one quantity add up."""
Tokens = frozenset[str]
"""Columns and 'units': figures that share one tell about the same values, whatever their expressions."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: a block and a cell of it."""

    block: Block
    cell: int


@dataclass(frozen=True, slots=True)
class Variable:
    """One number that may be published, wherever it stands."""

    quantity: Quantity
    tokens: Tokens
    group: str
    """Figures that can be used against one another: linked by tokens, through any questions of the table."""
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
    if counts_units or (figure.kind == "count" and not figure.args) or isinstance(inner, Literal):
        return source, "units", ""
    kind = "sum" if figure.kind == "weighted_sum" else figure.kind
    return source, kind, str(inner if inner is not None else figure.args)


def tokens_of(figure: Figure) -> Tokens:
    """What a figure tells about. A constant that is added to a column tells about units as well.

    A covariance of a column with itself is a variance, and tells about that column.
    """
    if figure.kind in PAIRED and not refs(figure.args[0]) & refs(figure.args[1]):
        return frozenset([f"pair {sorted(refs_of(figure))}"])
    found = set()
    if figure.kind in ("count", "count_distinct") or isinstance(_inner(figure), Literal):
        return frozenset(["units"])
    for arg in figure.args:
        for part in walk(arg):
            if isinstance(part, Ref) and part not in condition_refs(arg):
                found.add(f"{part.table}.{part.column}")
            if isinstance(part, Plus) and any(isinstance(p, Literal) for p in (part.left, part.right)):
                found.add("units")
    return frozenset(found or refs_of(figure))


def told_columns(figure: Figure) -> tuple[Ref, ...]:
    """The numbers that a row must have, other than zero, to contribute to a figure; none: every row does."""
    if "units" in tokens_of(figure) or figure.kind in PAIRED:
        return ()
    found = {
        part
        for arg in figure.args
        for part in walk(arg)
        if isinstance(part, Ref) and part not in condition_refs(arg)
    }
    return tuple(sorted(found, key=str))


def refs_of(figure: Figure) -> set[str]:
    return {f"{ref.table}.{ref.column}" for ref in figure.refs} or {"units"}


def linked(sources: Sequence[str], tokens: Sequence[Tokens]) -> list[str]:
    """A group name per item: those of one source that share a token, also through others, have one."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    named = [
        [f"{source}: {token}" for token in sorted(own)] for source, own in zip(sources, tokens, strict=True)
    ]
    for names in named:
        for name in names[1:]:
            parent[root(name)] = root(names[0])
    return [root(names[0]) for names in named]


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


def variables(plans: Sequence[Plan], atoms: Atoms, more: Sequence[tuple[str, Tokens]] = ()) -> list[Variable]:
    """The variables of some questions, in order. ``more`` are sources and tokens that link groups as well."""
    blocks = [
        (block, quantity)
        for plan in plans
        for block in blocks_of(plan)
        if (quantity := quantity_of(block.plan, block.figure)) is not None and plan.secret is None
    ]
    tokens = [tokens_of(block.figure) for block, _ in blocks]
    sources = [quantity[0] for _, quantity in blocks]
    groups = linked([*sources, *(s for s, _ in more)], [*tokens, *(t for _, t in more)])
    found: dict[tuple[Quantity, bytes], Variable] = {}
    for (block, quantity), own, group in zip(blocks, tokens, groups, strict=False):
        for cell, (condition, chosen) in enumerate(_cells(block, atoms)):
            key = quantity, np.packbits(chosen).tobytes()
            if key not in found:
                found[key] = Variable(quantity, own, group, [], chosen, condition)
            found[key].places.append(Place(block, cell))
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
