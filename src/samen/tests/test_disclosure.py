# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Output rules against a plain reading of their definitions; patterns against linear programming."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import null_space

from samen.disclosure.audit import feasible_intervals
from samen.disclosure.pattern import Pattern
from samen.disclosure.rules import Tally, cells_pass, lines_full
from samen.query.guard import guard
from samen.query.parse import plan_study
from samen.query.tallies import largest_of, largest_without
from samen.ring import Shared
from samen.runtime import run_threads
from samen.study.model import Rules
from samen.study.read import parse_study

from .studies import study_text
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


def test_largest_contributions_without_each_holder():
    rng = np.random.default_rng(2)
    for holders in (1, 2, 3, 5, 8):
        lists = -np.sort(-rng.integers(0, 1000, (holders, 2, 6)), axis=1)
        dealt = deal(lists)
        found = run_threads(lambda p, d=dealt: reveal(p, largest_without(p, d[p.index])))[0]
        for left in range(holders):
            others = np.delete(lists, left, axis=0).reshape(-1, 6)
            expected = -np.sort(-np.vstack([others, np.zeros((2, 6), dtype=int)]), axis=0)[:2]
            np.testing.assert_array_equal(found[left], expected)


def cross_table(rows, columns):
    """The relations of a two-way table with its margins: cells, rows, columns, all."""
    cells = np.arange(rows * columns).reshape(rows, columns)
    start = rows * columns
    relations = [(start + i, tuple(cells[i].tolist())) for i in range(rows)]
    relations += [(start + rows + j, tuple(cells[:, j].tolist())) for j in range(columns)]
    whole = start + rows + columns
    relations += [(whole, tuple(range(start, start + rows))), (whole, tuple(range(start + rows, whole)))]
    weights = np.concatenate(
        [np.ones(start), np.full(rows, columns), np.full(columns, rows), [rows * columns]]
    )
    return relations, weights.astype(float)


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_every_hidden_sum_can_move_and_nothing_published_changes(rows, columns, data):
    """Along its circuit: a whole change of hidden variables that keeps every relation."""
    relations, weights = cross_table(rows, columns)
    needed = np.array(data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights))))
    pattern = Pattern(needed, relations, weights)
    assert (pattern.hidden >= needed).all()
    for variable in np.flatnonzero(needed).tolist():
        steps = dict(pattern.circuits[variable].steps)
        assert steps[variable] != 0
        assert all(pattern.hidden[v] for v in steps)
        for whole, parts in relations:
            assert steps.get(whole, 0) == sum(steps.get(v, 0) for v in parts)


def test_a_pattern_hides_as_little_as_it_can():
    """One cell of a table of 3 x 3 with margins: a rectangle of four cells, and no margin."""
    relations, weights = cross_table(3, 3)
    needed = np.zeros(len(weights), dtype=bool)
    needed[0] = True
    pattern = Pattern(needed, relations, weights)
    assert pattern.hidden.sum() == 4
    assert not pattern.hidden[9:].any()


def test_a_tight_circuit_gives_way_to_another():
    relations, weights = cross_table(3, 3)
    needed = np.zeros(len(weights), dtype=bool)
    needed[0] = True
    pattern = Pattern(needed, relations, weights)
    seen = []
    while 0 in pattern.circuits:
        assert pattern.circuits[0] not in seen
        seen.append(pattern.circuits[0])
        pattern.too_tight([0])
    assert len(seen) > 2
    assert pattern.hidden.all()  # nothing is left to try: all that hangs together is hidden


def test_what_was_published_stays_published():
    relations, weights = cross_table(2, 2)
    fixed = np.zeros(len(weights), dtype=bool)
    fixed[4:] = True
    needed = np.zeros(len(weights), dtype=bool)
    needed[0] = True
    pattern = Pattern(needed, relations, weights, fixed)
    assert pattern.hidden[:4].all()
    assert not pattern.hidden[4:].any()


def test_many_hidden_cells_are_hidden_together():
    relations, weights = cross_table(30, 30)
    needed = np.zeros(len(weights), dtype=bool)
    needed[np.random.default_rng(3).choice(900, 150, replace=False)] = True
    pattern = Pattern(needed, relations, weights)
    assert (pattern.hidden >= needed).all()
    assert pattern.hidden.sum() < 2 * needed.sum()
    matrix = np.zeros((len(relations), len(weights)))
    for row, (whole, parts) in enumerate(relations):
        matrix[row, whole], matrix[row, list(parts)] = -1, 1
    kernel = null_space(matrix[:, pattern.hidden])
    moves = np.abs(kernel).max(axis=1) > 1e-9
    assert moves[needed[pattern.hidden]].all()


def test_the_audit_sees_what_follows():
    hidden = np.array([True, False, False])
    (interval,) = feasible_intervals(
        [(2, (0, 1))], np.array([4.0, 6.0, 10.0]), hidden, np.zeros(3), np.zeros(3, dtype=bool)
    )
    assert (interval.low, interval.high) == (4.0, 4.0)


def structure(*questions, released=()):
    study = parse_study(study_text(*questions))
    (found,) = guard(study, plan_study(study), released)
    return found


def test_relations_of_a_table_with_margins():
    found = structure("SELECT region, sex, COUNT(*) FROM people GROUP BY CUBE(region, sex)")
    cells, regions, sexes, whole = (v.tolist() for v in found.structure.variable_of)
    relations = {(r.whole, frozenset(r.parts)) for r in found.structure.relations}
    assert (regions[0], frozenset(cells[:2])) in relations
    assert (sexes[1], frozenset(cells[1::2])) in relations
    assert (whole[0], frozenset(regions)) in relations
    assert (whole[0], frozenset(cells)) in relations
    assert not found.structure.overlaps  # the cells of the table make up both rows and columns


def test_average_sum_and_count_of_one_set_are_one_thing():
    found = structure(
        "SELECT region, AVG(income), COUNT(income) FROM people GROUP BY region",
        "SELECT region, SUM(income * 3 + 7) FROM people GROUP BY region",
        "SELECT VAR_POP(income) FROM people WHERE region = 'north'",
    )
    assert found.asked().sum() == 4 + 4 + 1  # counts, sums, and the squares of one region


def test_a_product_with_a_flag_is_a_choice_of_rows():
    more = '[tables.people.columns.flag]\ntype = "integer"\nrange = [0, 1]\npermissions = ["measure"]\n'
    study = parse_study(study_text("SELECT SUM(age), SUM(age * flag), SUM(flag) FROM people", more=more))
    (found,) = guard(study, plan_study(study), ())
    rests = [n for n in found.structure.nestings if n.rest is not None]
    assert [(r.whole, r.parts) for r in rests] == [(0, (1,))]
    assert found.parts[1].sums.product == found.parts[0].sums.product
    assert found.parts[2].sums.product == ()
