# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may leave: each rule on tables made for it, and what follows from tables together on any table."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from knooppunt.catalogue.contentfile import ContentError
from knooppunt.facilities.outputs import (
    OutputPolicy,
    OutputTable,
    check_file,
    check_tables,
    read_policy,
    read_tables,
)
from knooppunt.facilities.outputs.cells import number, understand
from knooppunt.facilities.outputs.policy import Dominance
from knooppunt.facilities.outputs.rules import eleven_test

TEN = OutputPolicy("lab", 1, 10)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def table(text: str, name: str = "t") -> OutputTable:
    head, *rows = [line.split(",") for line in text.strip().splitlines()]
    return OutputTable(name, head, [list(row) for row in rows])


def status(text: str, policy: OutputPolicy = TEN, check: str = "") -> str:
    report = check_tables([table(text)], policy)
    return report.checks[check] if check else report.status


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("region,count\nA,10\nB,20", "long"),
        ("Gemeente,Aantal personen,Bedrag\nBreda,12,3.5\nGouda,20,1.5", "long"),
        ("region,men,women\nA,10,20\nB,30,30", "cross"),
        ("region,people\nA,10\nB,20", "long"),
        ("region,turnover\nA,10.5\nB,20.1", "amounts"),
        ("sex,age\nm,34\nf,51\nm,34", "units"),
        ("name,income\nx,1\ny,2", "units"),
        ("sex,wage\nm,34\nf,51\nm,36", "units"),
    ],
)
def test_what_a_table_is(text, form):
    assert understand(table(text), TEN).form == form


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1.234", 1234), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1234,5", 1234.5), ("12.5", 12.5),
        ("-3", -3), ("€ 1.000", 1000), ("1 234", 1234), ("x", None), ("2024-01", None), ("", None), (7, 7),
        (True, None), ("1,234", 1234), ("0,125", 0.125), ("9" * 400, None), (10**400, None),
    ],
)  # fmt: skip
def test_numbers_as_spreadsheets_write_them(value, said):
    assert number(value) == said


@pytest.mark.parametrize(("count", "said"), [(0, "pass"), (1, "fail"), (9, "fail"), (10, "pass")])
def test_the_threshold(count, said):
    assert status(f"region,count\nA,{count}\nB,50", check="threshold") == said


def test_zero_counts_where_the_policy_says_so():
    policy = OutputPolicy("lab", 1, 10, zeros_disclosive=True)
    assert status("region,count\nA,0\nB,50", policy, "threshold") == "fail"


@pytest.mark.parametrize(("largest", "said"), [("600,300", "fail"), ("500,300", "pass")])
def test_dominance(largest, said):
    policy = OutputPolicy("lab", 1, 10, dominance=Dominance(2, 0.85))
    assert (
        status(f"sector,count,turnover,largest 1,largest 2\nx,20,1000,{largest}", policy, "dominance") == said
    )


def test_amounts_without_the_largest_ask_for_a_person():
    policy = OutputPolicy("lab", 1, 10, dominance=Dominance(1, 0.5), p_percent=10)
    report = check_tables([table("sector,count,turnover\nx,20,1000")], policy)
    assert report.checks["dominance"] == report.checks["p-percent"] == "review"


@pytest.mark.parametrize(("largest", "said"), [("600,350", "fail"), ("600,340", "pass")])
def test_p_percent(largest, said):
    """Left over: 50 is less than 10 % of 600, and 60 is not."""
    policy = OutputPolicy("lab", 1, 10, p_percent=10)
    assert status(f"sector,count,turnover,top1,top2\nx,20,1000,{largest}", policy, "p-percent") == said


def test_one_hidden_cell_is_no_secret_and_two_by_two_are():
    alone = "region,men,women,total\nA,40,x,47\nB,30,30,60\ntotal,70,37,107"
    square = "region,men,women,total\nA,x,x,47\nB,x,x,60\ntotal,70,37,107"
    assert status(alone, check="differencing") == "fail"
    assert status(square, check="differencing") == "pass"


def test_a_total_gives_the_group_that_is_left_out():
    assert status("region,sex,count\nA,total,100\nA,m,97", check="differencing") == "fail"
    assert status("region,sex,count\nA,total,100\nA,m,80", check="differencing") == "pass"


def test_what_left_before_is_subtracted():
    now, before = table("region,count\nA,103\nB,50"), table("region,count\nA,100\nB,50", "before")
    report = check_tables([now], TEN, [("march", [before])])
    assert report.checks["differencing"] == "fail"
    assert "march" in next(f for f in report.findings if f.check == "differencing").what
    assert check_tables([now], TEN, [("march", [table("region,count\nA,80\nB,50")])]).status == "pass"


def test_an_earlier_table_at_another_level_is_subtracted():
    now = table("region,sex,count\nA,m,60\nA,f,35")
    before = table("region,count\nA,100")
    assert check_tables([now], TEN, [("march", [before])]).checks["differencing"] == "fail"


def test_counts_that_contradict_each_other_are_told():
    assert status("region,men,women,total\nA,40,30,60", check="differencing") == "review"


@pytest.mark.parametrize(
    "text",
    [
        "region,count\nj.jansen@example.nl,20",
        "code,count\n111222333,20",
        "bsn,count\n1,20",
        "region,max\nA,12.5",
    ],
)
def test_persons_do_not_leave(text):
    assert status(text) == "fail"


def test_the_eleven_test():
    assert eleven_test("111222333")
    assert not eleven_test("111222334")
    assert not eleven_test("000000000")


counts = st.integers(0, 60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(counts, min_size=2, max_size=3), min_size=2, max_size=3), st.data())
def test_what_passes_cannot_be_computed_back(rows, data):
    """Hide any cells of any table with totals: if the check passes, some other table with the same published
    counts has another value, or a value of at least ten, in every hidden cell that is small."""
    width = min(map(len, rows))
    rows = [row[:width] for row in rows]
    hidden = {(r, c) for r in range(len(rows)) for c in range(width) if 0 < rows[r][c] < 10}
    more = st.sets(st.tuples(st.integers(0, len(rows) - 1), st.integers(0, width - 1)), max_size=3)
    hidden |= data.draw(more)
    assume(hidden)
    head = ["region", *(f"c{i}" for i in range(width)), "total"]
    body = [
        [f"r{r}", *("x" if (r, c) in hidden else n for c, n in enumerate(row)), sum(row)]
        for r, row in enumerate(rows)
    ]
    body.append(["total", *(sum(row[c] for row in rows) for c in range(width)), sum(map(sum, rows))])
    report = check_tables([OutputTable("t", head, body)], TEN)
    small = [(r, c) for r, c in hidden if 0 < rows[r][c] < 10]
    alone = [
        (r, c)
        for r, c in small
        if sum((r, other) in hidden for other in range(width)) == 1
        or sum((other, c) in hidden for other in range(len(rows))) == 1
    ]
    if alone:
        assert report.checks["differencing"] == "fail"
    if report.checks["differencing"] == "pass":
        assert not alone


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"\x7fELF\x00\x00\x00", "not a table"),
        ("a.csv", b"", "not a table"),
        ("a.csv", "no table at all\nreally", "not a table"),
        ("a.csv", "a,b\n", "no table"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("a.xlsx", b"%PDF-1.7", "not a table"),
        ("a.csv", b"a,b\n" + b"1,2\n" * 2_600_000, "larger than"),
        ("a.csv", b"a,b\n" + b",\n" * 300_000, "cells"),
    ],
)
def test_what_is_no_table_is_told(tmp_path, name, content, says):
    with pytest.raises(ValueError, match=says):
        read_tables(write(tmp_path, name, content))


def test_a_title_above_and_a_note_below_are_no_rows(tmp_path):
    found = read_tables(write(tmp_path, "a.csv", "Table 1\n\nregion;count\nA;20\nB;30\nSource: us\n"))
    assert [(t.head, len(t.rows), t.first_row, t.notes) for t in found] == [
        (["region", "count"], 2, 4, ["Table 1", "Source: us"])
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_give_tables_or_a_sentence(tmp_path_factory, content):
    path, said = write(tmp_path_factory.mktemp("any"), "any.csv", content), ""
    try:
        said = check_file(path, TEN).status
    except ValueError as error:
        said = str(error)
    assert said


def test_a_policy_says_what_is_wrong_and_where(tmp_path):
    path = write(tmp_path, "p.yaml", "policy: lab\nversion: 1\nminimum_cel: 10\ndominance: {n: 2, k: 85}\n")
    with pytest.raises(ContentError) as caught:
        read_policy(path)
    said = str(caught.value)
    assert "p.yaml:3" in said
    assert "minimum_cell" in said
    assert "p.yaml:4" in said


def test_a_policy_as_json(tmp_path):
    path = write(tmp_path, "p.json", '{"policy": "lab", "version": 2, "minimum_cell": 5}')
    assert read_policy(path).minimum_cell == 5


def test_the_copy_that_leaves_has_text_for_formulas_and_no_evidence(tmp_path):
    from knooppunt.facilities.outputs import released_workbook

    text = "sector,count,turnover,largest 1\n=1+1,20,1000,300\nB,30,900,200\n"
    report = check_file(write(tmp_path, "a.csv", text), TEN)
    copy = write(tmp_path, "copy.xlsx", released_workbook(report))
    (found,) = read_tables(copy)
    assert found.head == ["sector", "count", "turnover"]
    assert found.rows[0] == ["=1+1", "20", "1000"]
    assert report.checks["formulas"] == "review"
