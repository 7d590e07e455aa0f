# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether each cell of each figure may be released: decided on shares, before any figure is opened.

A cell is released when all sums that it tells are released, and what its own kind asks for holds as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..disclosure.rules import (
    COUNT_BITS,
    Contributions,
    Tally,
    cells_pass,
    few,
    figures_pass,
    lines_full,
    sums_pass,
)
from ..party import Party
from ..protocols.arithmetic import multiply, open_all
from ..protocols.compare import equal, negative
from ..ring import Shared, concatenate
from ..statistics.ranks import fewest_for_quantile
from ..study.model import Study
from .contributions import cut, pieces_of
from .figures import PAIRED, SPREAD, Figure
from .frame import Frame, contributions_of_rows
from .guard import Guarded, guard, ledger_entries
from .job import Job
from .layout import Block
from .models import survival
from .moments import undoes_rounding
from .on_shares import OnShares
from .plan import Plan
from .predictors import predictors
from .receive import receive_each
from .results import NEARLY_PERFECT, correlation_of, secret_result
from .rows import max_rows
from .structure import Flags
from .sums import Use, uses_of
from .suppress import Released, released_variables

Reasons = NDArray[np.int8]
SHOWN, BY_ITSELF, BESIDE, DIFFERS, ROUNDED, DEPENDENT = range(6)
"""Why a cell is not shown; ``report`` says it in words."""
FLAGS = "which cells pass the rules by themselves"
_REASONS = {"primary": BY_ITSELF, "secondary": BESIDE, "difference": DIFFERS}


@dataclass(slots=True)
class Judged:
    """Per block why each cell is not shown, and the question that it may not be shown beside."""

    why: dict[Block, Reasons]
    beside: dict[Block, str] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    """What the ledgers are to keep."""


def judge(
    party: Party,
    job: Job,
    study: Study,
    plans: Sequence[Plan],
    frames: Mapping[str, Frame],
    tallies: Mapping[Block, Tally],
) -> Judged:
    """The reasons of every cell. Opens primary flags and what the pattern of suppression needs."""
    tables = [_Table(party, job, study, guarded, frames) for guarded in guard(study, plans, job.released)]
    figures = {block: _figure_passes(party, study, block, tally) for block, tally in tallies.items()}
    sums = [
        (table, i, sums_pass(party, table.parts[i], study.rules))
        for table in tables
        for i in table.place.values()
    ]
    own, of_sums = _opened(party, figures, [bits for *_, bits in sums])
    why = {block: np.where(passed, SHOWN, BY_ITSELF).astype(np.int8) for block, passed in own.items()}
    for block in why:
        if undoes_rounding(block.figure, study):
            why[block][:] = ROUNDED
    for (table, i, _), passed in zip(sums, of_sums, strict=True):
        table.note(i, passed)
    judged = Judged(why)
    for table in tables:
        blocks = [block for block in why if block.plan.table.name == table.guarded.table]
        table.settle(blocks, judged)
    return judged


def _opened(
    party: Party, figures: Mapping[Block, Shared], sums: Sequence[Shared]
) -> tuple[dict[Block, Flags], list[Flags]]:
    """All primary flags in one opening."""
    every = [*figures.values(), *sums]
    if not every:
        return {}, []
    opened = np.split(
        open_all(party, concatenate(every), FLAGS) != 0, np.cumsum([len(b) for b in every])[:-1]
    )
    return dict(zip(figures, opened, strict=False)), opened[len(figures) :]


class _Table:
    """The sums over the rows of one table."""

    def __init__(
        self, party: Party, job: Job, study: Study, guarded: Guarded, frames: Mapping[str, Frame]
    ) -> None:
        self.party, self.study, self.guarded = party, study, guarded
        layout = pieces_of(guarded, study.rules)
        self.shares = cut(layout, receive_each(party, job, guarded.table, "sums")) if layout else None
        self.parts: dict[int, Contributions] = {}
        for i, part in enumerate(guarded.parts):
            own = None if self.shares is None else self.shares.contributions(party, "sums", i)
            if own is None and not part.old and part.sums in frames[part.sums.plan.name].sums:
                own = contributions_of_rows(party, frames[part.sums.plan.name], part.sums, study.rules)
            if own is not None:
                self.parts[i] = own
        self.passed = np.ones(guarded.structure.count, dtype=bool)
        self.place = {part.sums: i for i, part in enumerate(guarded.parts) if part.asked}

    def note(self, part: int, passed: Flags) -> None:
        """Sums that fail by themselves."""
        variables = self.guarded.structure.variable_of[part]
        self.passed[variables[~passed & (variables >= 0)]] = False

    def settle(self, blocks: Sequence[Block], judged: Judged) -> None:
        """The reasons of the cells of some blocks, with what hangs on other cells."""
        uses = {block: self._variables(block) for block in blocks}
        for block, own in uses.items():
            for variables in own:
                failing = judged.why[block] == BY_ITSELF
                self.passed[
                    variables[np.broadcast_to(failing[:, None], variables.shape) & (variables >= 0)]
                ] = False
        judge = OnShares(self.party, self.study, self.guarded, self.parts, self.shares)
        released = released_variables(self.guarded, self.passed, judge)
        questions = self.guarded.question_of()
        for block, own in uses.items():
            for variables in own:
                self._explain(judged, block, variables, released, questions)
        judged.entries += ledger_entries(self.study, self.guarded, released.shown)

    def _variables(self, block: Block) -> list[NDArray[np.int64]]:
        """Per use the variables of every cell (cells, one or more); -1 where nothing can be."""
        found = []
        for use in uses_of(block, self.study):
            own = self.guarded.structure.variable_of[self.place[use.sums]]
            found.append(own.reshape(1, -1) if _at_once(use, block) else own.reshape(-1, 1))
        return found

    def _explain(
        self,
        judged: Judged,
        block: Block,
        variables: NDArray[np.int64],
        released: Released,
        questions: Sequence[str],
    ) -> None:
        why = judged.why[block]
        for cell in np.flatnonzero(why == SHOWN).tolist():
            for variable in variables[cell].tolist():
                if variable < 0:
                    why[cell] = BY_ITSELF
                elif not released.shown[variable]:
                    why[cell] = _REASONS[released.reasons[variable]]
                    if variable in released.beside:
                        judged.beside[block] = questions[released.beside[variable]]
                    break


def _at_once(use: Use, block: Block) -> bool:
    return use.whole or block.cells != use.sums.cells


def _figure_passes(party: Party, study: Study, block: Block, tally: Tally) -> Shared:
    """[what a figure's own kind asks for holds] for the cells of a block."""
    rules, figure = study.rules, block.figure
    if figure.kind == "kaplan_meier":
        return cells_pass(party, survival(tally).tally, rules)
    if (
        figure.kind == "peer_band"
    ):  # each holder learns only its own band; the planner asks for enough holders
        return party.public(np.ones(1, dtype=np.uint64))
    if figure.kind in ("linear_regression", "logistic_regression"):
        short = negative(party, few(party, tally.units, fewest_units(figure, study)), COUNT_BITS)
        return party.public(np.ones(1, dtype=np.uint64)) - short
    if figure.kind in ("quantile", "count_distinct"):
        passes = cells_pass(party, tally, replace(rules, min_units=fewest_units(figure, study)))
    else:
        passes = figures_pass(party, tally, rules)
    shape = tuple(len(block.plan.groups[index].labels) for index in block.grouping)
    if rules.full_cells == "disclosive" and len(shape) > 1:
        full = lines_full(party, tally.units, shape)
        passes = multiply(party, passes, negative(party, few(party, full, 1), 8))
    if figure.kind in (*PAIRED, *SPREAD) and not undoes_rounding(figure, study):
        passes = multiply(party, passes, _tells_no_value(party, study, block, tally))
    return passes


def _tells_no_value(party: Party, study: Study, block: Block, tally: Tally) -> Shared:
    """[values spread, and no column follows from the other]: else a figure gives every unit's value away."""
    figure, rows = block.figure, max_rows(block.plan)
    if figure.kind in SPREAD or (len(figure.args) > 1 and figure.args[0] == figure.args[1]):
        nothing = party.public(np.zeros(block.cells, dtype=np.uint64))
        none = equal(party, secret_result(party, figure, tally, study, rows), nothing, 62)
        return party.public(np.ones(block.cells, dtype=np.uint64)) - none
    found = correlation_of(party, figure, tally, study, rows)
    bound = party.public(np.full(block.cells, NEARLY_PERFECT))
    high, low = negative(party, bound - found, 62), negative(party, bound + found, 62)
    return party.public(np.ones(block.cells, dtype=np.uint64)) - high - low


def fewest_units(figure: Figure, study: Study) -> int:
    """min_units, or more where a figure needs it: quantiles on both sides, regressions for their freedom."""
    least = study.rules.min_units
    if figure.kind == "quantile":
        return fewest_for_quantile(figure.parameter, least)
    if figure.kind in ("linear_regression", "logistic_regression"):
        return max(least, len(predictors(figure, study)) + study.rules.residual_df)
    return least
