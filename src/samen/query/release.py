# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From opened values to the analyst's table: expressions, HAVING, ORDER BY, LIMIT on released values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlglot import exp

from ..problems import Problem, QuestionError
from ..statistics.linear import FRACTION
from ..study.cells import shown
from ..study.model import Study
from .execute import Answer
from .figures import WHOLE
from .models import linear_rows, logistic_rows
from .plan import Plan, Value
from .private import notes
from .results import encoding
from .rows import max_rows
from .secret import SecretAnswer

REASONS = ("shown", "primary", "secondary", "difference", "rounded", "collinear")
"""The names of the reasons of ``judge``, in its order; of several the first is told."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A figure that is not shown, and why."""

    row: Mapping[str, Value]
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question. Suppressed figures are None in ``rows``."""

    name: str
    columns: list[str]
    rows: list[list[Value]]
    suppressed: list[Suppressed]
    notes: list[str]
    beside: str = ""
    """The question that hidden figures may not be shown beside."""


def _divide(a: Any, b: Any) -> Any:
    return None if b == 0 else a / b


_ARITHMETIC: dict[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.Add: lambda a, b: a + b,
    exp.Sub: lambda a, b: a - b,
    exp.Mul: lambda a, b: a * b,
    exp.Div: _divide,
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b,
    exp.GT: lambda a, b: a > b,
    exp.GTE: lambda a, b: a >= b,
}


class _Evaluator:
    """SQL expressions on one row of released values; anything with a suppressed value is suppressed."""

    def __init__(self, plan: Plan, values: Mapping[str, Value]) -> None:
        self.plan, self.values = plan, values

    def value(self, node: exp.Expression) -> Any:
        kind = type(node)
        if kind in _ARITHMETIC:
            return self._strict(_ARITHMETIC[kind], node.this, node.expression)
        match node:
            case exp.Column():
                return self.values[node.name]
            case exp.Literal():
                return node.this if node.is_string else _number(node.this)
            case exp.Paren():
                return self.value(node.this)
            case exp.Neg():
                return self._strict(lambda a, _: -a, node.this, node.this)
            case exp.Null():
                return None
            case exp.Round():
                places = 0 if node.args.get("decimals") is None else self.value(node.args["decimals"])
                return self._strict(lambda a, _: round(a, places), node.this, node.this)
        return self._logic(node)

    def _strict(
        self, function: Callable[[Any, Any], Any], left: exp.Expression, right: exp.Expression
    ) -> Any:
        a, b = self.value(left), self.value(right)
        try:
            return None if a is None or b is None else function(a, b)
        except TypeError:
            return self._refuse(left)

    def _logic(self, node: exp.Expression) -> Any:
        match node:
            case exp.And():
                a, b = self.value(node.this), self.value(node.expression)
                return False if a is False or b is False else None if None in (a, b) else True
            case exp.Or():
                a, b = self.value(node.this), self.value(node.expression)
                return True if a is True or b is True else None if None in (a, b) else False
            case exp.Not():
                return self._strict(lambda a, _: not a, node.this, node.this)
            case exp.Between():
                low = exp.GTE(this=node.this, expression=node.args["low"])
                high = exp.LTE(this=node.this, expression=node.args["high"])
                return self.value(exp.And(this=low, expression=high))
            case exp.In():
                options = [self.value(option) for option in node.expressions]
                return self._strict(lambda a, _: a in options, node.this, node.this)
            case exp.Is():
                return self.value(node.this) is None
        return self._refuse(node)

    def _refuse(self, node: exp.Expression) -> Any:
        name, sql = self.plan.name, node.sql()
        for index, figure in enumerate(self.plan.figures):
            sql = sql.replace(f"samen.f{index}", figure.sql)
        for index, group in enumerate(self.plan.groups):
            sql = sql.replace(f"samen.g{index}", group.ref.column)
        raise QuestionError(
            Problem(
                f"question {name}: {sql!r} is not supported on released values; use + - * /, "
                "comparisons, "
                "AND, OR, NOT, BETWEEN, IN, IS NULL, ROUND",
                f"vraag {name}: {sql!r} kan niet op vrijgegeven waarden; gebruik + - * /, "
                "vergelijkingen, AND, "
                "OR, NOT, BETWEEN, IN, IS NULL, ROUND",
                self.plan.question.line or None,
            )
        )


def _number(text: str) -> int | float:
    return float(text) if any(mark in text for mark in ".eE") else int(text)


def check_released(plan: Plan) -> None:
    """QuestionError when an expression over released values cannot be computed."""
    values: dict[str, Value] = {f"f{index}": 1 for index in range(len(plan.figures))}
    values |= {f"g{index}": "" for index in range(len(plan.groups) + 1)}
    evaluator = _Evaluator(plan, values)
    for node in (*(output.expression for output in plan.outputs), plan.having, *(n for n, _ in plan.order)):
        if node is not None:
            evaluator.value(node)


def release(
    plan: Plan, answers: Sequence[Answer], study: Study, labelled: Sequence[SecretAnswer] = ()
) -> Table:
    """The table of a question from its opened blocks, or from its secret labels that passed."""
    beside = next((a.beside for a in answers if a.question == plan.name and a.beside), "")
    return replace(_released(plan, answers, study, labelled), beside=beside)


def _released(plan: Plan, answers: Sequence[Answer], study: Study, labelled: Sequence[SecretAnswer]) -> Table:
    if plan.secret is not None:
        return _labelled(plan, next(a for a in labelled if a.question == plan.name), study)
    if plan.figures[0].kind in WHOLE:
        return _whole(plan, next(a for a in answers if a.question == plan.name), study)
    rows: list[tuple[dict[str, Value], dict[str, str]]] = []
    for grouping in plan.sets:
        blocks = {a.figure: a for a in answers if a.question == plan.name and a.grouping == grouping}
        for cell in range(plan.cells(grouping)):
            labels = plan.labels(grouping, cell)
            values: dict[str, Value] = {f"g{index}": label for index, label in enumerate(labels)}
            reasons = {}
            for index, answer in blocks.items():
                values[f"f{index}"] = _decoded(plan, index, answer, cell, study)
                if not answer.released[cell]:
                    reasons[f"f{index}"] = REASONS[answer.why[cell]]
            rows.append((values, reasons))
    return _table(plan, rows, study)


def _labelled(plan: Plan, answer: SecretAnswer, study: Study) -> Table:
    """Groups that passed; of the others nobody knows whether they exist."""
    assert plan.secret is not None  # noqa: S101 - the planner says so
    column = study.tables[plan.secret.table].columns[plan.secret.column]
    rows: list[tuple[dict[str, Value], dict[str, str]]] = []
    for group, label in enumerate(answer.labels):
        values: dict[str, Value] = {"g0": shown(column, label) if isinstance(label, int) else label}
        for index, figure in enumerate(plan.figures):
            code = encoding(figure, study, max_rows(plan))
            values[f"f{index}"] = code.number(int(answer.values[index, group]))
        rows.append((values, {}))
    return _table(plan, rows, study)


def _whole(plan: Plan, answer: Answer, study: Study) -> Table:
    """The table that a model is."""
    figure = plan.figures[0]
    if figure.kind == "kaplan_meier":
        rows: list[list[Value]] = []
        hidden = []
        for band, label in enumerate(plan.groups[0].labels):
            shown = bool(answer.released[band])
            rows.append([label, float(answer.values[band]) / 2.0**FRACTION if shown else None])
            if not shown:
                hidden.append(Suppressed({"time": label}, "survival", REASONS[answer.why[band]]))
        return Table(plan.name, ["time", "survival"], rows, hidden, [])
    if figure.kind == "peer_band":
        names: list[list[Value]] = [[holder, "told to this holder only"] for holder in plan.table.holders]
        return Table(plan.name, ["holder", "band"], names, [], [])
    columns = ["term", "estimate", "standard_error"]
    if not answer.released[0]:
        return Table(plan.name, columns, [], [Suppressed({}, figure.sql, REASONS[answer.why[0]])], [])
    make = linear_rows if figure.kind == "linear_regression" else logistic_rows
    return Table(plan.name, columns, make(figure, answer.values, study), [], [])


def _decoded(plan: Plan, index: int, answer: Answer, cell: int, study: Study) -> Value:
    if not answer.released[cell]:
        return None
    value = encoding(plan.figures[index], study, max_rows(plan)).number(int(answer.values[cell]))
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _table(plan: Plan, rows: list[tuple[dict[str, Value], dict[str, str]]], study: Study) -> Table:
    if plan.having is not None:
        rows = [row for row in rows if _Evaluator(plan, row[0]).value(plan.having) is True]
    for node, descending in reversed(plan.order):
        keyed = [(_Evaluator(plan, row[0]).value(node), row) for row in rows]
        shown = sorted((k for k in keyed if k[0] is not None), key=lambda k: k[0], reverse=descending)
        rows = [row for _, row in [*shown, *(k for k in keyed if k[0] is None)]]
    if plan.limit is not None:
        rows = rows[: plan.limit]
    columns = [output.name for output in plan.outputs]
    shown_rows, suppressed = [], []
    for values, reasons in rows:
        evaluator = _Evaluator(plan, values)
        cells = [evaluator.value(output.expression) for output in plan.outputs]
        shown_rows.append(cells)
        key = {
            output.name: cell
            for output, cell in zip(plan.outputs, cells, strict=True)
            if not _figures_in(output.expression)
        }
        for output in plan.outputs:
            why = {reasons[name] for name in _figures_in(output.expression) if name in reasons}
            if why:
                first = next(reason for reason in REASONS if reason in why)
                suppressed.append(Suppressed(key, output.name, first))
    extra = left_out(plan, study) if study.privacy is None else notes(study, plan, study.privacy)
    return Table(plan.name, columns, shown_rows, suppressed, extra)


def left_out(plan: Plan, study: Study) -> list[str]:
    """What a total of ROLLUP or CUBE does not count, said where a column of it may be without a value."""
    columns = [study.tables[code.ref.table].columns[code.ref.column] for code in plan.groups]
    names = " / ".join(column.name for column in columns if not column.required)
    if len(plan.sets) == 1 or not names:
        return []
    return [
        f"totals leave out rows without a value of {names}; a question of its own counts them",
        f"totalen tellen rijen zonder waarde van {names} niet mee; een eigen vraag telt ze mee",
    ]


def _figures_in(node: exp.Expression) -> list[str]:
    return [column.name for column in node.find_all(exp.Column) if column.name.startswith("f")]
