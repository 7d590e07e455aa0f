# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is measured. The five rows of the contract are fixed; general forms are rows of their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..bits import SharedWords
from ..memory import peak_megabytes
from ..party import Party
from ..protocols import arithmetic, compare, group, join, sort
from ..ring import Shared, Words

Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One repetition at one party."""

    seconds: float
    cpu_seconds: float
    rounds: int
    sent_bytes: int
    drawn_bytes: int


def _parts(party: Party, values: Words, xor: bool) -> tuple[Words, Words]:
    rng = np.random.default_rng(len(values))
    first, second = (rng.integers(0, 2**64, len(values), dtype=np.uint64) for _ in range(2))
    third = values ^ first ^ second if xor else values - first - second
    parts = (first, second, third)
    return parts[party.index], parts[party.next]


def _shared(party: Party, values: Words) -> Shared:
    return Shared(*_parts(party, values, xor=False))


def _numbers(n: int, below: int, seed: int) -> Words:
    return np.random.default_rng(seed).integers(0, below, n, dtype=np.uint64)


def _keys(n: int, seed: int) -> Words:
    """Distinct 62-bit keys in random order; tables with other seeds share half of them."""
    rng = np.random.default_rng(0)
    pool = rng.permutation(2**62 // (4 * n) * np.arange(2 * n, dtype=np.uint64))
    return np.random.default_rng(seed).permutation(pool[: n + n // 2])[:n]


def _mul(party: Party, n: int) -> Work:
    x, y = (_shared(party, _numbers(n, 2**64 - 1, s)) for s in (1, 2))
    return lambda: arithmetic.multiply(party, x, y)


def _cmp(party: Party, n: int) -> Work:
    x, y = (_shared(party, _numbers(n, 2**32, s)) for s in (1, 2))
    return lambda: compare.negative(party, x - y, 33)


def _cmp64(party: Party, n: int) -> Work:
    x, y = (_shared(party, _numbers(n, 2**64 - 1, s)) for s in (1, 2))
    return lambda: compare.less(party, x, y, 64)


def _sort(party: Party, n: int) -> Work:
    x = _shared(party, _numbers(n, 2**32, 1))
    return lambda: sort.sort(party, [sort.number_key(party, x, 32)], [])


def _sort_general(party: Party, n: int) -> Work:
    """64-bit signed key, validity, one payload column; few distinct keys."""
    x, y = _shared(party, _numbers(n, n // 10 + 1, 1)), _shared(party, _numbers(n, 2**63, 2))
    valid = _shared(party, _numbers(n, 2, 3))

    def work() -> None:
        keys = [
            sort.number_key(party, valid, 1, descending=True),
            sort.number_key(party, x, 64, signed=True),
        ]
        sort.sort(party, keys, [x, y, valid])

    return work


def _group(party: Party, n: int) -> Work:
    codes, x = _shared(party, _numbers(n, 100, 1)), _shared(party, _numbers(n, 2**32, 2))
    return lambda: group.group_codes(party, codes, 100, [x])


def _group_keys(party: Party, n: int) -> Work:
    codes, x = _shared(party, _numbers(n, n // 10 + 1, 1)), _shared(party, _numbers(n, 2**32, 2))
    valid = _shared(party, _numbers(n, 2, 3))
    return lambda: group.group_keys(party, [sort.number_key(party, codes, 32)], [x], valid)


def _sides(party: Party, n: int, repeated: bool) -> tuple[join.Side, join.Side]:
    left, right = _keys(n, 1), _keys(n, 2)
    if repeated:
        left = left[np.random.default_rng(3).integers(0, n, n)]
    values = _shared(party, _numbers(n, 2**32, 4))
    keys = [sort.Key(SharedWords(*_parts(party, k, xor=True)), 62) for k in (left, right)]
    return join.Side([keys[0]], []), join.Side([keys[1]], [values])


def _join(party: Party, n: int) -> Work:
    left, right = _sides(party, n, repeated=False)
    return lambda: join.join(party, left, right, right_unique=True, left_unique=True).right[0].sum()


def _join_many(party: Party, n: int) -> Work:
    left, right = _sides(party, n, repeated=True)
    return lambda: join.join(party, left, right, right_unique=True).right[0].sum()


OPERATIONS: dict[str, Callable[[Party, int], Work]] = {
    "mul": _mul,
    "cmp": _cmp,
    "sort": _sort,
    "group": _group,
    "join": _join,
    "cmp64": _cmp64,
    "sort-general": _sort_general,
    "group-keys": _group_keys,
    "join-many": _join_many,
}


def measure(party: Party, name: str, n: int, repeats: int) -> tuple[list[Run], float]:
    """One warm-up and ``repeats`` timed runs at this party, and its peak memory in MB."""
    work = OPERATIONS[name](party, n)
    runs = []
    for _ in range(repeats + 1):
        arithmetic.open_all(party, party.random(1), "start together")
        before = (party.rounds, party.channel.sent_bytes, _drawn(party))
        cpu, start = time.process_time(), time.perf_counter()
        work()
        seconds, used = time.perf_counter() - start, time.process_time() - cpu
        after = (party.rounds, party.channel.sent_bytes, _drawn(party))
        runs.append(Run(seconds, used, *(b - a for a, b in zip(before, after, strict=True))))
    return runs[1:], peak_megabytes()


def _drawn(party: Party) -> int:
    return party.own.drawn_bytes + party.following.drawn_bytes
