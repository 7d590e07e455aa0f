# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each row adds to a figure, computed by its holder in the clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..study.data import TableData
from ..study.model import Study, Table
from .evaluate import Flags, Integers, PlainRows, Values
from .expressions import Number, Ref
from .figures import SPREAD, WEIGHTED, Figure, centre, coarse
from .kinds import kind_of
from .moments import Product, moments_of
from .plan import Plan
from .predictors import predictor_columns

SIZE_BITS = 53
"""Sums of contributions stay below this many bits; larger numbers lose their last ones, rounded up."""


@dataclass(frozen=True, slots=True)
class FigureRows:
    """Per row: does it contribute, does it belong to the group at all, its terms, its absolute size.

    Terms (count, rows) are 0 where the row does not count; ``magnitude`` only for groups that are
    judged where they lie.
    """

    contributes: Flags
    base: Flags
    terms: Integers
    magnitude: Integers | None


def plain_rows(study: Study, table: Table, data: TableData) -> PlainRows:
    return PlainRows(study, data.rows, {Ref(table.name, name): c for name, c in data.columns.items()})


def group_codes(plan: Plan, rows: PlainRows, grouping: Sequence[int]) -> Integers:
    """The cell of each row in a grouping set; -1 where any group of the question is missing."""
    code = np.zeros(rows.rows, dtype=np.int64)
    known = np.ones(rows.rows, dtype=bool)
    if plan.secret is not None:
        known &= rows.columns[plan.secret].present
    for index, group in enumerate(plan.groups):
        place = rows.code(group)
        known &= place >= 0
        if index in grouping:
            code = code * len(group.labels) + place
    return np.where(known, code, -1)


def figure_rows(plan: Plan, figure: Figure, rows: PlainRows) -> FigureRows:
    """What every row adds to a figure."""
    base, own = rows.true(plan.where), rows.true(figure.where)
    values = [rows.number(arg) for arg in figure.args]
    if figure.kind in ("linear_regression", "kaplan_meier", "peer_band", "logistic_regression"):
        return _model_rows(figure, rows, base)
    contributes = own & _all_present(values, rows.rows)
    if figure.kind == "count_distinct":
        present = rows.columns[figure.refs[0]].present
        return FigureRows(own & present, base, np.zeros((0, rows.rows), dtype=np.int64), None)
    if figure.kind == "count" and values:  # COUNT(x): Known(x) is 0 where x is missing
        contributes &= values[0].numbers != 0
    if figure.neutral_zero:
        counted, contributes = contributes, contributes & (values[0].numbers != 0)
    else:
        counted = contributes
    if figure.kind in WEIGHTED:
        contributes = contributes & (values[-1].numbers != 0)
    terms = np.stack(_terms(figure, values, rows.study, max_rows(plan))) * counted
    if plan.secret is None:
        return FigureRows(contributes, base, terms, None)
    return _of_columns(figure, rows, FigureRows(contributes, base, terms, None))


def _of_columns(figure: Figure, rows: PlainRows, added: FigureRows) -> FigureRows:
    """Contributions on the columns themselves, for groups that are judged where they lie.

    Of the powers of a column the highest: whoever does not dominate the squares does not dominate the sum.
    """
    products = [moment.product for moment in moments_of(figure, rows.study) if moment.product]
    contributes = added.contributes
    for product in products:
        contributes = contributes & sizes_of(product, rows)[0]
    if not products:
        return replace(added, contributes=contributes)
    _, size = sizes_of(max(products, key=len), rows)
    return FigureRows(contributes, added.base, added.terms, np.where(contributes, size, 0))


def sizes_of(product: Product, rows: PlainRows, factors: int = 1) -> tuple[Flags, Integers]:
    """Of every row: does it contribute to the sum of a product of columns, and how much, without its sign.

    ``factors`` numbers of this size are going to be multiplied.
    """
    touched, size = np.ones(rows.rows, dtype=bool), np.ones(rows.rows)
    for ref in product:
        data = rows.columns[ref]
        touched &= data.present & (data.values != 0)
        size = size * np.abs(np.where(data.present, data.values, 0).astype(np.float64))
    size = np.ceil(size / 2.0 ** shift_of(product, rows.study, factors))
    return touched, np.where(touched, size, 0).astype(np.int64)


def shift_of(product: Product, study: Study, factors: int = 1) -> int:
    """Low bits that contributions leave out, so that their sum over all rows fits."""
    bits = sum(_largest(ref, study).bit_length() for ref in product)
    rows = max((table.max_rows for table in study.tables.values()), default=1)
    return max(0, bits - (SIZE_BITS - rows.bit_length()) // factors)


def _largest(ref: Ref, study: Study) -> int:
    column = study.tables[ref.table].columns[ref.column]
    return max(abs(column.low), abs(column.high), 1)


def max_rows(plan: Plan) -> int:
    return max(table.max_rows for table in plan.tables)


def _all_present(values: Sequence[Values], rows: int) -> Flags:
    everything: Flags = np.logical_and.reduce(
        [np.ones(rows, dtype=bool), *(value.present for value in values)]
    )
    return everything


def centred(arg: Number, numbers: Integers, study: Study, rows: int) -> Integers:
    """(x - c) / 2^s rounded, with the public c and s of the range."""
    kind = kind_of(arg, study)
    shift = coarse(kind, rows)
    return rounded_shift(numbers - centre(kind), shift)


def rounded_shift(numbers: Integers, shift: int) -> Integers:
    return numbers if shift == 0 else (numbers + (1 << (shift - 1))) >> shift


def weight_factor(figure: Figure, study: Study) -> int:
    """The largest weight of a weighted figure; 1 for others."""
    return max(1, kind_of(figure.args[1], study).largest) if figure.kind in WEIGHTED else 1


def _terms(figure: Figure, values: Sequence[Values], study: Study, rows: int) -> list[NDArray[np.int64]]:
    numbers = [value.numbers for value in values]
    if figure.kind == "count":
        return [numbers[0] if numbers else np.ones(1, dtype=np.int64)]
    if figure.kind in ("sum", "weighted_count", "quantile"):
        return [numbers[0]]
    one = np.ones_like(numbers[0])
    if figure.kind == "avg":
        return [numbers[0], one]
    if figure.kind == "weighted_sum":
        return [numbers[0] * numbers[1]]
    if figure.kind == "weighted_avg":
        return [numbers[0] * numbers[1], numbers[1]]
    if figure.kind in SPREAD:
        weight = numbers[1] if figure.kind in WEIGHTED else one
        u = centred(figure.args[0], numbers[0], study, rows * weight_factor(figure, study))
        return [weight * u, weight * u * u, weight]
    u, v = (centred(arg, n, study, rows) for arg, n in zip(figure.args, numbers, strict=True))
    return [u, v, u * u, v * v, u * v, one]


def _model_rows(figure: Figure, rows: PlainRows, base: Flags) -> FigureRows:
    matrix, present = predictor_columns(figure, rows)
    counted = base & present
    matrix = matrix * counted
    if figure.kind == "linear_regression":
        first, second = np.triu_indices(len(matrix))
        terms = np.concatenate([counted[None].astype(np.int64), matrix, matrix[first] * matrix[second]])
    else:
        terms = matrix[1:] if figure.kind == "kaplan_meier" else matrix
    return FigureRows(counted, counted, terms, None)
