# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Arithmetic, conversion, comparison and numeric protocols against NumPy, at the edges of int64."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samen import kernels
from samen.errors import RangeError
from samen.protocols import arithmetic, compare, convert, numeric, scan, truncate
from samen.ring import fixed_point, from_fixed_point, signed

from .tools import EDGES, compute, deal, deal_words, rng

X = np.array([x for x in EDGES for _ in EDGES] + list(rng(1).integers(-(2**63), 2**63 - 1, 700)))
Y = np.array([y for _ in EDGES for y in EDGES] + list(rng(2).integers(-(2**63), 2**63 - 1, 700)))
INT64 = st.integers(-(2**63), 2**63 - 1)


@pytest.fixture(params=["numba", "numpy"])
def both_kernels(request):
    kernels.use(request.param)
    yield
    kernels.use("numba")


@pytest.mark.usefixtures("both_kernels")
def test_products():
    got = compute(arithmetic.multiply, deal(X), deal(Y, 8))
    np.testing.assert_array_equal(got, signed(X.view(np.uint64) * Y.view(np.uint64)))


@pytest.mark.parametrize("n", [0, 1, 65_536, 40_000])
def test_products_of_any_length(n):
    x = rng(n).integers(-(2**31), 2**31, n)
    np.testing.assert_array_equal(compute(arithmetic.multiply, deal(x), deal(x, 8)), x * x)


@pytest.mark.usefixtures("both_kernels")
def test_inner_and_matrix_products():
    a, b = rng(3).integers(-(2**30), 2**30, (3, 2000)), rng(4).integers(-(2**30), 2**30, (5, 2000))
    np.testing.assert_array_equal(compute(arithmetic.matrix_product, deal(a), deal(b, 8)), a @ b.T)
    np.testing.assert_array_equal(compute(arithmetic.inner, deal(a[0]), deal(b[0], 8)), [a[0] @ b[0]])


@pytest.mark.usefixtures("both_kernels")
def test_full_range_comparison_and_equality():
    np.testing.assert_array_equal(compute(compare.less, deal(X), deal(Y, 8)), X < Y)
    np.testing.assert_array_equal(compute(compare.equal, deal(X), deal(Y, 8)), X == Y)
    np.testing.assert_array_equal(compute(compare.minimum, deal(X), deal(Y, 8)), np.minimum(X, Y))
    np.testing.assert_array_equal(compute(compare.maximum, deal(X), deal(Y, 8)), np.maximum(X, Y))


@pytest.mark.parametrize("bits", [1, 2, 3, 8, 31, 32, 33, 62, 63])
def test_comparison_of_declared_width(bits):
    low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    x = np.array([low, high, low, high, 0, -1, *list(rng(bits).integers(low, high, 100, endpoint=True))])
    y = np.array([high, low, low, high, -1, 0, *list(rng(bits + 1).integers(low, high, 100, endpoint=True))])
    np.testing.assert_array_equal(
        compute(lambda p, a, b: compare.less(p, a, b, bits), deal(x), deal(y, 8)), x < y
    )
    np.testing.assert_array_equal(
        compute(lambda p, a, b: compare.equal(p, a, b, bits), deal(x), deal(y, 8)), x == y
    )
    np.testing.assert_array_equal(compute(lambda p, a: compare.negative(p, a, bits), deal(x)), x < 0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(INT64, INT64), max_size=20), st.integers(0, 2**30))
def test_any_numbers(pairs, seed):
    x, y = (np.array([pair[k] for pair in pairs], dtype=np.int64) for k in (0, 1))
    less, equal, chosen = compute(
        lambda p, a, b: [
            compare.less(p, a, b),
            compare.equal(p, a, b),
            compare.select(p, compare.equal(p, a, b), a, b),
        ],
        deal(x, seed),
        deal(y, seed + 1),
    )
    np.testing.assert_array_equal(less, x < y)
    np.testing.assert_array_equal(equal, x == y)
    np.testing.assert_array_equal(chosen, y)


def test_smallest_and_largest():
    assert compute(compare.smallest, deal(X)) == X.min()
    assert compute(compare.largest, deal(X)) == X.max()
    assert compute(compare.largest, deal([7])) == 7


@pytest.mark.usefixtures("both_kernels")
@pytest.mark.parametrize("bits", [1, 7, 20, 32, 33, 64])
def test_conversion_to_bits_and_back(bits):
    words = compute(lambda p, a: convert.numbers_to_words(p, a, bits), deal(X))
    expected = X.view(np.uint64) & np.uint64((1 << bits) - 1)
    np.testing.assert_array_equal(words, expected)
    numbers = compute(lambda p, a: convert.words_to_numbers(p, a, bits), deal_words(expected))
    np.testing.assert_array_equal(numbers, signed(expected))


def test_planes_and_rows():
    back = compute(lambda p, a: convert.to_rows(convert.to_planes(a, 40)), deal_words(X))
    np.testing.assert_array_equal(back, X.view(np.uint64) & np.uint64(2**40 - 1))


@pytest.mark.parametrize("shift", [1, 16, 40, 62])
def test_truncation_is_the_floor_or_one_less(shift):
    x = np.array([0, 1, -1, 2**62 - 1, -(2**62), 2**shift, -(2**shift), *list(X[-300:] >> 1)])
    error = (x >> shift) - compute(lambda p, a: truncate.truncate(p, a, shift), deal(x))
    assert set(error) <= {0, 1}


def test_fixed_point_product():
    x, y = rng(5).uniform(-1000, 1000, 500), rng(6).uniform(-1000, 1000, 500)
    shares = [deal(fixed_point(v, -1000, 1000), s) for v, s in ((x, 1), (y, 2))]
    got = from_fixed_point(compute(truncate.multiply_fixed, *shares).view(np.uint64))
    assert np.abs(got - x * y).max() < 2000 * 2.0**-17 + 2 * 2.0**-16


def test_fixed_point_refuses_what_is_out_of_range():
    with pytest.raises(RangeError, match=r"row 1: 11\.0 is outside the declared range"):
        fixed_point([1, 11], 0, 10)
    with pytest.raises(RangeError, match="row 0: nan"):
        fixed_point([math.nan], 0, 10)
    with pytest.raises(RangeError, match="more than 62 bits"):
        fixed_point([0], 0, 2**50)


def test_division_is_exact():
    x = np.array([0, 1, -1, 7, -7, 2**59, -(2**59), 2**60 - 1, 1, 12345678901234567])
    y = np.array([1, 1, 1, 2, 2, 3, 2**57, 2**58 - 1, 2**58 - 1, 1000])
    quotient = np.array([abs(int(a)) // int(b) * (-1 if a < 0 else 1) for a, b in zip(x, y, strict=True)])
    np.testing.assert_array_equal(compute(numeric.divide, deal(x), deal(y, 8)), quotient)


def test_square_root_is_exact():
    x = np.array([0, 1, 2, 3, 4, 15, 16, 2**60 - 1, 2**59, (2**29 + 5) ** 2, (2**29 + 5) ** 2 - 1])
    np.testing.assert_array_equal(compute(numeric.square_root, deal(x)), [math.isqrt(int(v)) for v in x])


def test_logistic_is_within_its_stated_error():
    x = np.concatenate([np.linspace(-12, 12, 801), [-1000.0, 1000.0]])
    got = from_fixed_point(compute(numeric.logistic, deal(fixed_point(x, -2000, 2000))).view(np.uint64))
    assert np.abs(got - 1 / (1 + np.exp(-np.clip(x, -500, 500)))).max() < 5e-4


@pytest.mark.parametrize("n", [0, 1, 2, 3, 64, 101])
def test_carry_forward(n):
    same, values = rng(n).integers(0, 2, n), rng(n + 1).integers(-100, 100, (2, n))
    expected = values.copy()
    for i in range(1, n):
        expected[:, i] += same[i] * expected[:, i - 1]
    np.testing.assert_array_equal(compute(scan.carry_forward, deal(same), deal(values, 8)), expected)
