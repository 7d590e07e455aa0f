# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shuffle, sort, grouping, joins and tables against NumPy and SQLite."""

import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samen import kernels
from samen.bits import SharedBits, SharedWords
from samen.errors import RangeError, SamenError, UploadError
from samen.holder import one_hot
from samen.protocols import compact, convert, group, join, shuffle, sort, tables
from samen.runtime import run_threads

from .tools import EDGES, compute, deal, deal_words, rng


@pytest.fixture(params=["numba", "numpy"])
def both_kernels(request):
    kernels.use(request.param)
    yield
    kernels.use("numba")


@pytest.mark.parametrize("n", [0, 1, 2, 1000])
def test_shuffle_keeps_rows_together(n):
    x = rng(1).integers(-(2**63), 2**63 - 1, n)
    got, words = compute(lambda p, a, b: shuffle.shuffle(p, [a, b]), deal(x), deal_words(x, 9))
    np.testing.assert_array_equal(np.sort(got), np.sort(x))
    np.testing.assert_array_equal(got.view(np.uint64), words)
    if n == 1000:
        assert (got != x).mean() > 0.9


def _sorted(keys, bits, **order):
    n = len(keys[0])

    def program(party, row, *columns):
        fields = [sort.number_key(party, c, b, **order) for c, b in zip(columns, bits, strict=True)]
        return sort.sort(party, fields, [row])[1][0]

    return compute(program, deal(np.arange(n)), *(deal(key, 11 + k) for k, key in enumerate(keys)))


@pytest.mark.usefixtures("both_kernels")
@pytest.mark.parametrize("n", [0, 1, 2, 3, 63, 64, 65, 1023, 1500])
def test_sort_is_stable_at_any_size(n):
    key = rng(n).integers(0, max(1, n // 3), n)
    np.testing.assert_array_equal(_sorted([key], [32]), np.argsort(key, kind="stable"))


@pytest.mark.parametrize("n", [5000, 40_000])
def test_sort_of_many_rows(n):
    key = rng(n).integers(0, 2**32, n)
    np.testing.assert_array_equal(_sorted([key], [32]), np.argsort(key, kind="stable"))


def test_sort_of_edge_values_and_equal_keys():
    key = np.array(EDGES * 5)
    np.testing.assert_array_equal(_sorted([key], [64], signed=True), np.argsort(key, kind="stable"))
    np.testing.assert_array_equal(_sorted([key * 0], [1]), np.arange(55))


def test_sort_by_two_keys_descending():
    a, b = rng(1).integers(0, 4, 200), rng(2).integers(0, 2**62, 200)
    np.testing.assert_array_equal(_sorted([a, b], [2, 62], descending=True), np.lexsort((-b, -a)))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=80))
def test_sort_of_anything(values):
    key = np.array(values, dtype=np.int64)
    np.testing.assert_array_equal(_sorted([key], [64], signed=True), np.argsort(key, kind="stable"))


@pytest.mark.usefixtures("both_kernels")
@pytest.mark.parametrize(
    ("n", "groups"), [(0, 5), (1, 1), (10, 3), (1000, 8), (900, 9), (700, 100), (600, 256)]
)
def test_group_by_code(n, groups):
    code, x = rng(n).integers(0, groups, n), rng(n + 1).integers(-(2**63), 2**63 - 1, n)

    def program(party, codes, values):
        result = group.group_codes(party, codes, groups, [values, codes])
        return [result.sums, result.counts]

    sums, counts = compute(program, deal(code), deal(x, 8))
    expected = np.zeros((2, groups), dtype=np.int64)
    np.add.at(expected[0], code, x)
    np.add.at(expected[1], code, code)
    np.testing.assert_array_equal(sums, expected)
    np.testing.assert_array_equal(counts, np.bincount(code, minlength=groups))


def test_group_by_code_in_blocks(monkeypatch):
    monkeypatch.setattr(group, "BLOCK_ROWS", 1024)
    monkeypatch.setattr(group, "CHUNK_ROWS", 512)
    code = rng(1).integers(0, 20, 3000)
    counts = compute(lambda p, c: group.group_codes(p, c, 20, []).counts, deal(code))
    np.testing.assert_array_equal(counts, np.bincount(code, minlength=20))


def test_too_many_codes_are_refused_with_the_alternative():
    with pytest.raises(RangeError, match="use group_keys"):
        compute(lambda p, c: group.group_codes(p, c, 257, []).counts, deal([1]))


def test_group_by_public_code():
    code, x = rng(1).integers(0, 7, 300), rng(2).integers(-(2**63), 2**63 - 1, 300)
    result = compute(lambda p, v: group.group_public(code, 7, [v]).sums, deal(x))
    expected = np.zeros(7, dtype=np.int64)
    np.add.at(expected, code, x)
    np.testing.assert_array_equal(result[0], expected)


def _planes(words, groups):
    return SharedBits(convert.to_planes(words, 8 + -(-groups // 8)).words, len(words))


def test_one_hot_uploads_group_alike():
    code, x = rng(1).integers(0, 30, 500), rng(2).integers(0, 1000, 500)

    def program(party, units, values):
        planes = _planes(units, 30)
        group.check_one_hot(party, planes, [slice(0, 200), slice(200, 500)])
        result = group.group_one_hot(party, planes, 30, [values])
        return [result.sums, result.counts]

    sums, counts = compute(program, deal_words(one_hot(code, 30)), deal(x))
    np.testing.assert_array_equal(sums[0], np.bincount(code, weights=x, minlength=30))
    np.testing.assert_array_equal(counts, np.bincount(code, minlength=30))


@pytest.mark.parametrize("bad", [0, 0b11, 1 << 8, (1 << 8) | 1 | 2, (3 << 8) | 1])
def test_uploads_that_are_not_one_hot_are_refused(bad):
    units = one_hot(rng(1).integers(0, 30, 500), 30)
    units[321] = bad

    def program(party, shared):
        group.check_one_hot(party, _planes(shared, 30), [slice(0, 200), slice(200, 500)])

    with pytest.raises(UploadError, match="upload 1 is not one-hot"):
        compute(program, deal_words(units))


@pytest.mark.usefixtures("both_kernels")
@pytest.mark.parametrize("n", [0, 1, 2, 5, 800])
@pytest.mark.parametrize("filtered", ["none", "some", "all"])
def test_group_by_secret_keys(n, filtered):
    key, second = rng(n).integers(-20, 20, n), rng(n + 1).integers(0, 3, n)
    x = rng(n + 2).integers(-(2**63), 2**63 - 1, n)
    valid = {"none": np.ones(n, int), "all": np.zeros(n, int), "some": rng(3).integers(0, 2, n)}[filtered]

    def program(party, a, b, values, ok):
        keys = [sort.number_key(party, a, 7, signed=True), sort.number_key(party, b, 2)]
        result = group.group_keys(party, keys, [values], None if filtered == "none" else ok)
        labels = result.words[0].shift(-sort.index_bits(n)).mask(2**9 - 1)
        return [result.sums, result.counts, result.exists, labels]

    sums, counts, exists, labels = compute(
        program, *(deal(v, s) for s, v in enumerate((key, second, x, valid)))
    )
    codes, places = np.unique((key * 4 + second)[valid == 1], return_inverse=True)
    expected = np.zeros(len(codes), dtype=np.int64)
    np.add.at(expected, places, x[valid == 1])
    many = len(codes)
    np.testing.assert_array_equal(exists, np.arange(n) < many)
    np.testing.assert_array_equal(sums[0, :many], expected)
    np.testing.assert_array_equal(counts[:many], np.bincount(places, minlength=many))
    np.testing.assert_array_equal(labels[:many].astype(np.int64) - 256, codes)
    assert not sums[:, many:].any()
    assert not counts[many:].any()


def test_distinct_union_and_top():
    x, y = rng(1).integers(0, 30, 100), rng(2).integers(0, 30, 60)

    def program(party, a, b):
        keys = tables.union_keys([[sort.number_key(party, part, 5)] for part in (a, b)])
        columns = tables.union_all([[a], [b]])
        largest = tables.top(party, [sort.number_key(party, columns[0], 5, descending=True)], columns, 10)
        return [tables.distinct(party, keys).counts, *largest]

    counts, largest = compute(program, deal(x), deal(y, 8))
    both = np.concatenate([x, y])
    np.testing.assert_array_equal(counts[counts > 0], np.unique(both, return_counts=True)[1])
    np.testing.assert_array_equal(largest, np.sort(both)[::-1][:10])


@pytest.mark.parametrize("n", [0, 1, 50, 600])
def test_compaction_keeps_order(n):
    flags, x = rng(n).integers(0, 2, n), np.arange(n)

    def program(party, f, v):
        moved = compact.compact(party, f, [v])
        return [moved.flags, moved.columns[0]]

    got, values = compute(program, deal(flags), deal(x, 8))
    np.testing.assert_array_equal(got, np.sort(flags)[::-1])
    np.testing.assert_array_equal(values, np.concatenate([x[flags == 1], x[flags == 0]]))


def _sql(kind, left, right):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE l (k, v)")
    database.execute("CREATE TABLE r (k, v)")
    database.executemany("INSERT INTO l VALUES (?, ?)", left)
    database.executemany("INSERT INTO r VALUES (?, ?)", right)
    word = {"inner": "JOIN", "left": "LEFT JOIN"}[kind]
    query = f"SELECT l.v, coalesce(r.v, 0), r.k IS NOT NULL FROM l {word} r USING (k)"
    return sorted(database.execute(query).fetchall())


@pytest.mark.usefixtures("both_kernels")
@pytest.mark.parametrize("kind", ["inner", "left"])
@pytest.mark.parametrize("unique", [True, False])
@pytest.mark.parametrize("filtered", [True, False])
@pytest.mark.parametrize(("n", "m"), [(0, 0), (1, 0), (0, 1), (1, 1), (120, 90)])
def test_join(kind, unique, filtered, n, m):
    domain = 2 * max(n, m) + 1
    scale = 2**62 // domain
    right = rng(1).permutation(domain)[:m] * scale
    left = (rng(2).permutation(domain)[:n] if unique else rng(2).integers(0, domain, n)) * scale
    a, b = rng(3).integers(-(2**63), 2**63 - 1, n), rng(4).integers(-(2**63), 2**63 - 1, m)
    keep = (
        [rng(5).integers(0, 2, n), rng(6).integers(0, 2, m)]
        if filtered
        else [np.ones(n, int), np.ones(m, int)]
    )

    def program(party, lk, rk, lv, rv, lo, ro):
        sides = [
            join.Side([sort.Key(k, 62)], [v], ok if filtered else None)
            for k, v, ok in ((lk, lv, lo), (rk, rv, ro))
        ]
        joined = join.join(party, *sides, kind=kind, right_unique=True, left_unique=unique)
        packed = join.compact_join(party, joined, n)
        return [part for j in (joined, packed) for part in (j.left[0], j.right[0], j.valid, j.matched)]

    dealt = [
        deal_words(left),
        deal_words(right, 8),
        deal(a, 1),
        deal(b, 2),
        deal(keep[0], 3),
        deal(keep[1], 4),
    ]
    opened = compute(program, *dealt)
    rows = [
        [(k, v) for k, v, ok in zip(*t, strict=True) if ok] for t in ((left, a, keep[0]), (right, b, keep[1]))
    ]
    expected = _sql(kind, *([(int(k), int(v)) for k, v in table] for table in rows))
    for form in (opened[:4], opened[4:]):
        got = [
            (int(x), int(y), int(z))
            for x, y, v, z in zip(form[0], form[1], form[2], form[3], strict=True)
            if v
        ]
        assert sorted(got) == expected


def test_join_on_two_keys_of_which_one_is_long():
    a, b = np.array([1, 1, 2, 3]), np.array([2**61, 5, 2**61, 5])

    def program(party, x, y, v):
        keys = [sort.number_key(party, x, 8), sort.number_key(party, y, 62)]
        side = join.Side(keys, [v])
        return join.join(party, join.Side(list(keys), []), side, right_unique=True, left_unique=True).right[0]

    got = compute(program, deal(a), deal(b, 8), deal([10, 20, 30, 40], 9))
    assert sorted(got)[-4:] == [10, 20, 30, 40]


def test_many_to_many_is_refused_by_name():
    def program(party, x):
        side = join.Side([sort.Key(x, 8)], [])
        join.join(party, side, side, right_unique=False)

    with pytest.raises(SamenError, match="many-to-many joins are not supported; aggregate"):
        run_threads(lambda p: program(p, SharedWords(np.zeros(1, np.uint64), np.zeros(1, np.uint64))))


INT64 = st.integers(-(2**63), 2**63 - 1)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(INT64, INT64, st.booleans()), max_size=40), st.integers(0, 1))
def test_group_by_any_keys(rows, collide):
    """Full-range keys and values; with ``collide`` few keys, so that groups are large."""
    table = np.array(rows, dtype=object).reshape(-1, 3)
    key, x = (table[:, k].astype(np.int64) for k in (0, 1))
    key, valid = (key % 3 if collide else key), table[:, 2].astype(np.int64)

    def program(party, keys, values, ok):
        result = group.group_keys(party, [sort.number_key(party, keys, 64, signed=True)], [values], ok)
        return [result.sums[0], result.counts, result.exists]

    sums, counts, exists = compute(program, deal(key), deal(x, 8), deal(valid, 9))
    codes, places = np.unique(key[valid == 1], return_inverse=True)
    expected = np.zeros(len(codes), dtype=np.int64)
    np.add.at(expected, places, x[valid == 1])
    np.testing.assert_array_equal(exists, np.arange(len(key)) < len(codes))
    np.testing.assert_array_equal(sums[: len(codes)], expected)
    np.testing.assert_array_equal(counts[: len(codes)], np.bincount(places, minlength=len(codes)))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(0, 12), max_size=30),
    st.lists(st.integers(0, 12), max_size=13, unique=True),
    st.sampled_from(["inner", "left"]),
)
def test_join_of_any_keys(left, right, kind):
    a, b = np.arange(len(left)) + 1, np.arange(len(right)) + 100

    def program(party, lk, rk, lv, rv):
        sides = join.Side([sort.Key(lk, 4)], [lv]), join.Side([sort.Key(rk, 4)], [rv])
        joined = join.join(party, *sides, kind=kind, right_unique=True)
        return [joined.left[0], joined.right[0], joined.valid, joined.matched]

    keys = [deal_words(np.array(side, dtype=np.int64), k) for k, side in enumerate((left, right))]
    opened = compute(program, *keys, deal(a, 1), deal(b, 2))
    got = sorted((int(x), int(y), int(m)) for x, y, v, m in zip(*opened, strict=True) if v)
    tables_ = [list(zip(side, values.tolist(), strict=True)) for side, values in ((left, a), (right, b))]
    assert got == _sql(kind, *tables_)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 99), INT64), max_size=60))
def test_group_by_any_code(rows):
    table = np.array(rows, dtype=object).reshape(-1, 2)
    code, x = (table[:, k].astype(np.int64) for k in (0, 1))
    sums = compute(lambda p, c, v: group.group_codes(p, c, 100, [v]).sums, deal(code), deal(x, 8))
    expected = np.zeros(100, dtype=np.int64)
    np.add.at(expected, code, x)
    np.testing.assert_array_equal(sums[0], expected)
