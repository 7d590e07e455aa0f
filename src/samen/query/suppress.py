# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From sums that pass the rules by themselves to what is released: nothing hidden may follow.

The pattern is chosen in the clear, from opened flags and from the questions (``disclosure.pattern``). Three
things are judged on shares, before any figure is opened, and the pattern is widened until all hold: what a
shown whole leaves over beside its shown parts passes the rules of a sum; so does what two shown sums that
overlap do not share; and every hidden sum keeps room to move by p% of its largest contribution along its
circuit, whoever of the holders or contributors knows its own part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from ..disclosure.pattern import Circuit, Pattern
from .guard import Guarded
from .structure import Flags, Nesting

Key = tuple[tuple[int, ...], tuple[int, int] | None]
"""Variables and a rest that are known together: (number of the table of rests, cell)."""
BY_ITSELF, BESIDE, DIFFERS = "primary", "secondary", "difference"


@dataclass(slots=True)
class Released:
    """Per variable whether it is released, and why not."""

    shown: Flags
    reasons: dict[int, str] = field(default_factory=dict)
    beside: dict[int, int] = field(default_factory=dict)
    """The variable that one may not be released with."""


class Judge(Protocol):
    """Answers about values that nobody sees: the parties' on shares, a test's in the clear."""

    def overlaps(self, number: int, *, shared: bool) -> Flags:
        """Which pairs of a table of overlaps are safe or empty: in one of both, or in both (``shared``)."""

    def left_over(self, keys: Sequence[Key]) -> dict[Key, bool]:
        """Whether variables and a rest together pass the rules; a rest alone may be empty as well."""

    def room(self, circuits: Sequence[Circuit]) -> list[bool]:
        """Whether hidden sums keep room to move along these circuits."""


def released_variables(guarded: Guarded, passed: Flags, judge: Judge) -> Released:
    """Which variables of a table are released, from what passes by itself. Asks what the pattern needs."""
    return _Suppression(guarded, passed, judge).settle()


class _Suppression:
    def __init__(self, guarded: Guarded, passed: Flags, judge: Judge) -> None:
        self.structure, self.judge = guarded.structure, judge
        self.before, hidden_before = guarded.shown_before()
        self.primary = ~passed | hidden_before
        self.asked = guarded.asked()
        self.primary &= self.asked
        relations = [(r.whole, r.parts) for r in self.structure.relations if not r.between]
        self.pattern = Pattern(self.primary, relations, self.structure.weights, self.before, self.asked)
        self.conflicts = self._conflicts()
        self.result = Released(np.zeros(self.structure.count, dtype=bool))
        self.sums: dict[int, list[tuple[int, ...]]] = {}
        """The variables that make up another exactly."""
        for nesting in self.structure.nestings:
            if nesting.rest is None:
                self.sums.setdefault(nesting.whole, []).append(nesting.parts)
        self._judged: dict[Key, bool] = {}
        self._roomy: set[Circuit] = set()

    def settle(self) -> Released:
        while self._resolve() or self._leave_enough_over() or self._give_room():
            pass
        found = self.result
        found.shown = ~self.pattern.hidden
        for v in np.flatnonzero(self.pattern.hidden & self.asked).tolist():
            found.reasons.setdefault(v, BY_ITSELF if self.primary[v] else BESIDE)
        return found

    def _known(self) -> Flags:
        """What is released, and the margins that released cells add up to."""
        known = ~self.pattern.hidden
        margins = [v for v in self.sums if not self.asked[v]]
        grown = True
        while grown:
            fresh = [v for v in margins if not known[v] and any(known[list(p)].all() for p in self.sums[v])]
            known[fresh] = True
            grown = bool(fresh)
        return known

    def _hide(self, variable: int, reason: str, beside: int, *, need: bool) -> None:
        """Hide a variable; of a margin the smallest cell that it is known by."""
        known = self._known()
        while not self.asked[variable]:
            parts = next(p for p in self.sums[variable] if known[list(p)].all())
            free = [v for v in parts if not self.before[v]]
            variable = min(free, key=lambda v: (not self.asked[v], self.structure.weights[v], v))
            need = True
        self.result.reasons[variable] = reason
        self.result.beside[variable] = beside
        self.pattern.hide(variable, need=need)

    def _can_hide(self, variable: int) -> bool:
        """Whether it was not published before, by itself or by what it is made of."""
        if self.asked[variable]:
            return not self.before[variable]
        known = self._known()
        return any(
            known[list(p)].all() and any(self._can_hide(v) for v in p) for p in self.sums.get(variable, [])
        )

    # Two or three sums that may not be released together

    def _conflicts(self) -> list[tuple[int, ...]]:
        """Sets of variables of which one at least must stay hidden."""
        found: list[tuple[int, ...]] = []
        for number, overlaps in enumerate(self.structure.overlaps):
            safe = self.judge.overlaps(number, shared=False)
            pairs = overlaps.variables.tolist()
            found += [tuple(pair) for pair, good in zip(pairs, safe, strict=True) if not good]
            if len(overlaps.trackers):
                safe = self.judge.overlaps(number, shared=True)
                trackers = overlaps.trackers.tolist()
                found += [(*pairs[pair], whole) for pair, whole in trackers if not safe[pair]]
        return found

    def _resolve(self) -> bool:
        """Hide one of every set that may not be shown together: each time what stands in most of them."""
        changed = False
        while True:
            known = self._known()
            due = [c for c in self.conflicts if known[list(c)].all()]
            counts: dict[int, int] = {}
            for v in (v for conflict in due for v in conflict if self._can_hide(v)):
                counts[v] = counts.get(v, 0) + 1
            if not counts:
                break
            worst = max(counts, key=lambda v: (self.asked[v], counts[v], v))
            beside = next(v for conflict in due if worst in conflict for v in conflict if v != worst)
            self._hide(worst, DIFFERS, beside, need=True)
            changed = True
        if changed:
            self.pattern.settle()
        return changed

    # What a shown whole leaves over

    def _leave_enough_over(self) -> bool:
        known = self._known()
        due: list[tuple[Nesting, tuple[int, ...]]] = []
        for nesting in self.structure.nestings:
            if not known[nesting.whole] or (nesting.rest and not known[list(nesting.parts)].any()):
                continue
            if any(known[list(between)].all() for between in nesting.between):
                continue  # what these leave over is judged by itself, and together it is safe as well
            parts = tuple(v for v in nesting.parts if not known[v])
            if (parts or nesting.rest) and self._judged.get((parts, nesting.rest)) is not True:
                due.append((nesting, parts))
        fresh = [key for key in dict.fromkeys((p, n.rest) for n, p in due) if key not in self._judged]
        self._judged.update(self.judge.left_over(fresh))
        bad = [(nesting, parts) for nesting, parts in due if not self._judged[parts, nesting.rest]]
        for nesting, parts in bad:
            self._widen(nesting, parts)
        if bad:
            self.pattern.settle()
        return bool(bad)

    def _widen(self, nesting: Nesting, parts: tuple[int, ...]) -> None:
        """Hide one more of what stands together: a part, or the whole where little hangs on it."""
        known, weights = self._known(), self.structure.weights
        if not known[nesting.whole] or parts != tuple(v for v in nesting.parts if not known[v]):
            return  # what was hidden for another reason in this round changed it
        free = [v for v in nesting.parts if known[v] and self._can_hide(v)]
        whole = self._can_hide(nesting.whole)
        reason = BESIDE if parts else DIFFERS
        if free and (parts or not whole or len(free) == 1):
            chosen = min(free, key=lambda v: (not self.asked[v], weights[v], v))
            self._hide(chosen, reason, nesting.whole, need=not parts)
        elif whole:
            self._hide(nesting.whole, reason, nesting.parts[0], need=nesting.whole in self.sums)
        else:  # all of it was published before, and what is left over was judged then
            self._judged[parts, nesting.rest] = True

    # Room for what is hidden

    def _give_room(self) -> bool:
        circuits = [
            c
            for v, c in self.pattern.circuits.items()
            if self.pattern.needed[v] and c not in self._roomy and len(c.steps) > 1
        ]
        tight = [c.variable for c, good in zip(circuits, self.judge.room(circuits), strict=True) if not good]
        self._roomy |= set(circuits) - {self.pattern.circuits[v] for v in tight}
        if tight:
            self.pattern.too_tight(tight)
        return bool(tight)
