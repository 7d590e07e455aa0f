# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a figure tells, whatever its expression: the sums of products of columns that it is computed from.

A *moment* is the sum of a product of columns over the rows where a condition is true; the empty product
counts rows. ``SUM(x + 1000000)`` is the sum of x and the number of rows; AVG(x) is the sum of x and the
number of rows where x is known, so AVG, SUM and COUNT of one set are one thing; a variance adds the sum of
squares; a regression is the table of its codes and the products of its numbers. Constants and factors drop
out. All that a reader can compute from a figure follows from its moments, so whoever judges these judges it
[Denning, Cryptography and Data Security, 1982, chapter 6].
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement

from ..study.model import Column, Study
from .expressions import (
    TRUE,
    Among,
    And,
    Below,
    Case,
    Code,
    Condition,
    Known,
    Literal,
    Missing,
    Not,
    Number,
    Or,
    Plus,
    Ref,
    Times,
    conjunction,
)
from .figures import PAIRED, SPREAD, WEIGHTED, Figure
from .kinds import kind_of

Product = tuple[Ref, ...]
FALSE = Or(())


@dataclass(frozen=True, slots=True)
class Moment:
    """The sum of a product of columns over the rows where ``where`` is true; an empty product counts them.

    ``groups`` are classifications that the figure itself makes, as a regression on a code does.
    """

    product: Product
    where: Condition
    groups: tuple[Code, ...] = ()


def moments_of(figure: Figure, study: Study) -> tuple[Moment, ...]:
    """The moments of a figure; none for the kinds that have rules of their own.

    These are quantiles, survival, the place among peers, and how many different values there are.
    """
    if figure.kind in ("quantile", "peer_band", "kaplan_meier") or _counts_values(figure, study):
        return ()
    if figure.kind in ("linear_regression", "logistic_regression"):
        return _model(figure, study)
    if figure.kind == "count_distinct":
        return (Moment((), conjunction(figure.where, known(figure.refs[0], study))),)
    parts = _Parts(study)
    present = conjunction(figure.where, *(known(arg, study) for arg in figure.args))
    found = [
        Moment(part.product, conjunction(present, part.where))
        for number in _summed(figure)
        for part in parts.of(number)
    ]
    return _distinct(found, study)


def counts_only(figure: Figure, study: Study) -> bool:
    """A sum that counts rows: of ones, of a flag, of CASE … THEN 1."""
    kind = kind_of(figure.args[0], study)
    plain = (kind.low, kind.scale) == (0, 0) and kind.high <= 1
    return plain and all(not moment.product for moment in moments_of(figure, study))


def undoes_rounding(figure: Figure, study: Study) -> bool:
    """Whether a figure tells an exact number of rows where counts are rounded; then it is never released.

    COUNT, sums that count and averages are made from rounded numbers. What has the number of rows inside it
    and cannot be made so is not.
    """
    if study.rules.round_counts <= 1:
        return False
    if figure.kind in (*PAIRED, "linear_regression", "logistic_regression", "kaplan_meier"):
        return True
    if figure.kind in SPREAD:
        return figure.kind not in WEIGHTED
    if figure.kind not in ("sum", "avg"):
        return False
    parts = [part for part in _Parts(study).of(figure.args[0]) if part.where != FALSE]
    counted = any(not level.product for part in parts for level in _levels(part, study))
    return counted and not counts_only(figure, study)


def _distinct(found: list[Moment], study: Study) -> tuple[Moment, ...]:
    """Each moment once, numbers of few values as the rows that have each value."""
    plain = [level for moment in found if moment.where != FALSE for level in _levels(moment, study)]
    return tuple(dict.fromkeys(_simplified(moment) for moment in plain))


def _levels(moment: Moment, study: Study) -> list[Moment]:
    for ref in dict.fromkeys(moment.product):
        values = levels_of(study.tables[ref.table].columns[ref.column], moment.product.count(ref))
        if values is not None:
            rest = tuple(other for other in moment.product if other != ref)
            chosen = [
                Moment(rest, conjunction(moment.where, _equals(ref, value, values)), moment.groups)
                for value in values
                if value
            ]
            return [level for one in chosen for level in _levels(one, study)]
    return [moment]


def _equals(ref: Ref, value: int, values: range) -> Condition:
    tests: list[Condition] = [Not(Missing(ref))]
    if value > values[0]:
        tests.append(Not(Below(ref, value)))
    if value < values[-1]:
        tests.append(Below(ref, value + 1))
    return conjunction(*tests)


def _counts_values(figure: Figure, study: Study) -> bool:
    """COUNT(DISTINCT …) of something else than the unit."""
    return (
        figure.kind == "count_distinct" and figure.refs[0].column != study.tables[figure.refs[0].table].unit
    )


def _summed(figure: Figure) -> list[Number]:
    """The row expressions whose sums give the figure."""
    one = Literal(1)
    if figure.kind == "count":
        return list(figure.args) or [one]
    if figure.kind in ("sum", "weighted_count"):
        return [figure.args[0]]
    if figure.kind == "avg":
        return [figure.args[0], one]
    if figure.kind in WEIGHTED:
        x, weight = figure.args
        product = [Times(x, weight)]
        if figure.kind != "weighted_sum":
            product.append(weight)  # type: ignore[arg-type]
        if figure.kind in SPREAD:
            product.append(Times(Times(x, x), weight))
        return list(product)
    if figure.kind in PAIRED:
        x, y = figure.args
        return [one, x, y, Times(x, x), Times(y, y), Times(x, y)]
    (x,) = figure.args
    return [one, x, Times(x, x)]


def _model(figure: Figure, study: Study) -> tuple[Moment, ...]:
    """A model on codes is the table of its cells; a model on numbers is their sums and products."""
    present = conjunction(figure.where, *(known(ref, study) for ref in figure.refs))
    codes, numbers = [], []
    for ref in figure.refs:
        column = study.tables[ref.table].columns[ref.column]
        if column.type == "code":
            codes.append(Code(ref, tuple(column.codes)))
        else:
            numbers.append(ref)
    parts = _Parts(study)
    sums: list[Number] = [Literal(1), *numbers]
    found = [part for number in sums for part in parts.of(number)]
    for x, y in combinations_with_replacement(numbers, 2):
        found += parts.of(Times(x, y))
    moments = [Moment(part.product, conjunction(present, part.where)) for part in found]
    for code in codes:
        for number in sums:
            moments += [
                Moment(part.product, conjunction(present, part.where), (code,)) for part in parts.of(number)
            ]
    for index, code in enumerate(codes):
        moments += [Moment((), present, (other, code)) for other in codes[:index]]
    return _distinct(moments, study)


def known(number: Number, study: Study) -> Condition:
    """Where a number is known: SQL's arithmetic with a missing value is missing."""
    match number:
        case Ref(table, name):
            return TRUE if study.tables[table].columns[name].required else Not(Missing(number))
        case Literal(value):
            return FALSE if value is None else TRUE
        case Known(_):
            return TRUE
        case Plus(left, right) | Times(left, right):
            return conjunction(known(left, study), known(right, study))
        case Case(branches, otherwise):
            tests: list[Condition] = []
            before: list[Condition] = []
            for test, chosen in branches:
                tests.append(conjunction(*before, test, known(chosen, study)))
                before.append(untrue(test))
            tests.append(conjunction(*before, known(otherwise, study)))
            return _any([test for test in tests if test != FALSE])


def untrue(condition: Condition) -> Condition:
    """False or unknown: where CASE goes on to the next branch."""
    match condition:
        case Below(ref) | Among(ref):
            return Or((Not(condition), Missing(ref)))
        case Missing(_):
            return Not(condition)
        case Not(part):
            return unfalse(part)
        case And(parts):
            return _any([untrue(part) for part in parts])
        case Or(parts):
            return conjunction(*(untrue(part) for part in parts))


def unfalse(condition: Condition) -> Condition:
    """True or unknown."""
    match condition:
        case Below(ref) | Among(ref):
            return Or((condition, Missing(ref)))
        case Missing(_):
            return condition
        case Not(part):
            return untrue(part)
        case And(parts):
            return conjunction(*(unfalse(part) for part in parts))
        case Or(parts):
            return _any([unfalse(part) for part in parts])


def _any(conditions: list[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else Or(tuple(conditions))


def levels_of(column: Column, power: int) -> range | None:
    """The values of a whole number that sums of its powers up to ``power`` tell apart; None if they cannot.

    k values are told apart by k - 1 powers (a Vandermonde system): a flag of 0 and 1 by its sum already.
    """
    values = column.high - column.low + 1
    return range(column.low, column.high + 1) if column.type == "integer" and power >= values - 1 else None


class _Parts:
    """Numbers as sums of products of columns: a polynomial without its factors."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def of(self, number: Number) -> list[Moment]:
        match number:
            case Ref():
                return [Moment((number,), TRUE)]
            case Literal(value):
                return [Moment((), TRUE)] if value else []
            case Known(arg):
                where = known(arg, self.study)
                return [] if where == FALSE else [Moment((), where)]
            case Plus(left, right):
                return [*self.of(left), *self.of(right)]
            case Times(left, right):
                return [_times(x, y) for x in self.of(left) for y in self.of(right)]
            case Case(branches, otherwise):
                return self._case(branches, otherwise)

    def _case(self, branches: tuple[tuple[Condition, Number], ...], otherwise: Number) -> list[Moment]:
        found: list[Moment] = []
        before: list[Condition] = []
        for test, value in branches:
            chosen = conjunction(*before, test)
            found += [Moment(m.product, conjunction(chosen, m.where)) for m in self.of(value)]
            before.append(untrue(test))
        chosen = conjunction(*before)
        return found + [Moment(m.product, conjunction(chosen, m.where)) for m in self.of(otherwise)]


def _times(x: Moment, y: Moment) -> Moment:
    return Moment(tuple(sorted((*x.product, *y.product), key=str)), conjunction(x.where, y.where))


def _simplified(moment: Moment) -> Moment:
    """Each test once, in one order, so that equal conditions are equal."""
    where = moment.where
    if isinstance(where, And):
        where = conjunction(*sorted(set(where.parts), key=repr))
    return Moment(moment.product, where, moment.groups)
