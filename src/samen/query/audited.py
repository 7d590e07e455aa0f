# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a reader of a run's tables can still infer about each hidden sum: told, the rules decided before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..disclosure.audit import feasible_intervals
from ..study.model import Study
from .execute import Answer
from .figures import Figure
from .guard import Guarded
from .kinds import kind_of
from .layout import Block, blocks_of
from .results import encoding
from .rows import max_rows
from .sums import uses_of


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the released tables still tell about one hidden figure."""

    question: str
    figure: str
    labels: tuple[str | None, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Place:
    block: Block
    cell: int


def audit(study: Study, guarded: Guarded, answers: Sequence[Answer]) -> list[Hidden]:
    """Feasible intervals of hidden sums and counts, by two linear programmes each."""
    places = _plain_places(study, guarded)
    structure = guarded.structure
    relations = [(n.whole, n.parts) for n in structure.nestings if n.rest is None]
    if not relations or not places:
        return []
    by_block = {(a.question, a.grouping, a.figure): a for a in answers}
    hidden = np.ones(structure.count, dtype=bool)
    values, slack = np.zeros(structure.count), np.zeros(structure.count)
    below = np.zeros(structure.count, dtype=bool)
    for variable, place in places.items():
        figure, block = place.block.figure, place.block
        answer = by_block[block.question, block.grouping, block.index]
        below[variable] = any(kind_of(arg, study).low < 0 for arg in figure.args)
        if answer.released[place.cell]:
            hidden[variable] = False
            values[variable] = encoding(figure, study, max_rows(block.plan)).number(
                int(answer.values[place.cell])
            )
            step = study.rules.round_counts if figure.kind == "count" else study.rules.round_sums
            slack[variable] = step / 2 if step > 1 else 0.0
    told = [r for r in relations if all(v in places for v in (r[0], *r[1]))]
    found = feasible_intervals(told, values, hidden, slack, below) if told else []
    return [_hidden(places[i.variable], i.low, i.high) for i in found]


def _plain_places(study: Study, guarded: Guarded) -> dict[int, _Place]:
    """Where each variable stands as a number of its own: a COUNT, or a SUM of one product."""
    number = {part.sums: i for i, part in enumerate(guarded.parts) if not part.old}
    found: dict[int, _Place] = {}
    for plan in guarded.plans:
        for block in blocks_of(plan) if plan.secret is None else ():
            uses = uses_of(block, study)
            if len(uses) == 1 and _plain(block.figure):
                variables: NDArray[np.int64] = guarded.structure.variable_of[number[uses[0].sums]]
                for cell, variable in enumerate(variables.tolist()):
                    if variable >= 0:
                        found.setdefault(variable, _Place(block, cell))
    return found


def _plain(figure: Figure) -> bool:
    return figure.kind in ("count", "sum", "weighted_sum", "weighted_count")


def _hidden(place: _Place, low: float | None, high: float | None) -> Hidden:
    labels = place.block.plan.labels(place.block.grouping, place.cell)
    return Hidden(place.block.question, place.block.figure.sql, labels, low, high)
