# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""``samen attack``: run a study, then try to learn from its answers what was hidden, as an attacker would.

Whoever runs this has all files, so it is for rehearsals. The attacker gets every sum that a released figure
tells, exactly, which is more than a reader has, and may know the rows of one holder or of one contributor.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..disclosure.audit import MOST_HIDDEN, feasible_intervals
from ..disclosure.ledger import Ledger, table_key
from ..study.data import read_table
from ..study.model import Study
from ..study.read import parse_study
from .contributions import Counted
from .guard import Guarded, guard
from .parse import plan_study
from .rehearse import assign_files, run_study
from .rows import plain_rows
from .structure import Flags, Part

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attack:
    """What an attack leaves of a figure: an interval, whether the truth lies in it, and is it wide enough."""

    name: str
    figure: str
    low: float | None
    high: float | None
    true_within: bool
    safe: bool


def attack(text: str, data: Sequence[tuple[str, str]]) -> list[Attack]:
    """Run a study on files and attack what it releases. ProblemsError as ``run``."""
    study = parse_study(text)
    plans = plan_study(study)
    files = assign_files(study, plans, data)
    with tempfile.TemporaryDirectory(prefix="samen-") as folder:
        ledger = Path(folder) / "ledger.json"
        run_study(text, data, ledger)
        released = Ledger(ledger).released([table_key(study, name) for name in study.tables])
    found: list[Attack] = []
    for guarded in guard(study, plans, ()) if study.privacy is None else ():
        table = study.tables[guarded.table]
        holders = {
            h: plain_rows(study, table, read_table(files[h, table.name], table)) for h in table.holders
        }
        counted = {h: Counted(guarded, rows) for h, rows in holders.items()}
        shown = guarded.shown_in(released, study)
        found += _Attacks(study, guarded, counted, shown).all()
    return found


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum in the clear: what each holder adds, and all contributions."""

    label: str
    counts: bool
    by_holder: Mapping[str, float]
    largest: float
    second: float

    @property
    def total(self) -> float:
        return sum(self.by_holder.values())


class _Attacks:
    def __init__(self, study: Study, guarded: Guarded, counted: Mapping[str, Counted], shown: Flags) -> None:
        self.study, self.guarded, self.counted, self.shown = study, guarded, counted, shown
        self.sums: dict[int, _Sum] = {}
        for i, part in enumerate(guarded.parts):
            if guarded.by_holders(part):
                for cell, variable in enumerate(guarded.structure.variable_of[i].tolist()):
                    if variable >= 0 and variable not in self.sums:
                        self.sums[variable] = self._sum(i, part, cell)

    def all(self) -> list[Attack]:
        found = [*self._alone(), *self._solve("totals and cells are solved", None)]
        for holder in self.counted:
            found += self._solve(f"holder {holder} subtracts its own and solves", holder)
        return [*found, *self._estimate()]

    def _sum(self, i: int, part: Part, cell: int) -> _Sum:
        sizes = {}
        for holder, own in self.counted.items():
            touched, size = own.sizes(part.sums.product)
            sizes[holder] = np.sort(size[touched & (own.cells(i) == cell)])[::-1].astype(float)
        every = np.sort(np.concatenate([*sizes.values(), np.zeros(2)]))[::-1]
        totals = {h: float(len(s) if part.sums.counts else s.sum()) for h, s in sizes.items()}
        return _Sum(_label(part, cell), part.sums.counts, totals, float(every[0]), float(every[1]))

    def _alone(self) -> Iterator[Attack]:
        """Hidden sums that nothing released is related to."""
        related = {v for n in self.guarded.structure.nestings for v in (n.whole, *n.parts)}
        for v in np.flatnonzero(~self.shown & self.guarded.asked()).tolist():
            if v in self.sums and v not in related:
                yield Attack("nothing released is related to it", self.sums[v].label, 0.0, None, True, True)

    def _solve(self, name: str, holder: str | None) -> Iterator[Attack]:
        """Two linear programmes per hidden sum: relations, released sums, and nothing below zero."""
        known = sorted(self.sums)
        relations = [
            (n.whole, n.parts)
            for n in self.guarded.structure.nestings
            if n.rest is None and {n.whole, *n.parts} <= set(known)
        ]
        size = self.guarded.structure.count
        values, below = np.zeros(size), np.zeros(size, dtype=bool)
        for v in known:
            own = 0.0 if holder is None else self.sums[v].by_holder[holder]
            values[v] = self.sums[v].total - own
        for interval in feasible_intervals(relations, values, ~self.shown, np.zeros(size), below)[
            :MOST_HIDDEN
        ]:
            v, one = interval.variable, self.sums[interval.variable]
            if not self.guarded.asked()[v]:
                continue
            least = max(1.0, self.study.rules.min_interval) if one.counts else self._room(one.largest)
            within = _within(values[v], interval.low, interval.high)
            wide = bool(interval.width >= min(least, values[v]) or values[v] == 0)
            yield Attack(name, one.label, interval.low, interval.high, within, wide)

    def _room(self, largest: float) -> float:
        return self.study.rules.p_percent / 100 * largest

    def _estimate(self) -> Iterator[Attack]:
        """The largest contribution in each released sum, from above: by the second largest contributor."""
        for v in np.flatnonzero(self.shown).tolist():
            one = self.sums.get(v)
            if one is None or one.counts or not one.largest:
                continue
            high = one.total - one.second
            safe = bool(high - one.largest >= self._room(one.largest))
            yield Attack("the second largest subtracts its own", one.label, 0.0, high, True, safe)


def _within(value: float, low: float | None, high: float | None) -> bool:
    return bool((low is None or low <= value + 1e-6) and (high is None or value <= high + 1e-6))


def _label(part: Part, cell: int) -> str:
    labels = []
    for code in reversed(part.sums.groups):
        cell, place = divmod(cell, len(code.labels))
        labels.append(f"{code.ref.column} = {code.labels[place]}")
    product = " * ".join(ref.column for ref in part.sums.product)
    name = f"sum of {product}" if product else "count"
    where = f" [{', '.join(reversed(labels))}]" if labels else ""
    return f"{part.question}: {name}{where}"


def as_json(found: Sequence[Attack]) -> dict[str, list[dict[str, object]]]:
    """The contract of ``samen attack --json``."""
    return {
        "attacks": [
            {
                "name": item.name,
                "figure": item.figure,
                "low": item.low,
                "high": item.high,
                "true_within": item.true_within,
                "safe": item.safe,
            }
            for item in found
        ]
    }
