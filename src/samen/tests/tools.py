# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dealing inputs, running programs in three threads, and opening results."""

from __future__ import annotations

import numpy as np

from samen.bits import SharedWords
from samen.protocols.arithmetic import open_all
from samen.ring import Shared, signed, words
from samen.runtime import run_threads

EDGES = [0, 1, -1, 5, -5, 2**31, -(2**31), 2**62, -(2**62), 2**63 - 1, -(2**63)]


def rng(seed=1):
    return np.random.default_rng(seed)


def deal(values, seed=7):
    """The three parties' shares of integers."""
    value = words(values)
    first, second = (rng(seed + k).integers(0, 2**64, value.shape, dtype=np.uint64) for k in (0, 1000))
    parts = [first, second, value - first - second]
    return [Shared(parts[i], parts[(i + 1) % 3]) for i in range(3)]


def deal_words(values, seed=7):
    """The three parties' XOR shares of words."""
    value = words(values)
    first, second = (rng(seed + k).integers(0, 2**64, value.shape, dtype=np.uint64) for k in (0, 1000))
    parts = [first, second, value ^ first ^ second]
    return [SharedWords(parts[i], parts[(i + 1) % 3]) for i in range(3)]


def reveal(party, shared):
    """Open anything, for a test."""
    if isinstance(shared, SharedWords):
        party.send(party.next, shared.a)
        return shared.a ^ shared.b ^ party.receive(party.previous, shared.shape)
    return signed(open_all(party, shared, "test"))


def compute(function, *inputs):
    """``function(party, *shares)`` on dealt inputs; its opened results, equal at all parties."""

    def program(party):
        result = function(party, *(dealt[party.index] for dealt in inputs))
        single = not isinstance(result, tuple | list)
        opened = [reveal(party, part) for part in ([result] if single else result)]
        return opened[0] if single else opened

    results = run_threads(program)
    for other in results[1:]:
        np.testing.assert_equal(other, results[0])
    return results[0]
