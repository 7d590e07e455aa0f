# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hidden cells in tables of every shape, and the bounds of the audit beside those of counting all tables."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.facilities.outputs import OutputPolicy, OutputTable, check_file, check_tables
from knooppunt.facilities.outputs.cells import Cell
from knooppunt.facilities.outputs.policy import Dominance
from knooppunt.facilities.outputs.system import System

TEN = OutputPolicy("lab", 1, 10)
MARKS = ["x", ".", "-", "", "<10", "*", "..", "#", ":", "≤ 9", "0-9", "minder dan 10"]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def table(text: str, name: str = "t") -> OutputTable:
    head, *rows = [line.split(",") for line in text.strip().splitlines()]
    return OutputTable(name, head, [list(row) for row in rows])


def told(*texts: str, policy: OutputPolicy = TEN) -> str:
    tables = [table(text, f"t{number}") for number, text in enumerate(texts)]
    return check_tables(tables, policy).checks["differencing"]


SHAPES = {
    "total below": "region,count\nA,{x}\nB,25\nC,14\nTotal,44",
    "total above": "region,count\nTotal,44\nA,{x}\nB,25\nC,14",
    "total in a column": "region,men,women,total\nA,15,{x},20\nB,25,30,55",
    "total in the first column": "region,total,men,women\nA,20,15,{x}\nB,55,25,30",
    "totals that count": "region,count men,count women,count total\nA,15,{x},20\nB,25,30,55",
    "parts of a count": "region,men,women,count\nA,15,{x},20\nB,25,30,55",
    "one row": "men,women,other,total\n15,{x},30,50",
    "long": "region,sex,count\nA,m,15\nA,v,{x}\nA,total,20\nB,m,30\nB,v,25\nB,total,55",
    "a column hidden whole": "region,men,women,total\nA,15,{x},20\nB,25,{x},30",
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("shape", SHAPES)
def test_one_hidden_cell_beside_its_total_fails(shape, mark):
    assert told(SHAPES[shape].replace("{x}", mark)) == "fail"


@pytest.mark.parametrize("mark", MARKS)
def test_two_hidden_cells_with_room_between_them_pass(mark):
    assert told(f"region,count\nA,{mark}\nB,{mark}\nC,25\nTotal,34") == "pass"


def test_a_row_that_is_left_out_follows_too():
    assert told("region,sex,count\nA,m,15\nA,total,20\nB,m,30\nB,v,25\nB,total,55") == "fail"


def test_tables_tell_together_what_none_tells_alone():
    one, other = "region,count\nA,x\nB,x\nC,25\nTotal,44", "region,count\nB,14\nC,25"
    assert (told(one), told(other)) == ("pass", "pass")
    assert told(one, other) == "fail"


def test_totals_that_only_a_person_can_tell_are_told():
    assert told("region,count\nA,x\nB,25\nC,14\nThe country,44") == "review"
    assert told("region,count\nNorth,40\nA,x\nB,25\nSouth,30\nC,x\nTotal,70") == "review"
    assert told("region,count\nA,x\nB,25\nC,14") == "pass"


def test_a_hidden_amount_follows_as_well():
    alone = "sector,count,turnover\na,12,x\nb,30,1000.5\nTotal,42,1500"
    assert told(alone) == "fail"
    assert told(alone.replace("1000.5", "x")) == "pass"
    assert told("sector,turnover\na,x\nb,-1000.5\nTotal,-1500") == "fail"
    assert told("sector,loss,profit,total\na,x,20.5,30\nb,3.5,20,23.5") == "fail"


def test_an_amount_that_is_nearly_known_is_too_much():
    near = "sector,turnover\na,x\nb,<10\nc,20.5\nTotal,1020.5"
    assert told(near) == "pass"
    assert told(near, policy=OutputPolicy("lab", 1, 10, p_percent=5)) == "fail"


@pytest.mark.parametrize("policy", [{"dominance": Dominance(1, 0.85)}, {"p_percent": 10}])
def test_of_amounts_below_zero_no_share_is_told(policy):
    losses = table("region,count,amount,largest 1,largest 2\nA,12,-1000,-900,-50")
    report = check_tables([losses], OutputPolicy("lab", 1, 10, **policy))
    assert [(f.status, f.what[:30]) for f in report.findings] == [("fail", "There are amounts below zero h")]


@st.composite
def small_tables(draw) -> tuple[list[list[int]], list[tuple[int, int]]]:
    rows, columns = draw(st.integers(1, 2)), draw(st.integers(2, 3))
    grid = [[draw(st.integers(0, 3)) for _c in range(columns)] for _r in range(rows)]
    places = list(product(range(rows), range(columns)))
    return grid, draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))


def fits(values: dict, grid: list[list[int]]) -> bool:
    """The totals of rows and columns stay what they were when the hidden cells take these values."""
    new = [[values.get((r, c), n) for c, n in enumerate(row)] for r, row in enumerate(grid)]
    return list(map(sum, new)) == list(map(sum, grid)) and [sum(c) for c in zip(*new, strict=True)] == [
        sum(c) for c in zip(*grid, strict=True)
    ]


@settings(max_examples=60, deadline=None)
@given(small_tables())
def test_the_bounds_are_those_of_counting_every_table(made):
    """Oracle: all whole tables with these totals, one by one."""
    grid, hidden = made
    most = max(map(sum, grid))
    tables = [
        dict(zip(hidden, values, strict=True)) for values in product(range(most + 1), repeat=len(hidden))
    ]
    possible = [values for values in tables if fits(values, grid)]
    cells = [
        Cell(r, c, frozenset({("row", str(r)), ("column", str(c))}), None if (r, c) in hidden else n)
        for r, row in enumerate(grid)
        for c, n in enumerate(row)
    ]
    cells += [Cell(r, 9, frozenset({("row", str(r))}), sum(row)) for r, row in enumerate(grid)]
    cells += [
        Cell(9, c, frozenset({("column", str(c))}), sum(column))
        for c, column in enumerate(zip(*grid, strict=True))
    ]
    system = System([cells])
    for r, c in hidden:
        seen = [values[r, c] for values in possible]
        members = system.members({"row": str(r), "column": str(c)})
        assert system.interval(members) == (min(seen), max(seen))


FIELD = Path(__file__).parents[4].parent / "shared" / "field" / "outputs"


@pytest.mark.parametrize("name", ["supp", "s_x", "s_blank", "s_long", "s_2d", "s_plain"])
def test_the_cases_from_the_field(name):
    if not FIELD.is_dir():
        pytest.skip("not run: no cases from the field here")
    from knooppunt.facilities.outputs import read_policy

    assert check_file(FIELD / f"{name}.csv", read_policy(FIELD / "pol2.yaml")).status == "fail"
