# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pattern of suppression asks, judged on shares: only the answers are opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..disclosure.pattern import Circuit
from ..disclosure.rules import COUNT_BITS, Contributions, sums_pass
from ..party import Party
from ..protocols.arithmetic import multiply, open_all
from ..protocols.compare import equal
from ..ring import Shared
from ..study.model import Rules, Study
from .contributions import Shares
from .guard import Guarded
from .pool import Pool
from .structure import Flags
from .suppress import Key

REMAINDERS = "which hidden remainders are safe together"
OVERLAPS = "which overlaps of two sums differ by nothing or by enough"
ROOM = "which hidden sums keep room to move"


class OnShares:
    """The judge of ``suppress`` at a party."""

    def __init__(
        self,
        party: Party,
        study: Study,
        guarded: Guarded,
        parts: Mapping[int, Contributions],
        shares: Shares | None,
    ) -> None:
        self.party, self.study, self.guarded, self.shares = party, study, guarded, shares
        self.pool = Pool(party, guarded, parts, shares)
        self.unit_rows = guarded.plans[0].table.unit_rows
        self.row_rules = replace(study.rules, min_units=study.rules.min_units * self.unit_rows)
        """The rules where holders count rows of units that may have several: so many are enough units."""

    def overlaps(self, number: int, *, shared: bool) -> Flags:
        what = "shared" if shared else "overlaps"
        own = None if self.shares is None else self.shares.contributions(self.party, what, number)
        if own is None:  # over a join nobody counts them: not proven
            return np.zeros(len(self.guarded.structure.overlaps[number].cells), dtype=bool)
        bits = _pass_or_empty(self.party, in_rows(own, self.unit_rows), self.row_rules)
        found: Flags = open_all(self.party, bits, OVERLAPS) != 0
        return found

    def left_over(self, keys: Sequence[Key]) -> dict[Key, bool]:
        found = dict.fromkeys(keys, False)
        for own, chosen in self.pool.together(keys):
            bits = _pass_or_empty(self.party, own, self.study.rules)
            strict = np.flatnonzero([bool(parts) for parts, _ in chosen])
            if len(strict):
                bits = _replaced(bits, strict, sums_pass(self.party, own[strict], self.study.rules))
            opened = open_all(self.party, bits, REMAINDERS)
            found.update({key: bool(value) for key, value in zip(chosen, opened, strict=True)})
        return found

    def room(self, circuits: Sequence[Circuit]) -> list[bool]:
        known = [c for c in circuits if self.pool.knows(c.members)]
        if not known:
            return [False] * len(circuits)
        opened = open_all(self.party, self.pool.room(known, self.study), ROOM)
        roomy = {c for c, good in zip(known, opened, strict=True) if good}
        return [c in roomy for c in circuits]


def in_rows(own: Contributions, unit_rows: int) -> Contributions:
    """Contributions that were counted by row, where one unit may have ``unit_rows`` of the largest."""
    if unit_rows == 1 or own.tops is None or own.tops_without is None:
        return own
    return replace(own, tops=own.tops.scale(unit_rows), tops_without=own.tops_without.scale(unit_rows))


def _pass_or_empty(party: Party, own: Contributions, rules: Rules) -> Shared:
    """[passes the rules, or nobody contributes]."""
    passes = sums_pass(party, own, rules)
    nothing = party.public(np.zeros(len(own.units), dtype=np.uint64))
    empty = equal(party, own.present.sum(axis=0), nothing, COUNT_BITS)
    return passes + empty - multiply(party, passes, empty)


def _replaced(values: Shared, places: NDArray[np.int64], others: Shared) -> Shared:
    a, b = values.a.copy(), values.b.copy()
    a[places], b[places] = others.a, others.b
    return Shared(a, b)
