# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a holder's totals lie in its upload. Holder and parties compute this from the study alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..ring import Shared
from ..study.model import Study, Table
from .figures import Figure, term_count
from .plan import Plan, holder_side
from .predictors import predictors


@dataclass(frozen=True, slots=True)
class Block:
    """All cells of one figure in one grouping set of a question; equal when these three are."""

    question: str
    grouping: tuple[int, ...]
    index: int
    plan: Plan = field(compare=False, repr=False)

    @property
    def figure(self) -> Figure:
        return self.plan.figures[self.index]

    @property
    def cells(self) -> int:
        return self.plan.cells(self.grouping)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an upload: what it is and its shape."""

    block: Block
    what: str
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        return math.prod(self.shape)


def blocks_of(plan: Plan) -> list[Block]:
    return [
        Block(plan.name, grouping, index, plan)
        for grouping in plan.sets
        for index in range(len(plan.figures))
    ]


def terms_of(figure: Figure, study: Study) -> int:
    """How many sums a figure takes."""
    if figure.kind == "linear_regression":
        columns = len(predictors(figure, study))
        return 1 + columns + columns * (columns + 1) // 2
    if figure.kind == "logistic_regression":
        return len(predictors(figure, study))
    return term_count(figure)


def parts_of(block: Block, study: Study) -> list[Part]:
    """The pieces of one block, in order."""
    figure, cells = block.figure, block.cells
    shapes: list[tuple[str, tuple[int, ...]]] = [("units", (cells,))]
    if figure.narrow:
        shapes.append(("base", (cells,)))
    shapes.append(("terms", (terms_of(figure, study), cells)))
    if figure.kind == "peer_band":
        shapes.append(("mask", (1,)))
    return [Part(block, what, shape) for what, shape in shapes]


def layout(plans: Sequence[Plan], table: Table, study: Study) -> list[Part]:
    """The upload of totals of a holder of a table."""
    return [
        part
        for plan in plans
        if plan.table.name == table.name and holder_side(plan)
        for block in blocks_of(plan)
        for part in parts_of(block, study)
    ]


def pieces(parts: Sequence[Part], upload: Shared) -> dict[tuple[int, str], Shared]:
    """An upload (holders, words) cut in its parts: (holders, *shape) by block number and name."""
    found: dict[tuple[int, str], Shared] = {}
    start, number = 0, -1
    previous: Block | None = None
    for part in parts:
        if part.block != previous:
            number, previous = number + 1, part.block
        piece = upload[:, start : start + part.size]
        found[number, part.what] = Shared(
            *(np.ascontiguousarray(words).reshape(len(words), *part.shape) for words in (piece.a, piece.b))
        )
        start += part.size
    return found
