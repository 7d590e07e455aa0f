# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures that are computed from secret rows: quantiles, distinct counts."""

from __future__ import annotations

from fractions import Fraction

from ..disclosure.rules import Tally
from ..party import Party
from ..ring import Shared
from ..statistics.moments import rounded, rounded_quotient
from ..statistics.ranks import distinct_per_cell, quantile_per_cell
from ..study.model import Study
from .expressions import Ref
from .frame import Frame
from .kinds import kind_of
from .layout import Block


def row_result(party: Party, frame: Frame, block: Block, tally: Tally, study: Study) -> Shared:
    """[the integer to open] for every cell."""
    shares = frame.figures[block.index]
    code = frame.codes[block.plan.sets.index(block.grouping)]
    if block.figure.kind == "count_distinct":
        assert shares.key is not None  # noqa: S101 - for the type checker
        counts = distinct_per_cell(party, code, block.cells, shares.key, shares.contributes)
        return rounded(party, counts, study.rules.round_counts)
    return _quantile(party, frame, block, tally, study)


def _quantile(party: Party, frame: Frame, block: Block, tally: Tally, study: Study) -> Shared:
    shares = frame.figures[block.index]
    code = frame.codes[block.plan.sets.index(block.grouping)]
    (arg,) = block.figure.args
    assert isinstance(arg, Ref)  # noqa: S101 - for the type checker
    column = study.tables[arg.table].columns[arg.column]
    bits = kind_of(arg, study).largest.bit_length() + 1
    q = block.figure.parameter
    rows = tally.present.sum(axis=0)
    scaled = quantile_per_cell(party, code, block.cells, shares.contributes, shares.terms[0], rows, q, bits)
    steps = rounded_quotient(party, scaled, column.round_to * Fraction(str(q)).denominator)
    return steps.scale(column.round_to)
