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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..disclosure.pattern import Circuit, Pattern
from ..disclosure.rules import COUNT_BITS, Contributions, sums_pass
from ..party import Party
from ..protocols.arithmetic import multiply, open_all
from ..protocols.compare import equal
from ..ring import Shared
from ..study.model import Study
from .contributions import Shares
from .guard import Guarded
from .pool import Pool
from .structure import Flags, Nesting

REMAINDERS = "which hidden remainders are safe together"
OVERLAPS = "which overlaps of two sums differ by nothing or by enough"
ROOM = "which hidden sums keep room to move"
BY_ITSELF, BESIDE, DIFFERS = "primary", "secondary", "difference"


@dataclass(slots=True)
class Released:
    """Per variable whether it is released, and why not."""

    shown: Flags
    reasons: dict[int, str] = field(default_factory=dict)
    beside: dict[int, int] = field(default_factory=dict)
    """The variable that one may not be released with."""


def released_variables(
    party: Party,
    study: Study,
    guarded: Guarded,
    parts: Mapping[int, Contributions],
    shares: Shares | None,
    passed: Flags,
) -> Released:
    """Which variables of a table are released. Opens what the pattern needs, round by round."""
    return _Suppression(party, study, guarded, parts, shares, passed).settle()


class _Suppression:
    def __init__(
        self,
        party: Party,
        study: Study,
        guarded: Guarded,
        parts: Mapping[int, Contributions],
        shares: Shares | None,
        passed: Flags,
    ) -> None:
        self.party, self.study, self.guarded = party, study, guarded
        self.structure = guarded.structure
        self.pool = Pool(party, guarded, parts, shares)
        self.before, hidden_before = guarded.shown_before()
        self.primary = ~passed | hidden_before
        relations = [(r.whole, r.parts) for r in self.structure.relations]
        self.pattern = Pattern(self.primary, relations, self.structure.weights, self.before)
        self.conflicts = self._conflicts(shares)
        self.result = Released(np.zeros(self.structure.count, dtype=bool))
        self.exact = {n.whole for n in self.structure.nestings if n.rest is None}
        self._judged: dict[tuple[tuple[int, ...], tuple[int, int] | None], bool] = {}
        self._roomy: set[Circuit] = set()

    def settle(self) -> Released:
        while self._resolve() or self._leave_enough_over() or self._give_room():
            pass
        found = self.result
        found.shown = ~self.pattern.hidden
        for v in np.flatnonzero(self.pattern.hidden).tolist():
            found.reasons.setdefault(v, BY_ITSELF if self.primary[v] else BESIDE)
        return found

    # Two or three sums that may not be released together

    def _conflicts(self, shares: Shares | None) -> list[tuple[int, ...]]:
        """Sets of variables of which one at least must stay hidden."""
        found: list[tuple[int, ...]] = []
        for number, overlaps in enumerate(self.structure.overlaps):
            safe = self._safe_or_empty(shares, "overlaps", number, len(overlaps.cells))
            found += [
                tuple(pair) for pair, good in zip(overlaps.variables.tolist(), safe, strict=True) if not good
            ]
            if len(overlaps.trackers):
                shared = self._safe_or_empty(shares, "shared", number, len(overlaps.cells))
                found += [
                    (*overlaps.variables[pair].tolist(), whole)
                    for pair, whole in overlaps.trackers.tolist()
                    if not shared[pair]
                ]
        return found

    def _safe_or_empty(self, shares: Shares | None, what: str, number: int, count: int) -> Flags:
        own = None if shares is None else shares.contributions(self.party, what, number)
        if own is None:
            return np.zeros(count, dtype=bool)
        return np.asarray(open_all(self.party, _pass_or_empty(self.party, own, self.study), OVERLAPS) != 0)

    def _resolve(self) -> bool:
        """Hide one of every set that may not be shown together: first what stands in most of them."""
        due = [c for c in self.conflicts if not self.pattern.hidden[list(c)].any()]
        if not due:
            return False
        counts: dict[int, int] = {}
        for conflict in due:
            for v in conflict:
                counts[v] = counts.get(v, 0) + 1
        chosen: set[int] = set()
        for conflict in due:
            if chosen & set(conflict):
                continue
            free = [v for v in conflict if not self.before[v]]
            if free:
                worst = max(free, key=lambda v: (counts[v], v))
                chosen.add(worst)
                other = next(v for v in conflict if v != worst)
                self._hide(worst, DIFFERS, other)
        self.pattern.need(sorted(chosen))
        return bool(chosen)

    def _hide(self, variable: int, reason: str, beside: int) -> None:
        self.result.reasons[variable] = reason
        self.result.beside[variable] = beside

    # What a shown whole leaves over

    def _leave_enough_over(self) -> bool:
        hidden = self.pattern.hidden
        due: list[tuple[Nesting, tuple[int, ...]]] = []
        for nesting in self.structure.nestings:
            if hidden[nesting.whole] or (nesting.rest and all(hidden[list(nesting.parts)])):
                continue
            parts = tuple(v for v in nesting.parts if hidden[v])
            if (parts or nesting.rest) and self._judged.get((parts, nesting.rest)) is not True:
                due.append((nesting, parts))
        fresh = [key for key in dict.fromkeys((p, n.rest) for n, p in due) if key not in self._judged]
        self._judged.update(self._judge(fresh))
        bad = [(nesting, parts) for nesting, parts in due if not self._judged[parts, nesting.rest]]
        for nesting, parts in bad:
            self._widen(nesting, parts)
        if bad:
            self.pattern.settle()
        return bool(bad)

    def _judge(
        self, keys: Sequence[tuple[tuple[int, ...], tuple[int, int] | None]]
    ) -> dict[tuple[tuple[int, ...], tuple[int, int] | None], bool]:
        found = dict.fromkeys(keys, False)
        for own, chosen in self.pool.together(keys):
            bits = _pass_or_empty(self.party, own, self.study)
            strict = np.array([bool(parts) for parts, _ in chosen])
            if strict.any():
                passes = sums_pass(self.party, own[np.flatnonzero(strict)], self.study.rules)
                bits = _replaced(bits, np.flatnonzero(strict), passes)
            opened = open_all(self.party, bits, REMAINDERS)
            found.update({key: bool(value) for key, value in zip(chosen, opened, strict=True)})
        return found

    def _widen(self, nesting: Nesting, parts: tuple[int, ...]) -> None:
        """Hide one more of what stands together: a part, or the whole where little hangs on it."""
        hidden, weights = self.pattern.hidden, self.structure.weights
        if hidden[nesting.whole] or parts != tuple(v for v in nesting.parts if hidden[v]):
            return  # what was hidden for another reason in this round changed it
        free = [v for v in nesting.parts if not hidden[v] and not self.before[v]]
        whole = not self.before[nesting.whole]
        if free and (parts or not whole or len(free) == 1):
            chosen = min(free, key=lambda v: (weights[v], v))
            self._hide(chosen, BESIDE if parts else DIFFERS, nesting.whole)
            if parts:
                hidden[chosen] = True
            else:
                self.pattern.needed[chosen] = hidden[chosen] = True
        elif whole:
            self._hide(nesting.whole, BESIDE if parts else DIFFERS, nesting.parts[0])
            hidden[nesting.whole] = True
            self.pattern.needed[nesting.whole] |= nesting.whole in self.exact
        else:  # all of it was published before, and what is left over was judged then
            self._judged[parts, nesting.rest] = True

    # Room for what is hidden

    def _give_room(self) -> bool:
        circuits = [
            c
            for v, c in self.pattern.circuits.items()
            if self.pattern.needed[v] and c not in self._roomy and len(c.steps) > 1
        ]
        known = [c for c in circuits if self.pool.knows(c.members)]
        tight = [c.variable for c in circuits if c not in known]
        if known:
            opened = open_all(self.party, self.pool.room(known, self.study), ROOM)
            tight += [c.variable for c, good in zip(known, opened, strict=True) if not good]
        self._roomy |= set(circuits) - {self.pattern.circuits[v] for v in tight}
        if tight:
            self.pattern.too_tight(tight)
        return bool(tight)


def _pass_or_empty(party: Party, own: Contributions, study: Study) -> Shared:
    """[passes the rules, or nobody contributes]."""
    passes = sums_pass(party, own, study.rules)
    nothing = party.public(np.zeros(len(own.units), dtype=np.uint64))
    empty = equal(party, own.present.sum(axis=0), nothing, COUNT_BITS)
    return passes + empty - multiply(party, passes, empty)


def _replaced(values: Shared, places: NDArray[np.int64], others: Shared) -> Shared:
    a, b = values.a.copy(), values.b.copy()
    a[places], b[places] = others.a, others.b
    return Shared(a, b)
