# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a question asks, typed and permitted: the input of holders, parties and the analyst alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlglot import exp

from ..study.model import Question, Table
from .expressions import Code, Condition, Ref
from .figures import Figure

Value = int | float | str | bool | None
"""A value of an answer; None is NULL or suppressed."""
MAX_CELLS = 65_536
MAX_ROW_HOLDERS = 32
"""Holders that can be told apart row by row."""


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of ``left`` with the row of ``right`` that has the same key; ``right`` has unique keys."""

    left: Ref
    right: Ref
    outer: bool


@dataclass(frozen=True, slots=True)
class Output:
    """A column of the answer: an expression over placeholders of groups (g0, …) and figures (f0, …)."""

    name: str
    expression: exp.Expression


@dataclass(frozen=True, slots=True)
class Plan:
    question: Question
    table: Table
    joined: Table | None
    join: Join | None
    where: Condition
    groups: tuple[Code, ...]
    secret: Ref | None
    """A grouping whose labels are secret; then ``groups`` is empty."""
    sets: tuple[tuple[int, ...], ...]
    """Grouping sets: which groups count in each; one set unless ROLLUP or CUBE."""
    figures: tuple[Figure, ...]
    outputs: tuple[Output, ...]
    having: exp.Expression | None
    order: tuple[tuple[exp.Expression, bool], ...]
    limit: int | None

    @property
    def name(self) -> str:
        return self.question.name

    def cells(self, grouping: tuple[int, ...]) -> int:
        """Cells of a grouping set."""
        return math.prod(len(self.groups[index].labels) for index in grouping)

    def labels(self, grouping: tuple[int, ...], cell: int) -> tuple[str | None, ...]:
        """The label of each group for a cell; None where the group is totalled."""
        found: dict[int, str] = {}
        for index in reversed(grouping):
            labels = self.groups[index].labels
            cell, place = divmod(cell, len(labels))
            found[index] = labels[place]
        return tuple(found.get(index) for index in range(len(self.groups)))

    @property
    def tables(self) -> list[Table]:
        return [self.table] if self.joined is None else [self.table, self.joined]


def holder_side(plan: Plan) -> bool:
    """Whether holders can share totals per cell: one table, one row per unit, public labels."""
    return plan.join is None and plan.secret is None and plan.table.unit_rows == 1
