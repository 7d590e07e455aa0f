# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Differential privacy: everything that is opened has noise, and only that decides what is shown.

A unit has at most ``unit_rows`` rows, each in one cell of a grouping set, so its influence on all cells of a
set together is unit_rows times the largest value. Over a JOIN a unit of the right table moves every row that
it is joined to: those of one unit where the key is the left unit, else as many as the table may have. The
epsilon of a question is split evenly over all noisy tables, and charged to every table that it reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..disclosure.noise import Noise, draw_noise, noise_for
from ..disclosure.rules import Tally
from ..party import Party
from ..problems import Problem, QuestionError
from ..protocols.arithmetic import open_all
from ..ring import signed
from ..study.model import Privacy, Study
from .figures import Figure, argument_kinds
from .layout import Block
from .plan import Plan
from .results import encoding
from .rows import max_rows

SUPPORTED = ("count", "sum", "avg")


@dataclass(frozen=True, slots=True)
class NoisyTable:
    """One noisy number per cell of a grouping set: the row count (``figure`` None), or a term of a figure."""

    grouping: tuple[int, ...]
    figure: int | None
    term: int
    noise: Noise


def check_private(study: Study, plan: Plan) -> None:
    """QuestionError for what has no noise mechanism here."""
    for figure in plan.figures:
        if figure.kind not in SUPPORTED or plan.secret is not None:
            raise QuestionError(
                Problem(
                    f"question {plan.name}: with [privacy] only COUNT, SUM and AVG over public groups "
                    "are supported, "
                    f"not {figure.sql}; use those, or ask it in a study without [privacy]",
                    f"vraag {plan.name}: met [privacy] kunnen alleen COUNT, SUM en AVG over openbare "
                    "groepen, niet "
                    f"{figure.sql}; gebruik die, of stel de vraag in een onderzoek zonder [privacy]",
                    plan.question.line or None,
                )
            )


def noisy_tables(study: Study, plan: Plan, privacy: Privacy) -> list[NoisyTable]:
    """Every table that a question opens, each with its share of epsilon."""
    wanted = [
        (grouping, index, term, _sensitivity(study, plan, figure, term))
        for grouping in plan.sets
        for index, figure in enumerate(plan.figures)
        for term in range(2 if figure.kind == "avg" else 1)
    ]
    wanted += [(grouping, None, 0, unit_influence(plan)) for grouping in plan.sets]  # type: ignore[misc]
    share = privacy.epsilon / len(wanted)
    cells = sum(plan.cells(grouping) for grouping, *_ in wanted)
    return [
        NoisyTable(grouping, index, term, noise_for(share, sensitivity, privacy.delta / cells))
        for grouping, index, term, sensitivity in wanted
    ]


def unit_influence(plan: Plan) -> int:
    """Joined rows that one unit of any table of the question can move."""
    if plan.join is None or plan.joined is None:
        return plan.table.unit_rows
    by_unit = plan.join.left.column == plan.table.unit
    rows = plan.table.unit_rows if by_unit else plan.table.max_rows
    return max(plan.table.unit_rows, rows * plan.joined.unit_rows)


def _sensitivity(study: Study, plan: Plan, figure: Figure, term: int) -> int:
    if figure.kind == "count" or term == 1:
        return unit_influence(plan)
    return unit_influence(plan) * max(1, argument_kinds(figure, study)[0].largest)


def private_values(
    party: Party, study: Study, plan: Plan, privacy: Privacy, tallies: Mapping[Block, Tally]
) -> dict[tuple[tuple[int, ...], int | None, int], NDArray[np.int64]]:
    """Opened noisy tables of a question by grouping set, figure and term."""
    found = {}
    for table in noisy_tables(study, plan, privacy):
        block = Block(plan.name, table.grouping, table.figure or 0, plan)
        tally = tallies[block]
        exact = tally.base if table.figure is None and tally.base is not None else tally.terms[table.term]
        if table.figure is None and tally.base is None:
            exact = tally.present.sum(axis=0)
        noisy = exact + draw_noise(party, table.noise, block.cells)
        what = "rows per cell" if table.figure is None else block.figure.sql
        opened = open_all(party, noisy, f"{plan.name}: {what} with noise")
        found[table.grouping, table.figure, table.term] = signed(opened)
    return found


def private_cells(
    study: Study,
    plan: Plan,
    block: Block,
    values: Mapping[tuple[tuple[int, ...], int | None, int], NDArray[np.int64]],
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which cells are shown, by their noisy row count, and their encoded values."""
    shown = values[block.grouping, None, 0] >= study.rules.min_units
    first = values[block.grouping, block.index, 0]
    if block.figure.kind != "avg":
        return shown, first
    digits = (
        encoding(block.figure, study, max_rows(plan)).digits - argument_kinds(block.figure, study)[0].scale
    )
    counts = np.maximum(values[block.grouping, block.index, 1], 1)
    return shown, np.rint(first / counts * 10.0**digits).astype(np.int64)


def notes(study: Study, plan: Plan, privacy: Privacy) -> list[str]:
    """What the noise means, for the reader of a table."""
    tables: Sequence[NoisyTable] = noisy_tables(study, plan, privacy)
    cells = {table.grouping: plan.cells(table.grouping) for table in tables}
    delta = sum(table.noise.delta * cells[table.grouping] for table in tables)
    lines = [f"differential privacy: epsilon {privacy.epsilon:g}, delta {delta:.1g}"]
    for table in tables:
        what = "rows per cell" if table.figure is None else plan.figures[table.figure].sql
        lines.append(f"noise on {what}: standard deviation {table.noise.deviation:.3g}")
    return list(dict.fromkeys(lines))
