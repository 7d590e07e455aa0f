# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every operator once at 10^5 rows in three real processes; a small run of the same program always."""

import numpy as np
import pytest

from samen.ring import from_fixed_point
from samen.runtime import run_processes, run_threads
from samen.tests import programs


def _by(codes, values, groups):
    out = np.zeros(groups, dtype=np.int64)
    np.add.at(out, codes, values)
    return out


def _padded(values, n):
    return np.concatenate([values, np.zeros(n - len(values), dtype=np.int64)])


def _carried(flags, values):
    """Running sums that restart where the flag is 0."""
    total = np.cumsum(values)
    start = np.maximum.accumulate(np.where(flags == 1, 0, np.arange(len(values))))
    return total - total[start] + values[start]


def _expected(n):
    t = programs.large_inputs(n)
    x, y, small, code, flag = (t[k] for k in ("x", "y", "small", "code", "flag"))
    lookup = dict(zip(t["right"].tolist(), x.tolist(), strict=True))
    _keys, counts = np.unique(np.concatenate([small, code]), return_counts=True)
    groups, places = np.unique(small[flag == 1], return_inverse=True)
    with np.errstate(over="ignore"):
        return {
            "multiply": x * y,
            "inner": [np.sum(x * y)],
            "matrix": np.array([[np.sum(a * b) for b in (y, small)] for a in (x, y)]),
            "bits": x,
            "less": x < y,
            "equal": code == 7,
            "select": np.where(flag == 1, x, y),
            "minimum": np.minimum(x, y),
            "maximum": np.maximum(small, code),
            "smallest": [x.min()],
            "largest": [x.max()],
            "divide": np.trunc(small[:2000] / (code[:2000] + 1)).astype(np.int64),
            "root": np.floor(np.sqrt(code[:2000] * 12345)).astype(np.int64),
            "sort": x[np.argsort(small, kind="stable")],
            "carry": _carried(flag, code).reshape(1, -1),
            "prefix": np.cumsum(code),
            "group": _by(code, x, 100).reshape(1, -1),
            "group counts": np.bincount(code, minlength=100),
            "group one-hot": _by(code, x, 100).reshape(1, -1),
            "group public": _by(code, x, 100).reshape(1, -1),
            "group keys": _padded(_by(places, x[flag == 1], len(groups)), n).reshape(1, -1),
            "distinct": _padded(counts, 2 * n),
            "join sum": [np.sum([lookup.get(k, 0) for k in t["left"].tolist()], dtype=np.int64)],
            "join matches": [sum(k in lookup for k in t["left"].tolist())],
            "left join": [np.sum([lookup.get(k, 0) for k in t["many"].tolist()], dtype=np.int64)],
            "left join rows": [n],
            "top": np.sort(small)[::-1][:50],
            "compact": np.concatenate([x[flag == 1], x[flag == 0]]),
        }


def _check(results, n):
    t = programs.large_inputs(n)
    for got in results:
        for name, values in _expected(n).items():
            np.testing.assert_array_equal(got.pop(name), values, err_msg=name)
        np.testing.assert_array_equal(np.sort(got.pop("shuffle")), np.sort(t["x"]))
        assert set(((t["small"] >> 8) - got.pop("truncate")).tolist()) <= {0, 1}
        curve = 1 / (1 + np.exp(-from_fixed_point(t["rate"].view(np.uint64))))
        assert np.abs(from_fixed_point(got.pop("logistic").view(np.uint64)) - curve).max() < 5e-4
        assert not got


def test_every_operator_in_threads():
    _check(run_threads(programs.every_operator, 2000), 2000)


@pytest.mark.full
def test_every_operator_at_a_hundred_thousand_rows_in_three_processes():
    _check(run_processes(programs.every_operator, 100_000), 100_000)
