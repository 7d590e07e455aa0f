# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Row columns that holders share where totals are not enough: to sort, to join, to follow units.

A column is named by what it is. Without a join a holder computes all of a figure per row; with one it
computes every *leaf*, the largest expressions of its own table, and the parties combine them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..study.model import Study, Table
from .atoms import PARTNER
from .evaluate import Integers, PlainRows
from .expressions import Among, And, Case, Code, Condition, Number, Ref, conjunction, parts, tables
from .figures import PAIRED, SPREAD, WHOLE, Figure
from .layout import terms_of
from .moments import Product, moments_of
from .plan import Plan, holder_side
from .predictors import predictor_columns, predictors
from .rows import centred, figure_rows, group_codes, max_rows, sizes_of, weight_factor
from .sums import Sums, sums_of, with_margins

FROM_ROWS = ("quantile", "count_distinct", "logistic_regression")
LEVERED = ("linear_regression", "logistic_regression")
"""Kinds where each row's leverage is judged."""
"""Kinds that need rows even where every unit has one row."""


@dataclass(frozen=True, slots=True)
class Name:
    """``what`` of which figure or grouping set (``index``), or of which expression."""

    what: str
    index: int = 0
    place: int = 0
    expression: object = None


def needs_rows(plan: Plan, figure: Figure) -> bool:
    """Whether parties need rows for a figure, or holders' totals are enough."""
    return not holder_side(plan) or figure.kind in FROM_ROWS or figure.kind in LEVERED


def column_names(plan: Plan, table: Table, study: Study) -> list[Name]:
    """The columns of a table that a question needs as rows, in order."""
    if not any(needs_rows(plan, figure) for figure in plan.figures):
        return []
    if plan.join is not None:
        return [Name("valid"), *dict.fromkeys(_leaves(plan, table.name, study))]
    names = [Name("valid"), *(Name("code", s) for s in range(len(plan.sets)))]
    for index, figure in enumerate(plan.figures):
        if needs_rows(plan, figure):
            names += [Name("contributes", index), Name("base", index)]
            names += [Name("term", index, place) for place in range(row_terms(figure, study))]
            if plan.secret is not None and _has_size(figure, study):
                names.append(Name("magnitude", index))
    for number, _ in enumerate(row_sums(plan, study)):
        names += [Name("cell", number), Name("touched", number), Name("size", number)]
    return names


def _has_size(figure: Figure, study: Study) -> bool:
    return any(moment.product for moment in moments_of(figure, study))


def row_sums(plan: Plan, study: Study) -> list[Sums]:
    """The sums of a question that parties judge row by row: holders cannot add up their own."""
    return [] if holder_side(plan) else with_margins(sums_of([plan], study))


def row_terms(figure: Figure, study: Study) -> int:
    """Terms per row; for a regression the predictors themselves."""
    if figure.kind in ("linear_regression", "logistic_regression"):
        return len(predictors(figure, study))
    return {"quantile": 1, "count_distinct": 0}.get(figure.kind, terms_of(figure, study))


def plain_columns(plan: Plan, table: Table, rows: PlainRows) -> list[Integers]:
    """The columns of ``column_names`` at a holder, computed in the clear."""
    study = rows.study
    found = []
    known = {i: figure_rows(plan, f, rows) for i, f in enumerate(plan.figures)} if plan.join is None else {}
    inside = group_codes(plan, rows, ()) >= 0 if plan.join is None else None
    for name in column_names(plan, table, study):
        if name.what == "valid":
            found.append(np.ones(rows.rows, dtype=np.int64))
        elif name.what == "code":
            found.append(np.maximum(group_codes(plan, rows, plan.sets[name.index]), 0))
        elif plan.join is not None:
            found.append(_leaf(plan, name, rows))
        elif name.what in ("cell", "touched", "size"):
            found.append(_sum_column(row_sums(plan, study)[name.index], name.what, rows))
        else:
            added = known[name.index]
            values = {"contributes": added.contributes, "base": added.base, "magnitude": added.magnitude}
            first = plan.figures[name.index].kind == "linear_regression"  # its terms begin with the count
            values["term"] = added.terms[name.place + first] if name.what == "term" else None
            chosen = values[name.what]
            assert chosen is not None  # noqa: S101 - for the type checker
            assert inside is not None  # noqa: S101 - for the type checker
            found.append(np.where(inside, chosen, 0).astype(np.int64))
    return found


def _sum_column(sums: Sums, what: str, rows: PlainRows) -> Integers:
    """Per row: its cell, whether it contributes there, and how much."""
    cell, inside = np.zeros(rows.rows, dtype=np.int64), rows.true(sums.where)
    for code in sums.groups:
        place = rows.code(code)
        inside &= place >= 0
        cell = cell * len(code.labels) + np.maximum(place, 0)
    if what == "cell":
        return np.where(inside, cell, 0)
    touched, size = sizes_of(sums.product, rows)
    return (touched & inside).astype(np.int64) if what == "touched" else np.where(inside, size, 0)


# Leaves of a join


def _leaves(plan: Plan, table: str, study: Study) -> Iterator[Name]:
    """Every column of one side of a join that the parties combine."""
    conditions = [plan.where, *(figure.where for figure in plan.figures)]
    for condition in conditions:
        yield from condition_leaves(condition, table)
    for code in plan.groups:
        if code.ref.table == table:
            yield from (Name("place", expression=code), Name("known", expression=code))
    for figure in plan.figures:
        yield from _figure_leaves(figure, table, study)
    for sums in row_sums(plan, study):
        yield from condition_leaves(own_condition(sums), table)
        for code in sums.groups:
            if code.ref.table == table:
                yield from (Name("place", expression=code), Name("known", expression=code))
        if of_table(sums.product, table):
            yield from sum_leaves(sums.product, table)


def _figure_leaves(figure: Figure, table: str, study: Study) -> Iterator[Name]:
    if figure.kind in WHOLE:
        yield from _model_leaves(figure, table, study)
        return
    if figure.kind == "count_distinct" and figure.refs[0].table == table:
        yield Name("present", expression=figure.refs[0])
    for place, arg in enumerate(figure.args):
        squared = figure.kind in PAIRED or (figure.kind in SPREAD and place == 0)
        if squared and tables(arg) == {table}:
            yield Name("centred", place, expression=figure)
        yield from number_leaves(arg, table)


def sum_leaves(product: Product, table: str) -> tuple[Name, Name]:
    """Does a row of one table contribute to a product, and how much; a mixed product has several factors."""
    factors = len({ref.table for ref in product})
    own = of_table(product, table)
    return Name("touched", expression=own), Name("size", factors, expression=own)


def own_condition(sums: Sums) -> Condition:
    """The condition of sums without: has a partner in the join, which holders do not know."""
    parts = sums.where.parts if isinstance(sums.where, And) else (sums.where,)
    return conjunction(
        *(part for part in parts if not (isinstance(part, Among) and part.ref.column == PARTNER))
    )


def of_table(product: Product, table: str) -> Product:
    """The columns of a product that one table has."""
    return tuple(ref for ref in product if ref.table == table)


def _model_leaves(figure: Figure, table: str, study: Study) -> Iterator[Name]:
    for place, predictor in enumerate(predictors(figure, study)):
        if predictor.ref.table == table:
            yield Name("predictor", place, expression=figure)
            yield Name("present", expression=predictor.ref)


def condition_leaves(condition: Condition, table: str) -> Iterator[Name]:
    used = tables(condition)
    if used == {table}:
        yield from (Name("true", expression=condition), Name("false", expression=condition))
    elif table in used:
        for part in parts(condition):
            yield from condition_leaves(part, table)  # type: ignore[arg-type]


def number_leaves(number: Number, table: str) -> Iterator[Name]:
    used = tables(number)
    if used == {table}:
        yield from (Name("number", expression=number), Name("present", expression=number))
    elif table in used:
        if isinstance(number, Case):
            for condition, value in number.branches:
                yield from condition_leaves(condition, table)
                yield from number_leaves(value, table)
            yield from number_leaves(number.otherwise, table)
        else:
            for part in parts(number):
                yield from number_leaves(part, table)  # type: ignore[arg-type]


def _leaf(plan: Plan, name: Name, rows: PlainRows) -> Integers:
    """A leaf at its holder."""
    expression = name.expression
    if isinstance(expression, Figure):
        if name.what == "predictor":
            return _predictor(expression, name.index, rows)
        most = max_rows(plan) * (weight_factor(expression, rows.study) if name.index == 0 else 1)
        arg = expression.args[name.index]
        return centred(arg, rows.number(arg).numbers, rows.study, most)
    if isinstance(expression, Code):
        place = rows.code(expression)
        return np.maximum(place, 0) if name.what == "place" else (place >= 0).astype(np.int64)
    if name.what in ("touched", "size"):
        touched, size = sizes_of(expression, rows, max(1, name.index))  # type: ignore[arg-type]
        return touched.astype(np.int64) if name.what == "touched" else size
    if name.what in ("true", "false"):
        true, false = rows.logic(expression)  # type: ignore[arg-type]
        return (true if name.what == "true" else false).astype(np.int64)
    if name.what == "present" and isinstance(expression, Ref):
        return rows.columns[expression].present.astype(np.int64)
    values = rows.number(expression)  # type: ignore[arg-type]
    return values.numbers if name.what == "number" else values.present.astype(np.int64)


def _predictor(figure: Figure, place: int, rows: PlainRows) -> Integers:
    """One column of a model of which this holder has only some."""
    predictor = predictors(figure, rows.study)[place]
    own = Figure(figure.kind, refs=(predictor.ref,))
    matrix, present = predictor_columns(own, rows)
    mine = [p.place for p in predictors(own, rows.study)].index(predictor.place)
    column: Integers = matrix[mine] * present
    return column
