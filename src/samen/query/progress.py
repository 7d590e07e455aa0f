# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a run is, on stderr: phase, share done and time left; then what each phase took.

Shares are of expected work, reckoned from public row counts and numbers of cells; time left is what the rest
takes at the speed so far.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..study.model import Study
from .columns import FROM_ROWS
from .job import Job
from .layout import blocks_of
from .plan import Plan, holder_side
from .upload import checks_units

PHASES = {
    "units": "eenheden",
    "tallies": "tellingen",
    "quality": "kwaliteit",
    "rules": "regels",
    "results": "uitkomsten",
}
"""In order, with their names in Dutch."""
_SORT, _JOIN, _CELL = 2.0, 6.0, 40.0
"""Work of one row to sort and to join, and of one cell to judge, beside that of one row to add."""
_EVERY = 0.5
"""Seconds between two messages within a phase."""


def expected_work(study: Study, plans: Sequence[Plan], job: Job) -> dict[str, float]:
    """Work per phase, in rows."""
    rows = {name: float(sum(m.rows for m in job.of_table(name))) for name in study.tables}
    used = {table.name: table for plan in plans for table in plan.tables}
    cells = float(sum(block.cells for plan in plans for block in blocks_of(plan)))
    fits = [p for p in plans for f in p.figures if f.kind in FROM_ROWS]
    followed = [p for p in plans if not holder_side(p)]
    work = dict.fromkeys(PHASES, 1.0)
    work["units"] += _SORT * sum(rows[t.name] for t in used.values() if checks_units(t))
    work["tallies"] += cells + sum(
        (_SORT if p.join is None else _JOIN) * sum(rows[t.name] for t in p.tables) for p in followed
    )
    work["rules"] += _CELL * cells
    work["results"] += _CELL * cells + _SORT * sum(rows[p.table.name] for p in fits)
    return work


@dataclass(slots=True)
class Progress:
    """Tells about one run, in one language; without a language it is silent."""

    work: dict[str, float]
    language: str = ""
    phase: str = ""
    within: float = 0.0
    """Share of the phase that is done."""
    started: float = field(default_factory=time.perf_counter)
    told: float = 0.0

    def enter(self, phase: str) -> None:
        self.phase, self.within = phase, 0.0
        self._tell()

    def step(self, share: float) -> None:
        """A further ``share`` of this phase is done."""
        self.within = min(1.0, self.within + share)
        if time.perf_counter() - self.told > _EVERY:
            self._tell()

    def done(self) -> float:
        """Share of the expected work that is done."""
        names = list(self.work)
        before = sum(self.work[name] for name in names[: names.index(self.phase)])
        return (before + self.within * self.work[self.phase]) / sum(self.work.values())

    def leave(self, seconds: float, sent: int) -> None:
        """The end of a phase: what it took at this party."""
        dutch = self.language == "nl"
        name = PHASES[self.phase] if dutch else self.phase
        self._write(
            f"  {name}: {seconds:.2f} s, {sent:,} "
            + ("bytes verstuurd door partij 1\n" if dutch else "bytes sent by party 1\n")
        )

    def _tell(self) -> None:
        self.told = time.perf_counter()
        done, dutch = self.done(), self.language == "nl"
        seconds = (self.told - self.started) * (1 - done) / done if done else None
        name = PHASES[self.phase] if dutch else self.phase
        text = f"  {name}: {done:.0%} {'gedaan' if dutch else 'done'}"
        if seconds is not None:
            text += f", nog ongeveer {seconds:.0f} s" if dutch else f", about {seconds:.0f} s left"
        self._write(text + ("" if sys.stderr.isatty() else "\n"))

    def _write(self, text: str) -> None:
        if self.language:
            # On a terminal the next message takes the place of this one.
            sys.stderr.write(("\r\x1b[K" if sys.stderr.isatty() else "") + text)
            sys.stderr.flush()
