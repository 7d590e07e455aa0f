# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A holder adds up its own rows per cell, in the clear, before it shares the totals."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import numpy as np

from ..ring import Words
from ..study.model import Study
from .evaluate import Integers, PlainRows
from .layout import Block, Part, terms_of
from .rows import figure_rows, group_codes


def totals(parts: Sequence[Part], rows: PlainRows, study: Study) -> Words:
    """The words of an upload, in the order of its layout."""
    out: list[Integers] = []
    known: dict[Block, dict[str, Integers]] = {}
    for part in parts:
        key = part.block
        if key not in known:
            known = {key: block_totals(part.block, rows, study)}
        out.append(known[key][part.what].reshape(-1))
    return np.concatenate([np.zeros(0, dtype=np.int64), *out]).astype(np.int64).view(np.uint64)


def block_totals(block: Block, rows: PlainRows, study: Study) -> dict[str, Integers]:
    """Totals per cell of one block."""
    cells = block.cells
    code = group_codes(block.plan, rows, block.grouping)
    added = figure_rows(block.plan, block.figure, rows)
    inside = code >= 0
    found = {
        "units": np.bincount(code[added.contributes & inside], minlength=cells),
        "base": np.bincount(code[added.base & inside], minlength=cells),
        "terms": per_cell(added.terms[:, inside], code[inside], cells)[: terms_of(block.figure, study)],
    }
    if block.figure.kind == "peer_band":
        found["mask"] = np.array([secrets.randbits(40)], dtype=np.int64)
    return found


def per_cell(values: Integers, code: Integers, cells: int) -> Integers:
    """Sums of rows (T, n) per cell, exact in 64 bits."""
    out = np.zeros((len(values), cells), dtype=np.int64)
    for total, row in zip(out, values, strict=True):
        np.add.at(total, code, row)
    return out
