# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Programs that processes of the tests import."""

import os
import signal

import numpy as np

from samen.holder import one_hot
from samen.protocols import (
    arithmetic,
    compact,
    compare,
    convert,
    group,
    join,
    numeric,
    scan,
    shuffle,
    sort,
    tables,
    truncate,
)
from samen.ring import fixed_point, signed, stack
from samen.tests.tools import deal, deal_words


def sort_and_open(party, dealt):
    x = dealt[party.index]
    _, columns = sort.sort(party, [sort.number_key(party, x, 32)], [x])
    return signed(arithmetic.open_all(party, columns[0], "sorted"))


def die(party, index):
    if party.index == index:
        os.kill(os.getpid(), signal.SIGKILL)
    return arithmetic.multiply(party, party.random(10), party.random(10))


def fail(party, index):
    if party.index == index:
        raise ValueError(f"party {index} cannot read its table")
    return arithmetic.multiply(party, party.random(10), party.random(10))


def large_inputs(n):
    """Plaintext columns of the large run."""
    rng = np.random.default_rng(n)
    keys = rng.permutation(2**62 // (4 * n) * np.arange(2 * n))
    return {
        "x": rng.integers(-(2**63), 2**63 - 1, n),
        "y": rng.integers(-(2**63), 2**63 - 1, n),
        "small": rng.integers(-(2**30), 2**30, n),
        "code": rng.integers(0, 100, n),
        "flag": rng.integers(0, 2, n),
        "left": keys[:n],
        "right": keys[n // 2 : n // 2 + n],
        "many": rng.choice(keys[: n + n // 2], n),
        "rate": fixed_point(rng.uniform(-10, 10, n), -10, 10).view(np.int64),
    }


def every_operator(party, n):
    """All operators on n rows in one session; opened results by name."""
    plain = large_inputs(n)
    s = {name: deal(values, 3 + k)[party.index] for k, (name, values) in enumerate(plain.items())}
    left, right, many = (
        sort.Key(deal_words(plain[name], 50 + k)[party.index], 62)
        for k, name in enumerate(("left", "right", "many"))
    )
    some = slice(0, 2000)  # these are for aggregates, so their rows are few
    ones = party.public(np.ones(2000, dtype=np.uint64))
    small = sort.number_key(party, s["small"], 31, signed=True)
    uniques = join.join(
        party, join.Side([left], []), join.Side([right], [s["x"]]), right_unique=True, left_unique=True
    )
    looked_up = join.join(
        party, join.Side([many], [s["y"]]), join.Side([right], [s["x"]]), kind="left", right_unique=True
    )
    groups = group.group_codes(party, s["code"], 100, [s["x"]])
    by_key = group.group_keys(party, [small], [s["x"]], s["flag"])
    merged = tables.union_keys([[small], [sort.number_key(party, s["code"], 31, signed=True)]])
    units = one_hot(plain["code"], 100)
    planes = convert.to_planes(deal_words(units, 60)[party.index], 21)
    group.check_one_hot(party, planes, [slice(0, n // 2), slice(n // 2, n)])
    shuffled = shuffle.shuffle(party, [s["x"]])[0]
    kept = compact.compact(party, s["flag"], [s["x"]])
    results = {
        "multiply": arithmetic.multiply(party, s["x"], s["y"]),
        "inner": arithmetic.inner(party, s["x"], s["y"]),
        "matrix": arithmetic.matrix_product(party, stack([s["x"], s["y"]]), stack([s["y"], s["small"]])),
        "truncate": truncate.truncate(party, s["small"], 8),
        "bits": convert.words_to_numbers(party, convert.numbers_to_words(party, s["x"]), 64),
        "less": compare.less(party, s["x"], s["y"]),
        "equal": compare.equal(party, s["code"], party.public(np.full(n, 7))),
        "select": compare.select(party, s["flag"], s["x"], s["y"]),
        "minimum": compare.minimum(party, s["x"], s["y"]),
        "maximum": compare.maximum(party, s["small"], s["code"], 32),
        "smallest": compare.smallest(party, s["x"]),
        "largest": compare.largest(party, s["x"]),
        "divide": numeric.divide(party, s["small"][some], s["code"][some] + ones, 32),
        "root": numeric.square_root(party, s["code"][some].scale(12345)),
        "logistic": numeric.logistic(party, s["rate"]),
        "shuffle": shuffled,
        "sort": sort.sort(party, [small], [s["x"]])[1][0],
        "carry": scan.carry_forward(party, s["flag"], s["code"].reshape(1, -1)),
        "prefix": s["code"].cumsum(),
        "group": groups.sums,
        "group counts": groups.counts,
        "group one-hot": group.group_one_hot(party, planes, 100, [s["x"]]).sums,
        "group public": group.group_public(plain["code"], 100, [s["x"]]).sums,
        "group keys": by_key.sums,
        "distinct": tables.distinct(party, merged[0:1]).counts,
        "join sum": uniques.right[0].sum().reshape(1),
        "join matches": uniques.matched.sum().reshape(1),
        "left join": looked_up.right[0].sum().reshape(1),
        "left join rows": looked_up.valid.sum().reshape(1),
        "top": tables.top(
            party, [sort.number_key(party, s["small"], 31, signed=True, descending=True)], [s["small"]], 50
        )[0],
        "compact": kept.columns[0],
    }
    return {name: signed(arithmetic.open_all(party, value, "test")) for name, value in results.items()}
