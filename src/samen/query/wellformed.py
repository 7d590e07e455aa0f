# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether uploads are what they should be, on shares, before they are used: bits are bits, codes are codes of
their list, and a holder counts no fewer than none and no more than its rows.

A holder that sends another number could make a cell look as full, or a difference as empty, as it likes.
All holders and all parts are checked at once, and one bit is opened: whether something is out of range.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..party import Party
from ..problems import Problem, RefusedError
from ..protocols.arithmetic import open_all
from ..protocols.compare import negative
from ..ring import Shared, concatenate
from ..study.model import Study, Table
from .columns import Name, column_names, row_sums
from .contributions import pieces_of
from .expressions import Code
from .guard import Guarded
from .job import Job, Manifest
from .layout import layout
from .plan import Plan
from .receive import receive

OUT_OF_RANGE = "something in an upload is out of range (yes or no)"
_COUNTS = ("units", "base", "rows")
_BITS = ("valid", "contributes", "base", "touched", "true", "false", "known", "present")
_MOST = 1 << 18
"""Numbers that are compared at a time: what is compared needs memory, the bits of it are added up."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """Numbers of one part of an upload: where they lie in it, and what the largest may be."""

    part: str
    start: int
    size: int
    most: int | None
    """None: as many as the holder has rows."""
    per_row: bool = False
    """Start and size are in columns as long as the holder's rows."""


def bounded(study: Study, plans: Sequence[Plan], table: Table, guarded: Sequence[Guarded]) -> list[Bounded]:
    """What is checked of an upload of a table; known from the study and the ledger."""
    found = list(_counts("totals", [(p.what, p.size) for p in layout(plans, table, study)]))
    for own in guarded:
        if own.table == table.name:
            pieces = pieces_of(own, study.rules)
            found += _counts("sums", [(piece.name, piece.size) for piece in pieces])
    for number, plan in enumerate(plans):
        if table in plan.tables:
            for place, name in enumerate(column_names(plan, table, study)):
                most = _most(name, plan, study)
                if most is not None:
                    found.append(Bounded(f"rows{number}", place, 1, most, per_row=True))
    return found


def _counts(part: str, pieces: Sequence[tuple[str, int]]) -> Iterator[Bounded]:
    start = 0
    for what, size in pieces:
        if what in _COUNTS:
            yield Bounded(part, start, size, None)
        start += size


def _most(name: Name, plan: Plan, study: Study) -> int | None:
    """The largest value of a row column that is a bit or a code."""
    if name.what in _BITS:
        return 1
    if name.what == "code":
        return plan.cells(plan.sets[name.index]) - 1
    if name.what == "cell":
        return row_sums(plan, study)[name.index].cells - 1
    if name.what == "place" and isinstance(name.expression, Code):
        return len(name.expression.labels) - 1
    return None


def check_uploads(
    party: Party, job: Job, study: Study, plans: Sequence[Plan], guarded: Sequence[Guarded]
) -> None:
    """RefusedError when a number is out of its range. Opens one bit: whether one is.

    Per number two comparisons of 64 bits, all together.
    """
    numbers: list[Shared] = []
    most: list[np.ndarray[tuple[int], np.dtype[np.uint64]]] = []
    for table in {table.name: table for plan in plans for table in plan.tables}.values():
        own = bounded(study, plans, table, guarded)
        for manifest in job.of_table(table.name):
            for piece, limit in _of_holder(party, job, manifest, own):
                numbers.append(piece)
                most.append(np.full(len(piece), limit, dtype=np.uint64))
    if not numbers:
        return
    wrong = _outside(party, concatenate(numbers), np.concatenate(most))
    if open_all(party, negative(party, -wrong, 62), OUT_OF_RANGE)[0]:
        raise RefusedError(_not_well_formed())


def _of_holder(
    party: Party, job: Job, manifest: Manifest, own: Sequence[Bounded]
) -> Iterator[tuple[Shared, int]]:
    parts: dict[str, Shared] = {}
    for item in own:
        if item.part not in parts:
            shares = receive(party, job, manifest, item.part)
            assert isinstance(shares, Shared)  # noqa: S101 - for the type checker
            parts[item.part] = shares
        unit = manifest.rows if item.per_row else 1
        piece = parts[item.part][item.start * unit : (item.start + item.size) * unit]
        yield piece, manifest.rows if item.most is None else item.most


def _outside(party: Party, x: Shared, most: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> Shared:
    """How many numbers are below zero or above their most, (1,)."""
    total = party.public(np.zeros(1, dtype=np.uint64))
    for start in range(0, len(x), _MOST):
        piece = x[start : start + _MOST]
        room = party.public(most[start : start + _MOST]) - piece
        total = total + negative(party, concatenate([piece, room]), 64).sum().reshape(1)
    return total


def _not_well_formed() -> Problem:
    return Problem(
        "an upload has a number that its holder's rows cannot give: a count below zero or above its rows, or "
        "a code or yes/no that is none; nothing is computed with it. Check the software of the holders",
        "een aanlevering heeft een getal dat de rijen van de houder niet kunnen geven: een aantal onder nul "
        "of boven het aantal rijen, of een code of ja/nee die er geen is; er wordt niets mee gerekend. Kijk "
        "de software van de houders na",
    )
