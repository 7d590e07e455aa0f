# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Output rules against a plain reading of their definitions; patterns against linear programming."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samen.disclosure.audit import feasible_intervals
from samen.disclosure.pattern import Pattern, determined
from samen.disclosure.relations import Relation, find_relations
from samen.disclosure.rules import Tally, cells_pass, lines_full
from samen.query.tallies import largest_of
from samen.ring import Shared
from samen.runtime import run_threads
from samen.study.model import Rules

from .tools import deal, reveal


def plainly(units, tops, base, rules):
    """The rules of one cell as they are written: ``units`` per holder, all contributions descending."""
    total = sum(units)
    ok = total >= rules.min_units
    if rules.leave_one_out:
        ok &= all(total - own >= rules.min_units for own in units)
    ok &= sum(own > 0 for own in units) >= rules.min_holders
    size = sum(tops)
    if rules.dominance_n:
        ok &= 100 * sum(tops[: rules.dominance_n]) <= rules.dominance_k * size
    if rules.p_percent:
        ok &= 100 * (size - sum(tops[:2])) >= rules.p_percent * (tops[0] if tops else 0)
    if base is not None:
        rest = base - total
        ok &= rest >= rules.min_units or (rest == 0 and rules.full_cells == "safe")
    if rules.zeros == "safe" and (total if base is None else base) == 0:
        ok = True
    return ok


RULES = [
    Rules(),
    Rules(min_units=3, min_holders=2, leave_one_out=False),
    Rules(min_units=5, dominance_n=2, dominance_k=60, p_percent=30, full_cells="safe"),
    Rules(min_units=4, dominance_n=0, p_percent=0, zeros="safe", min_holders=1),
]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("narrow", [False, True])
def test_cells_pass_exactly_when_the_rules_say_so(rules, narrow):
    rng = np.random.default_rng(hash((rules.min_units, narrow)) % 2**32)
    cells, holders = 60, 4
    units = rng.integers(0, 8, (holders, cells)) * (rng.random((holders, cells)) < 0.8)
    units[:, 0] = 0
    lists = [
        sorted((int(v) for v in rng.lognormal(5, rng.choice([0.3, 2.5]), units[:, c].sum())), reverse=True)
        for c in range(cells)
    ]
    base = units.sum(axis=0) + rng.choice([0, 2, 40], cells) if narrow else None
    tops = np.array([[*one, 0, 0][:2] for one in lists]).T
    sizes = np.array([sum(one) for one in lists])
    dealt = {
        "present": deal(units, 1),
        "tops": deal(tops, 2),
        "magnitude": deal(sizes, 3),
        "base": deal(base if narrow else sizes, 4),
    }

    def program(party):
        mine = {name: shares[party.index] for name, shares in dealt.items()}
        total = mine["present"].sum(axis=0)
        without = Shared(total.a - mine["present"].a, total.b - mine["present"].b)
        tally = Tally(
            total,
            without,
            mine["present"],
            mine["base"] if narrow else None,
            mine["tops"],
            mine["tops"],
            mine["magnitude"],
        )
        return reveal(party, cells_pass(party, tally, rules))

    found = run_threads(program)[0]
    expected = [
        plainly(units[:, c].tolist(), lists[c], int(base[c]) if narrow else None, rules) for c in range(cells)
    ]
    assert found.tolist() == [int(ok) for ok in expected]
    assert len(set(expected)) == 2


def test_largest_contributions_of_all_holders():
    rng = np.random.default_rng(1)
    lists = -np.sort(-rng.integers(0, 1000, (5, 3, 7)), axis=1)
    dealt = deal(lists)
    found = run_threads(lambda p: reveal(p, largest_of(p, dealt[p.index])))[0]
    expected = -np.sort(-lists.reshape(15, 7), axis=0)[:3]
    np.testing.assert_array_equal(found, expected)


def test_full_lines():
    table = np.array([[5, 0, 0], [1, 2, 3], [0, 0, 0], [0, 0, 4]])
    dealt = deal(table.reshape(-1))
    found = run_threads(lambda p: reveal(p, lines_full(p, dealt[p.index], table.shape)))[0].reshape(
        table.shape
    )
    rows = (table == table.sum(axis=1, keepdims=True)) & (table > 0)
    columns = (table == table.sum(axis=0, keepdims=True)) & (table > 0)
    np.testing.assert_array_equal(found > 0, rows | columns)


def cross_table(rows, columns):
    """Sets, groups and blocks of a two-way table with its margins, as one block each."""
    atoms = rows * columns
    sets, blocks = [], []
    for i in range(rows):
        for j in range(columns):
            one = np.zeros(atoms, dtype=bool)
            one[i * columns + j] = True
            sets.append(one)
            blocks.append(frozenset(["cells"]))
    grid = np.arange(atoms).reshape(rows, columns)
    for name, lines in (("rows", grid), ("columns", grid.T), ("all", grid.reshape(1, -1))):
        for line in lines:
            one = np.zeros(atoms, dtype=bool)
            one[line] = True
            sets.append(one)
            blocks.append(frozenset([name]))
    return np.array(sets), ["n"] * len(sets), blocks


def test_relations_of_a_table_with_margins():
    relations = find_relations(*cross_table(2, 3))
    assert Relation(6, (0, 1, 2)) in relations  # a row
    assert Relation(8, (0, 3)) in relations  # a column
    assert Relation(11, (6, 7)) in relations  # the total of the rows
    assert Relation(11, (0, 1, 2, 3, 4, 5)) in relations


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_no_hidden_cell_can_be_computed(rows, columns, data):
    """Whatever the primary flags: none follows by algebra, and the audit's intervals hold the truth."""
    sets, groups, blocks = cross_table(rows, columns)
    values = np.array(
        data.draw(st.lists(st.integers(0, 40), min_size=rows * columns, max_size=rows * columns))
    )
    totals = (sets @ values).astype(float)
    primary = totals < 10
    relations = find_relations(sets, groups, blocks)
    pattern = Pattern(primary, relations, sets.sum(axis=1))
    while True:
        unsafe = [r for r in pattern.remainders() if totals[list(r.hidden)].sum() < 10]
        if not unsafe:
            break
        pattern.widen(unsafe)
    assert (pattern.hidden | ~primary).all()
    known = set(determined(relations, np.flatnonzero(pattern.hidden)))
    assert not known & set(np.flatnonzero(primary).tolist())
    slack, signed = np.zeros(len(totals)), np.zeros(len(totals), dtype=bool)
    for interval in feasible_intervals(relations, totals, pattern.hidden, slack, signed):
        low, high = interval.low, np.inf if interval.high is None else interval.high
        assert low - 1e-6 <= totals[interval.variable] <= high + 1e-6


def test_the_audit_sees_what_elimination_sees():
    relations = [Relation(2, (0, 1))]
    hidden = np.array([True, False, False])
    (interval,) = feasible_intervals(
        relations, np.array([4.0, 6.0, 10.0]), hidden, np.zeros(3), np.zeros(3, dtype=bool)
    )
    assert (interval.low, interval.high) == (4.0, 4.0)
    assert determined(relations, np.flatnonzero(hidden)) == [0]


def test_a_run_whose_audit_is_too_narrow_is_refused(tmp_path):
    """An empty column of a table with margins: that counts are not negative tells that its cells are 0."""
    from samen.problems import RefusedError
    from samen.query.audited import audit
    from samen.query.differences import guard
    from samen.query.parse import plan_study
    from samen.study import parse_study

    from .studies import deal_rows, people, run_in_threads, study_text

    sql = "SELECT region, sex, COUNT(*) AS n FROM people GROUP BY CUBE(region, sex)"
    for rules, refuses in (
        ("full_cells = 'safe'\nmin_interval = 1000", True),
        ("full_cells = 'safe'", False),
    ):
        text = study_text(sql, rules=rules)
        rows = [row for row in people(300, missing=0) if row["region"] != "south" or row["person"] < "p12"]
        _, outcome = run_in_threads(text, deal_rows(tmp_path, rows), tmp_path)
        study = parse_study(text)
        (guarded,) = guard(study, plan_study(study), ())
        if refuses:
            with pytest.raises(RefusedError, match="could be inferred"):
                audit(study, guarded, outcome.answers)
        else:
            assert all(h.high is None or h.high - h.low >= 1 for h in audit(study, guarded, outcome.answers))
