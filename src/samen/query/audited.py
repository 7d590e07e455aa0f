# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit of a run's released tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..disclosure.audit import Interval, feasible_intervals
from ..problems import Problem, RefusedError
from ..study.model import Study
from .differences import Guarded
from .execute import Answer
from .figures import PAIRED, SPREAD
from .kinds import kind_of
from .results import encoding
from .rows import max_rows
from .suppress import relations_of


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the released tables still tell about one hidden figure."""

    question: str
    figure: str
    labels: tuple[str | None, ...]
    low: float | None
    high: float | None


def audit(study: Study, guarded: Guarded, answers: Sequence[Answer]) -> list[Hidden]:
    """Feasible intervals of hidden figures. RefusedError when one is narrower than the rules allow."""
    relations = relations_of(guarded, exact=True)
    if not relations:
        return []
    by_block = {(a.question, a.grouping, a.figure): a for a in answers}
    size = len(guarded.variables)
    hidden, negative = np.ones(size, dtype=bool), np.zeros(size, dtype=bool)
    values, slack = np.zeros(size), np.zeros(size)
    for index, variable in enumerate(guarded.variables):
        block, cell = variable.places[0].block, variable.places[0].cell
        figure = block.figure
        negative[index] = any(kind_of(arg, study).low < 0 for arg in figure.args) or figure.kind in PAIRED
        answer = by_block[block.question, block.grouping, block.index]
        if not answer.released[cell]:
            continue
        hidden[index] = False
        value = encoding(figure, study, max_rows(block.plan)).number(int(answer.values[cell]))
        values[index] = value
        step = study.rules.round_counts if figure.kind == "count" else study.rules.round_sums
        slack[index] = step / 2 if step > 1 else 0.0
    usable = [r for r in relations if _usable(guarded, (r.whole, *r.parts))]
    found = feasible_intervals(usable, values, hidden, slack, negative) if usable else []
    _wide_enough(study, guarded, found)
    return [_hidden(guarded, i.variable, i.low, i.high) for i in found]


def _usable(guarded: Guarded, members: Sequence[int]) -> bool:
    """Values add up: one quantity, and of a kind that does."""
    one = len({guarded.variables[v].quantity for v in members}) == 1
    return one and all(_additive(guarded, v) for v in members)


def _additive(guarded: Guarded, variable: int) -> bool:
    """Averages and spreads are not sums: their sets are guarded, but their values do not add up."""
    block = guarded.variables[variable].places[0].block
    figure = block.figure
    if figure.kind == "count_distinct" and block.plan.table.unit_rows > 1:
        return False
    return figure.kind not in ("avg", "weighted_avg", *SPREAD, *PAIRED)


def _wide_enough(study: Study, guarded: Guarded, found: Sequence[Interval]) -> None:
    for interval in found:
        if interval.width < study.rules.min_interval:
            block = guarded.variables[interval.variable].places[0].block
            raise RefusedError(
                Problem(
                    f"question {block.question}: a hidden {block.figure.sql} could be inferred to within "
                    f"{interval.width:g}, less than min_interval = {study.rules.min_interval}; nothing "
                    "is released. "
                    'Ask fewer overlapping tables, round counts, or declare zeros = "safe"',
                    f"vraag {block.question}: een verborgen {block.figure.sql} zou tot op "
                    f"{interval.width:g} af te "
                    f"leiden zijn, minder dan min_interval = {study.rules.min_interval}; er komt niets "
                    "vrij. Vraag "
                    'minder overlappende tabellen, rond aantallen af, of zet zeros = "safe"',
                    block.plan.question.line or None,
                )
            )


def _hidden(guarded: Guarded, index: int, low: float | None, high: float | None) -> Hidden:
    place = guarded.variables[index].places[0]
    labels = place.block.plan.labels(place.block.grouping, place.cell)
    return Hidden(place.block.question, place.block.figure.sql, labels, low, high)
