# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compiled and plain kernels agree bit for bit."""

import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from samen import kernels
from samen.kernels import compiled, plain

from .tools import rng

R = rng(3)


def u64(*shape):
    return R.integers(0, 2**64, shape, dtype=np.uint64)


def u32(*shape):
    return R.integers(0, 2**32, shape, dtype=np.uint32)


def ints(*values):
    return np.array(values, dtype=np.int64)


N, W = 700, 16
SEGMENTS = (ints(0, 10, 50), ints(9, 40, 600), ints(8, 7, 1))
PAIRS = 8 * 9 - 36 + 7 * 40 - 28 + 599
CASES = {
    "multiply": ([u64(N) for _ in range(6)], [u64(N)]),
    "gate": ([u64(4, W), u64(4, W), ints(0, 1), ints(2, 3), ints(-1, 0)], [u64(2, W)]),
    "planes_of": ([u64(N)], [u64(52, W)]),
    "rows_of": ([u64(40, W)], [u64(N)]),
    "digits_of": ([u64(N)], [u32(N), u32(N)]),
    "compare_leaf": (
        [u64(N, 6), R.integers(0, N, N), u64(N, 6), R.integers(0, N, N), ints(32, 7), np.uint64(2**32 - 1)],
        [u64(77, W)],
    ),
    "adder_hide one word": ([u64(N), u64(N), 31, 1, 16, u64(N, 1)], [u64(N, 1)]),
    "adder_hide two words": ([u64(N), u64(N), 0, 0, 32, u64(N, 2)], [u64(N, 2)]),
    "adder_leaf one word": ([u64(N, 1), u64(N), 31, 1, 16, 1], [u64(N)]),
    "adder_leaf two words": ([u64(N, 2), u64(N), 0, 0, 31, 0], [u64(N)]),
    "lift": ([u64(W)], [u64(N)]),
    "inject": ([u64(W), u64(N), 1], [u64(N)]),
    "unit_rows": ([u64(N) & np.uint64(127), u64(N, 2)], [u64(N, 2)]),
    "turn_and_fold short": ([u64(N, 1), u64(N) & np.uint64(31), 32], [u64(N)]),
    "turn_and_fold long": ([u64(N, 4), u64(N) & np.uint64(255), 256], [u64(N)]),
    "shuffled": ([u64(N), u64(8)], [u32(N)]),
    "cross": ([u64(3, 2500), u64(3, 2500), u64(5, 2500), u64(5, 2500)], []),
    "scatter": ([np.array([2, 0, 2, 1, 0, 2]), ints(0, 2, 3), 10], [ints(*[0] * 6)]),
    "pairs": ([R.permutation(N), *SEGMENTS], [ints(*[0] * PAIRS), ints(*[0] * PAIRS)]),
}


@pytest.mark.parametrize("case", CASES)
def test_same_result(case):
    inputs, outputs = CASES[case]
    results = []
    for module in (compiled, plain):
        outs = [out.copy() for out in outputs]
        returned = getattr(module, case.split()[0])(*[np.copy(i) if np.ndim(i) else i for i in inputs], *outs)
        results.append([*outs, returned])
    np.testing.assert_equal(results[0], results[1])


def test_split_groups_rows_around_their_pivots():
    keys = R.permutation(N)
    order = R.permutation(N)
    for module in (compiled, plain):
        i, j = np.empty(PAIRS, dtype=np.int64), np.empty(PAIRS, dtype=np.int64)
        module.pairs(order, *SEGMENTS, i, j)
        above = (keys[i] > keys[j]).astype(np.uint8)
        new, starts, sizes = module.split(order, *SEGMENTS, above)
        assert sorted(new) == list(range(N))
        assert sizes.sum() == 9 + 40 + 600 - 8 - 7 - 1
        for start, size in zip(starts, sizes, strict=True):
            segment = 0 if start < 9 else 10 if start < 50 else 50
            below, inside = keys[new[segment:start]], keys[new[start : start + size]]
            assert below.max(initial=-1) < inside.min(initial=N)
        np.testing.assert_array_equal(keys[new[:9]], np.sort(keys[order[:9]]))


def _draw(n):
    out = np.empty(n, dtype=np.uint32)
    compiled.shuffled(u64(n), u64(4), out)
    return tuple(out.tolist())


def test_permutations_are_uniform():
    """Chi-square over the 24 orders of 4 rows: 23 degrees of freedom, fixed seed, 99.9 % bound 49.7."""
    counts = np.array(list(Counter(_draw(4) for _ in range(4800)).values()))
    assert len(counts) == 24
    assert ((counts - 200.0) ** 2 / 200).sum() < 49.7


def test_rejection_uses_spare_words_in_both():
    """The smallest word is rejected for bounds that do not divide 2^64."""
    random, spare = np.zeros(3, dtype=np.uint64), u64(8)
    first, second = np.empty(3, dtype=np.uint32), np.empty(3, dtype=np.uint32)
    assert compiled.shuffled(random, spare, first) == plain.shuffled(random, spare, second) == 1
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(("choice", "module"), [("numpy", "plain"), ("numba", "compiled"), ("", "compiled")])
def test_the_environment_chooses(choice, module):
    code = f"from samen.kernels import kernels; assert kernels().__name__ == 'samen.kernels.{module}'\n"
    code += f"import sys; assert ('numba' in sys.modules) == ({module!r} == 'compiled')"
    environment = {"PYTHONPATH": ":".join(sys.path), "SAMEN_KERNELS": choice}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_choice_is_explicit():
    try:
        kernels.use("numpy")
        assert kernels.kernels() is plain
        kernels.use("numba")
        assert kernels.kernels() is compiled
        with pytest.raises(ValueError, match="choose numba or numpy"):
            kernels.use("cuda")
    finally:
        kernels.use("numba")
