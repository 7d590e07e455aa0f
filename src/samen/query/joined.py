# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame of a question to two tables: join on secret keys, then combine the leaves of both sides.

A leaf is what one holder computed of its own columns. What mixes tables is combined here by sums and products
alone; only 'is this sum zero' takes a comparison. Rows without partner have leaves 0, that is: NULL, unknown.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..party import Party
from ..protocols.arithmetic import multiply
from ..protocols.compare import equal
from ..protocols.convert import numbers_to_words, words_to_numbers
from ..protocols.join import Side, join
from ..protocols.sort import Key
from ..ring import Shared, stack
from ..statistics.ranks import UNIT_BITS, ones, zeros
from ..study.model import ROW_UNIT, Study, Table
from .columns import Name, own_condition, row_sums, sum_leaves
from .expressions import (
    And,
    Case,
    Condition,
    Literal,
    Not,
    Number,
    Or,
    Plus,
    Times,
    tables,
)
from .figures import PAIRED, SPREAD, WEIGHTED, WHOLE, Figure
from .frame import FigureShares, Frame, SumShares, holder_flags, receive_table
from .job import Job
from .kinds import kind_of
from .plan import Plan
from .predictors import predictors
from .receive import receive_words
from .sums import Sums

Logic = tuple[Shared, Shared]
"""Where a condition is true, and where it is false."""


def frame_of_join(party: Party, job: Job, plan: Plan, number: int, study: Study) -> Frame:
    """Join both tables and compute every figure per row."""
    assert plan.join is not None  # noqa: S101 - for the type checker
    assert plan.joined is not None  # noqa: S101 - for the type checker
    left = receive_table(party, job, plan, number, plan.table.name, study)
    right = receive_table(party, job, plan, number, plan.joined.name, study)
    owners = holder_flags(job, plan.table.name)
    keys = [
        Key(receive_words(party, job, job.of_table(table.name), f"key{number}"), UNIT_BITS)
        for table in (plan.table, plan.joined)
    ]
    unit = _unit_numbers(party, job, plan)
    extra = [party.public(row) for row in owners] + ([unit] if unit is not None else [])
    distinct = _distinct_numbers(party, job, plan, number)
    other_unit = _other_numbers(party, job, plan.joined)
    own = [*left.values(), *extra, *(n for t, n in distinct.values() if t == plan.table.name)]
    other = [*right.values(), *(n for t, n in distinct.values() if t != plan.table.name), other_unit]
    valid = Name("valid")
    joined = join(
        party,
        Side([keys[0]], own, left[valid]),
        Side([keys[1]], other, right[valid]),
        kind="left" if plan.join.outer else "inner",
        right_unique=True,
    )
    leaves = dict(zip(left, joined.left, strict=False)) | dict(zip(right, joined.right, strict=False))
    leaves[valid] = joined.valid
    start = len(left)
    holders = stack(joined.left[start : start + len(owners)])
    moved = joined.left[start + len(owners) :]
    unit_key = None
    if unit is not None:
        unit_key, moved = _key(party, moved[0]), moved[1:]
    moved = [*moved, *joined.right[len(right) : -1]]
    order = [i for i, (t, _) in distinct.items() if t == plan.table.name]
    order += [i for i, (t, _) in distinct.items() if t != plan.table.name]
    found = {index: _key(party, column) for index, column in zip(order, moved, strict=True)}
    frame = JoinedRows(party, plan, study, leaves).frame(holders, unit_key, found)
    frame = replace(frame, other_unit=_key(party, joined.right[-1]))
    return replace(frame, linked=(joined.matched.sum().reshape(1), left[valid].sum().reshape(1)))


def _key(party: Party, column: Shared) -> Key:
    return Key(numbers_to_words(party, column, UNIT_BITS), UNIT_BITS)


def _unit_numbers(party: Party, job: Job, plan: Plan) -> Shared | None:
    """Units as numbers, to go along through the join; None when every row is its own unit."""
    if plan.table.unit_rows == 1 or plan.table.unit == ROW_UNIT:
        return None
    words = receive_words(party, job, job.of_table(plan.table.name), "units")
    return words_to_numbers(party, words, UNIT_BITS)


def _other_numbers(party: Party, job: Job, table: Table) -> Shared:
    """Units of the second table as numbers; where every row is its own unit, the number of the row."""
    if table.unit_rows == 1 or table.unit == ROW_UNIT:
        rows = sum(manifest.rows for manifest in job.of_table(table.name))
        return party.public(np.arange(1, rows + 1, dtype=np.uint64))
    return words_to_numbers(party, receive_words(party, job, job.of_table(table.name), "units"), UNIT_BITS)


def _distinct_numbers(party: Party, job: Job, plan: Plan, number: int) -> dict[int, tuple[str, Shared]]:
    """What COUNT(DISTINCT …) counts, as numbers, with its table."""
    found = {}
    for index, figure in enumerate(plan.figures):
        if figure.kind == "count_distinct":
            table = figure.refs[0].table
            words = receive_words(party, job, job.of_table(table), f"distinct{number}.{index}")
            found[index] = (table, words_to_numbers(party, words, UNIT_BITS))
    return found


class JoinedRows:
    """Expressions over both tables, on secret leaves."""

    def __init__(self, party: Party, plan: Plan, study: Study, leaves: dict[Name, Shared]) -> None:
        self.party, self.plan, self.study, self.leaves = party, plan, study, leaves
        self.rows = len(leaves[Name("valid")])

    def frame(self, holders: Shared, unit: Key | None, keys: dict[int, Key]) -> Frame:
        known = self.leaves[Name("valid")]
        for code in self.plan.groups:
            known = multiply(self.party, known, self.leaves[Name("known", expression=code)])
        base = self._and(known, self.logic(self.plan.where)[0], self.plan.where)
        figures = {
            index: self._figure(figure, known, base, keys.get(index))
            for index, figure in enumerate(self.plan.figures)
        }
        sums = {own: self._sums(own) for own in row_sums(self.plan, self.study)}
        return Frame([self._code(grouping) for grouping in self.plan.sets], figures, holders, unit, sums)

    def _sums(self, sums: Sums) -> SumShares:
        """Where each row stands in a table of sums, and what it adds there."""
        party, cell = self.party, zeros(self.party, self.rows)
        touched = multiply(party, self.leaves[Name("valid")], self.logic(own_condition(sums))[0])
        for code in sums.groups:
            cell = cell.scale(len(code.labels)) + self.leaves[Name("place", expression=code)]
            touched = multiply(party, touched, self.leaves[Name("known", expression=code)])
        size: Shared | None = None
        for table in dict.fromkeys(ref.table for ref in sums.product):
            flag, name = sum_leaves(sums.product, table)
            touched = multiply(party, touched, self.leaves[flag])
            part = self.leaves[name]
            size = part if size is None else multiply(party, size, part)
        return SumShares(cell, touched, size)

    def _and(self, x: Shared, y: Shared, condition: Condition) -> Shared:
        return x if condition == And(()) else multiply(self.party, x, y)

    def _code(self, grouping: tuple[int, ...]) -> Shared:
        code = zeros(self.party, self.rows)
        for index in grouping:
            group = self.plan.groups[index]
            code = code.scale(len(group.labels)) + self.leaves[Name("place", expression=group)]
        return code

    def _figure(self, figure: Figure, known: Shared, base: Shared, key: Key | None) -> FigureShares:
        party = self.party
        if figure.kind in WHOLE:
            return self._model(figure, base)
        own = base
        if figure.where != self.plan.where:
            own = multiply(party, known, self.logic(figure.where)[0])
        if figure.kind == "count_distinct":
            present = self.leaves[Name("present", expression=figure.refs[0])]
            contributes = multiply(party, own, present)
            return FigureShares(contributes, base, zeros(party, 0).reshape(0, self.rows), None, key)
        pairs = [self.number(arg) for arg in figure.args]
        for _, present in pairs:
            own = multiply(party, own, present)
        counted = contributes = own
        if figure.kind == "count" and pairs:
            counted = contributes = multiply(party, own, pairs[0][0])
        if figure.neutral_zero:
            contributes = multiply(party, own, self._nonzero(pairs[0][0], figure.args[0]))
        if figure.kind in WEIGHTED:
            contributes = multiply(party, own, self._nonzero(pairs[-1][0], figure.args[-1]))
        terms = self._terms(figure, [number for number, _ in pairs], counted)
        return FigureShares(contributes, base, stack(terms))

    def _nonzero(self, number: Shared, arg: Number) -> Shared:
        bits = kind_of(arg, self.study).largest.bit_length() + 1
        return ones(self.party, self.rows) - equal(self.party, number, zeros(self.party, self.rows), bits)

    def _terms(self, figure: Figure, numbers: list[Shared], counted: Shared) -> list[Shared]:
        """As ``rows.figure_rows`` has them, 0 where the row does not count."""
        party = self.party
        if figure.kind == "count":
            return [counted]
        if figure.kind in (*SPREAD, *PAIRED):
            return self._squares(figure, numbers, counted)
        first = multiply(party, counted, numbers[0])
        if figure.kind == "avg":
            return [first, counted]
        if figure.kind in ("weighted_sum", "weighted_avg"):
            product = multiply(party, first, numbers[1])
            weight = [multiply(party, counted, numbers[1])] if figure.kind == "weighted_avg" else []
            return [product, *weight]
        return [first]

    def _squares(self, figure: Figure, numbers: list[Shared], counted: Shared) -> list[Shared]:
        party = self.party
        centred = [
            multiply(party, counted, self.leaves[Name("centred", place, expression=figure)])
            for place in range(2 if figure.kind in PAIRED else 1)
        ]
        if figure.kind in PAIRED:
            u, v = centred
            products = multiply(party, stack([u, v, u]), stack([u, v, v]))
            return [u, v, products[0], products[1], products[2], counted]
        (u,) = centred
        weight = counted
        if figure.kind in WEIGHTED:
            weight = multiply(party, counted, numbers[1])
        weighted = multiply(party, weight, u)
        return [weighted, multiply(party, weighted, u), weight]

    def _model(self, figure: Figure, base: Shared) -> FigureShares:
        party, counted = self.party, base
        found = predictors(figure, self.study)
        for ref in dict.fromkeys(predictor.ref for predictor in found):
            counted = multiply(party, counted, self.leaves[Name("present", expression=ref)])
        columns = [self.leaves[Name("predictor", place, expression=figure)] for place in range(len(found))]
        if figure.kind == "kaplan_meier":
            columns = columns[1:]
        return FigureShares(counted, counted, stack([multiply(party, counted, column) for column in columns]))

    # Expressions

    def logic(self, condition: Condition) -> Logic:
        """Where a condition is true, and where it is false."""
        party = self.party
        if len(tables(condition)) == 1:
            return (
                self.leaves[Name("true", expression=condition)],
                self.leaves[Name("false", expression=condition)],
            )
        match condition:
            case Not(part):
                true, false = self.logic(part)
                return false, true
            case And(inner):
                return self._all([self.logic(part) for part in inner])
            case Or(inner):
                true, false = self._all([self.logic(part)[::-1] for part in inner])
                return false, true
        raise AssertionError(f"{condition} is one table's; {party.index}")  # pragma: no cover

    def _all(self, pairs: list[Logic]) -> Logic:
        """True where all are true, false where any is false."""
        party = self.party
        true, known_not_false = ones(party, self.rows), ones(party, self.rows)
        for t, f in pairs:
            true = multiply(party, true, t)
            known_not_false = multiply(party, known_not_false, ones(party, self.rows) - f)
        return true, ones(party, self.rows) - known_not_false

    def number(self, expression: Number) -> tuple[Shared, Shared]:
        """Numbers, 0 where absent, and where they are present."""
        party = self.party
        if len(tables(expression)) == 1:
            return (
                self.leaves[Name("number", expression=expression)],
                self.leaves[Name("present", expression=expression)],
            )
        match expression:
            case Literal(value):
                filled = party.public(np.full(self.rows, value or 0, dtype=np.int64))
                return filled, ones(party, self.rows).scale(int(value is not None))
            case Times(left, right):
                (a, p), (b, q) = self.number(left), self.number(right)
                products = multiply(party, stack([a, p]), stack([b, q]))
                return products[0], products[1]
            case Plus(left, right):
                (a, p), (b, q) = self._at(left, expression), self._at(right, expression)
                both = multiply(party, p, q)
                return multiply(party, both, a + b), both
            case Case():
                return self._case(expression)
        raise AssertionError(f"{expression} has one table")  # pragma: no cover

    def _at(self, part: Number, whole: Number) -> tuple[Shared, Shared]:
        """A number in the scale of what it is part of."""
        number, present = self.number(part)
        shift = kind_of(whole, self.study).scale - kind_of(part, self.study).scale
        return number.scale(10**shift), present

    def _case(self, expression: Case) -> tuple[Shared, Shared]:
        number, present = self._at(expression.otherwise, expression)
        for condition, value in reversed(expression.branches):
            chosen = self.logic(condition)[0]
            branch, known = self._at(value, expression)
            change = multiply(self.party, stack([chosen, chosen]), stack([branch - number, known - present]))
            number, present = number + change[0], present + change[1]
        return number, present
