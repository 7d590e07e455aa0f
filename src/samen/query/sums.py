# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sums that the output rules judge: one moment in every cell of a public classification."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ..study.model import Study
from .atoms import has_partner
from .expressions import TRUE, And, Code, Condition, Missing, Not, conjunction
from .layout import Block, blocks_of
from .moments import Product, moments_of, undoes_rounding
from .plan import Plan


@dataclass(frozen=True, slots=True)
class Sums:
    """The sum of a product of columns per cell of ``groups``, over the rows where ``where`` holds.

    Equal when these are, whichever question asks; ``plan`` is the first that does.
    """

    table: str
    product: Product
    where: Condition
    groups: tuple[Code, ...]
    plan: Plan = field(compare=False, repr=False)

    @property
    def cells(self) -> int:
        return math.prod(len(code.labels) for code in self.groups)

    @property
    def counts(self) -> bool:
        """Rows are counted and nothing else."""
        return not self.product


@dataclass(frozen=True, slots=True)
class Use:
    """A figure's use of sums: cell by cell, or all cells at once as a model does."""

    sums: Sums
    whole: bool


def uses_of(block: Block, study: Study) -> list[Use]:
    """The sums that a figure of a question tells."""
    plan, figure = block.plan, block.figure
    if undoes_rounding(figure, study):
        return []
    groups = tuple(plan.groups[index] for index in block.grouping)
    found = []
    for moment in moments_of(figure, study):
        where = [moment.where, known_groups(plan.groups)]
        if plan.join is not None and not plan.join.outer:
            where.append(has_partner(plan.join.left.table, plan.join.right.table))
        condition = _ordered(conjunction(*where))
        found.append(
            Use(
                Sums(plan.table.name, moment.product, condition, groups + moment.groups, plan),
                bool(moment.groups),
            )
        )
    return found


def sums_of(plans: Sequence[Plan], study: Study) -> list[Sums]:
    """All sums of some questions once, in order."""
    return list(
        dict.fromkeys(
            use.sums
            for plan in plans
            if plan.secret is None
            for block in blocks_of(plan)
            for use in uses_of(block, study)
        )
    )


def with_margins(asked: Sequence[Sums]) -> list[Sums]:
    """Sums, and what their cells add up to: totals over one or more of their groups, asked or not."""
    found = dict.fromkeys(asked)
    for sums in asked:
        for size in range(len(sums.groups) - 1, -1, -1):
            found |= dict.fromkeys(
                Sums(sums.table, sums.product, sums.where, groups, sums.plan)
                for groups in combinations(sums.groups, size)
            )
    return list(found)


def known_groups(codes: Sequence[Code]) -> Condition:
    """Rows with a missing value in any group are in no cell of a question."""
    return And(tuple(Not(Missing(code.ref)) for code in codes))


def _ordered(condition: Condition) -> Condition:
    if isinstance(condition, And) and condition != TRUE:
        return conjunction(*sorted(set(condition.parts), key=repr))
    return condition
