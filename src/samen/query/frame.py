# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secret rows of a question: what every row adds to every figure, in which cell, of which holder and unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..disclosure.rules import Contributions, Tally, tops_needed
from ..party import Party
from ..protocols.arithmetic import matrix_product, multiply
from ..protocols.sort import Key
from ..ring import Shared, concatenate, stack
from ..statistics.ranks import UNIT_BITS, distinct_per_cell, sums_per_cell, tops_per_cell, zeros
from ..study.model import Rules, Study
from .columns import Name, column_names, needs_rows, row_sums, row_terms
from .job import Job
from .layout import Block
from .plan import Plan
from .receive import receive, receive_words
from .sums import Sums


@dataclass(frozen=True, slots=True)
class FigureShares:
    """Per row: contributes, belongs to the group, terms (T, n), absolute size."""

    contributes: Shared
    base: Shared
    terms: Shared
    magnitude: Shared | None = None
    key: Key | None = None
    """What COUNT(DISTINCT …) counts."""


@dataclass(frozen=True, slots=True)
class SumShares:
    """Per row: its cell in a table of sums, whether it contributes there, and how much."""

    cell: Shared
    touched: Shared
    size: Shared | None


@dataclass(frozen=True, slots=True)
class Frame:
    """``codes``: the cell of every row per grouping set; ``holders`` (H, n) 0/1 flags, public or secret."""

    codes: list[Shared]
    figures: Mapping[int, FigureShares]
    holders: Shared | NDArray[np.uint64]
    unit: Key | None
    sums: Mapping[Sums, SumShares] = field(default_factory=dict)
    other_unit: Key | None = None
    """The unit of the second table of a join."""
    linked: tuple[Shared, Shared] | None = None
    """After a join: left rows with a partner, and all left rows, (1,) each."""

    def of_holder(self, party: Party, flags: Shared, holder: int) -> Shared:
        """Flagged rows of one holder."""
        if isinstance(self.holders, Shared):
            return multiply(party, flags, self.holders[holder])
        return flags.scale(self.holders[holder])

    @property
    def holder_count(self) -> int:
        return len(self.holders)


def receive_table(
    party: Party, job: Job, plan: Plan, number: int, table: str, study: Study
) -> dict[Name, Shared]:
    """The row columns of a table, all holders one under another."""
    names = column_names(plan, study.tables[table], study)
    parts = []
    for manifest in job.of_table(table):
        part = receive(party, job, manifest, f"rows{number}")
        assert isinstance(part, Shared)  # noqa: S101 - for the type checker
        parts.append(part.reshape(len(names), -1))
    matrix = Shared(
        np.concatenate([part.a for part in parts], axis=1), np.concatenate([part.b for part in parts], axis=1)
    )
    return {name: matrix[place] for place, name in enumerate(names)}


def holder_flags(job: Job, table: str) -> NDArray[np.uint64]:
    """Which rows are whose: public, because uploads lie one under another."""
    manifests = job.of_table(table)
    owner = np.repeat(np.arange(len(manifests)), [manifest.rows for manifest in manifests])
    flags: NDArray[np.uint64] = (owner[None] == np.arange(len(manifests))[:, None]).astype(np.uint64)
    return flags


def frame_of_table(party: Party, job: Job, plan: Plan, number: int, study: Study) -> Frame:
    """The frame of a question to one table."""
    columns = receive_table(party, job, plan, number, plan.table.name, study)
    figures = {}
    for index, figure in enumerate(plan.figures):
        if not needs_rows(plan, figure):
            continue
        terms = [columns[Name("term", index, place)] for place in range(row_terms(figure, study))]
        key = None
        if figure.kind == "count_distinct":
            words = receive_words(party, job, job.of_table(plan.table.name), f"distinct{number}.{index}")
            key = Key(words, UNIT_BITS)
        contributes = columns[Name("contributes", index)]
        figures[index] = FigureShares(
            contributes,
            columns[Name("base", index)],
            stack(terms) if terms else zeros(party, 0).reshape(0, len(contributes)),
            columns.get(Name("magnitude", index)),
            key,
        )
    sums = {
        own: SumShares(
            columns[Name("cell", place)],
            columns[Name("touched", place)],
            columns[Name("size", place)] if own.product else None,
        )
        for place, own in enumerate(row_sums(plan, study))
    }
    codes = [columns[Name("code", s)] for s in range(len(plan.sets))]
    unit = None
    if plan.table.unit_rows > 1:
        unit = Key(receive_words(party, job, job.of_table(plan.table.name), "units"), UNIT_BITS)
    return Frame(codes, figures, holder_flags(job, plan.table.name), unit, sums)


def tally_of_rows(party: Party, frame: Frame, block: Block, study: Study) -> Tally:
    """The tally of a block from rows."""
    shares = frame.figures[block.index]
    code = frame.codes[block.plan.sets.index(block.grouping)]
    cells, holders = block.cells, frame.holder_count
    by_holder = [frame.of_holder(party, shares.contributes, h) for h in range(holders)]
    linear = block.figure.kind == "linear_regression"
    terms = [] if linear else list(_rows(shares.terms))
    sums = sums_per_cell(party, code, cells, [*by_holder, shares.contributes, shares.base, *terms])
    present, units, base = sums[:holders], sums[holders], sums[holders + 1]
    without = Shared(units.a - present.a, units.b - present.b)
    if frame.unit is not None:
        units, without, base = _distinct(party, frame, shares, by_holder, code, cells, block.figure.narrow)
    return Tally(
        units=units,
        without=without,
        present=present,
        base=base if block.figure.narrow else None,
        terms=_moments(party, shares) if linear else sums[holders + 2 :],
    )


def contributions_of_rows(party: Party, frame: Frame, sums: Sums, rules: Rules) -> Contributions:
    """Who contributes to every cell of a table of sums, from rows."""
    own, cells, count = frame.sums[sums], sums.cells, max(1, tops_needed(rules))
    by_holder = [frame.of_holder(party, own.touched, h) for h in range(frame.holder_count)]
    added = sums_per_cell(party, own.cell, cells, [*by_holder, own.touched])
    present, units = added[:-1], added[-1]
    without = Shared(units.a - present.a, units.b - present.b)
    left = [own.touched - mine for mine in by_holder]
    if frame.unit is not None:
        units = distinct_per_cell(party, own.cell, cells, frame.unit, own.touched)
        without = stack([distinct_per_cell(party, own.cell, cells, frame.unit, flags) for flags in left])
    found = Contributions(units, without, present, rows=None)
    if own.size is not None:
        sizes = own.size
        magnitudes = [
            multiply(party, frame.of_holder(party, own.touched, h), sizes) for h in range(len(left))
        ]
        total, *parts = (
            sums_per_cell(party, own.cell, cells, [multiply(party, own.touched, sizes), *magnitudes])[n]
            for n in range(len(left) + 1)
        )
        found = replace(
            found,
            tops=tops_per_cell(party, own.cell, cells, own.touched, sizes, count, frame.unit),
            magnitude=total,
            tops_without=stack(
                [tops_per_cell(party, own.cell, cells, flags, sizes, count, frame.unit) for flags in left]
            ),
            magnitude_without=stack([total - part for part in parts]),
        )
    if frame.other_unit is not None:
        found = replace(found, others=_others(party, own, cells, count, frame.other_unit))
    return found


def _others(party: Party, own: SumShares, cells: int, count: int, unit: Key) -> Contributions:
    """Units of the second table that contribute, and the largest of them."""
    units = distinct_per_cell(party, own.cell, cells, unit, own.touched)
    ones = own.touched if own.size is None else own.size
    rows = sums_per_cell(party, own.cell, cells, [own.touched, multiply(party, own.touched, ones)])
    return Contributions(
        units=units,
        without=units.reshape(1, -1),
        present=rows[:1],
        tops=tops_per_cell(party, own.cell, cells, own.touched, ones, max(2, count), unit),
        magnitude=rows[1],
    )


def _rows(table: Shared) -> list[Shared]:
    return [table[row] for row in range(len(table))]


def _distinct(
    party: Party,
    frame: Frame,
    shares: FigureShares,
    by_holder: list[Shared],
    code: Shared,
    cells: int,
    narrow: bool,
) -> tuple[Shared, Shared, Shared]:
    """Distinct units: of all rows, without each holder, and of the group."""
    assert frame.unit is not None  # noqa: S101 - for the type checker
    units = distinct_per_cell(party, code, cells, frame.unit, shares.contributes)
    without = [
        distinct_per_cell(party, code, cells, frame.unit, shares.contributes - own) for own in by_holder
    ]
    base = distinct_per_cell(party, code, cells, frame.unit, shares.base) if narrow else units
    return units, stack(without), base


def _moments(party: Party, shares: FigureShares) -> Shared:
    """Count, sums and products of predictors, as holders' totals have them."""
    matrix = shares.terms
    products = matrix_product(party, matrix, matrix)
    first, second = np.triu_indices(len(matrix))
    sums = concatenate([shares.contributes.sum().reshape(1), matrix.sum(axis=1), products[first, second]])
    return sums.reshape(-1, 1)
