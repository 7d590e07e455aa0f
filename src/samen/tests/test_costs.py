# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds and bytes of the docstrings, exactly: both depend on sizes alone."""

import math
import threading

import numpy as np
import pytest

from samen.bits import SharedBits, SharedWords
from samen.protocols import arithmetic, compact, compare, convert, group, numeric, scan, shuffle, truncate
from samen.runtime import run_threads

N = 4096
LOG = int(math.log2(N))
COSTS = {
    "multiply": (lambda p, x, w: arithmetic.multiply(p, x, x), 1, 8),
    "inner": (lambda p, x, w: arithmetic.inner(p, x, x), 1, 8 / N),
    "open_all": (lambda p, x, w: arithmetic.open_all(p, x, "x"), 1, 8),
    "negative, 33 bits": (lambda p, x, w: compare.negative(p, x, 33), 8, 19.25),
    "less, 64 bits": (lambda p, x, w: compare.less(p, x, x), 10, 109.375),
    "equal, 32 bits": (lambda p, x, w: compare.equal(p, x, x, 32), 8, 17.875),
    "select": (lambda p, x, w: compare.select(p, x, x, x), 1, 8),
    "bits_to_numbers": (lambda p, x, w: convert.bits_to_numbers(p, convert.to_planes(w, 1)), 2, 8),
    "numbers_to_words, 32 bits": (lambda p, x, w: convert.numbers_to_words(p, x, 32), 2 + 5, 8 + 8 * 5),
    "numbers_to_words, 64 bits": (lambda p, x, w: convert.numbers_to_words(p, x, 64), 2 + 6, 2 * (8 + 8 * 6)),
    "words_to_numbers, 8 bits": (lambda p, x, w: convert.words_to_numbers(p, w, 8), 2, 64),
    "truncate": (lambda p, x, w: truncate.truncate(p, x), 2, 16),
    "multiply_fixed": (lambda p, x, w: truncate.multiply_fixed(p, x, x), 3, 24),
    "shuffle": (lambda p, x, w: shuffle.shuffle(p, [x, w]), 2, 2 * 16),
    "place_rows": (lambda p, x, w: compact.place_rows(p, p.public(np.arange(N)), [x]), 3, 16 * 2 + 8),
    "compact": (
        lambda p, x, w: compact.compact(p, p.public(np.ones(N, dtype=np.uint64)), [x]),
        4,
        16 * 3 + 16,
    ),
    "carry_forward": (lambda p, x, w: scan.carry_forward(p, x, x.reshape(1, -1)), 2 * LOG, 24),
    "group_codes": (lambda p, x, w: group.group_codes(p, x, 100, [x]), 5, 248.4),
    "group_one_hot": (lambda p, x, w: group.group_one_hot(p, _planes(w, 21), 100, [x]), 4, 232.5),
    "divide": (lambda p, x, w: numeric.divide(p, x, x), 153, 7754),
    "square_root": (lambda p, x, w: numeric.square_root(p, x), 72, 3614),
    "logistic": (lambda p, x, w: numeric.logistic(p, x), 14, 691),
}


def _planes(words, count):
    return SharedBits(convert.to_planes(words, count).words, N)


@pytest.mark.parametrize("name", COSTS)
def test_rounds_and_bytes(name):
    program, rounds, size = COSTS[name]
    ready = threading.Barrier(3)

    def run(party):
        x, w = party.random(N), party.random(N)
        before, party.rounds = party.channel.sent_bytes, 0
        ready.wait()
        program(party, x, SharedWords(w.a, w.b))
        return party.rounds, (party.channel.sent_bytes - before) / N

    costs = run_threads(run)
    assert max(r for r, _ in costs) == rounds
    assert max(b for _, b in costs) == pytest.approx(size, rel=2e-3)
