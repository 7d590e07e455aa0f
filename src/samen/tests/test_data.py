# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Holders' files: hostile ones are told off by row, before anything leaves."""

import pytest

from samen.problems import DataError
from samen.study import parse_study
from samen.study.data import read_table

from .studies import people, study_text, write

TABLE = parse_study(study_text("SELECT COUNT(*) FROM people")).tables["people"]


def _read(tmp_path, text, table=TABLE, encoding="utf-8"):
    file = tmp_path / "rows.csv"
    file.write_bytes(text.encode(encoding))
    return read_table(file, table)


HEADER = "person,region,sex,age,income,weight,secret\n"
GOOD = "p1,north,f,30,100.50,1.0,no\n"


def test_values_are_scaled_and_missing_ones_marked(tmp_path):
    data = _read(tmp_path, HEADER + GOOD + "p2,west,,41,NA,2.5,yes\n")
    assert data.rows == 2
    assert data.columns["income"].values.tolist() == [10050, 0]
    assert data.columns["income"].present.tolist() == [True, False]
    assert data.columns["region"].values.tolist() == [0, 3]
    assert data.columns["sex"].present.tolist() == [True, False]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("byte order mark", "\ufeff" + HEADER + GOOD),
        ("semicolons", (HEADER + GOOD).replace(",", ";")),
        ("tabs", (HEADER + GOOD).replace(",", "\t")),
        ("spaces", (HEADER + GOOD).replace(",", ", ")),
        ("windows", (HEADER + GOOD).replace("\n", "\r\n")),
        ("blank lines", HEADER + "\n" + GOOD + "\n\n"),
        ("other order", "x,secret,weight,income,age,sex,region,person\n9,no,1.0,100.50,30,f,north,p1\n"),
    ],
)  # fmt: skip
def test_forms_of_csv_that_are_read(tmp_path, name, text):
    data = _read(tmp_path, text)
    assert (data.rows, data.columns["income"].values.tolist()) == (1, [10050])


@pytest.mark.parametrize(
    ("row", "english", "dutch"),
    [
        ("p2,north,f,30,\"100,50\",1.0,no", "decimal comma", "decimale komma"),
        ("p2,north,f,30,\"1,234,567.50\",1.0,no", "thousands separators", "duizendtallen"),
        ("p2,north,f,30,1_000,1.0,no", "thousands separators", "duizendtallen"),
        ("p2,north,f,30,NaN,1.0,no", "add it to missing", "zet het dan bij missing"),
        ("p2,north,f,30,inf,1.0,no", "add it to missing", "zet het dan bij missing"),
        ("p2,north,f,30,1e400,1.0,no", "from -10000.00 to 200000.00", "van -10000.00 tot"),
        ("p2,north,f,300,1,1.0,no", "whole number from 0 to 120", "geheel getal van 0"),
        ("p2,north,f,30.5,1,1.0,no", "no whole number", "geen geheel getal"),
        ("p2,north,f,thirty,1,1.0,no", "not a whole number", "is geen geheel getal"),
        ("p2,nroth,f,30,1,1.0,no", "did you mean 'north'", "bedoelt u 'north'"),
        ("p2,north,f,30,1,1.0", "6 fields where the header has 7", "6 velden"),
        ("p2,north,f,30,1,1.0,no,x", "8 fields", "8 velden"),
        ("p1,north,f,30,1,1.0,no", "more than unit_rows = 1", "meer dan unit_rows = 1"),
        (",north,f,30,1,1.0,no", "needs its unit", "moet een eenheid hebben"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_are_named(tmp_path, row, english, dutch):
    with pytest.raises(DataError) as caught:
        _read(tmp_path, HEADER + GOOD + row + "\n")
    assert english in caught.value.text("en")
    assert dutch in caught.value.text("nl")
    if "unit" not in english:
        assert caught.value.problems[0].line == 3


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("person,region,sex,age,incme,weight,secret\n" + GOOD, "no column 'income'; did you mean 'incme'"),
        ("person,person,region,sex,age,income,weight,secret\n", "more than one column 'person'"),
        ("", "no column 'person'"),
    ],
)  # fmt: skip
def test_headers_that_do_not_fit(tmp_path, text, english):
    with pytest.raises(DataError, match=english):
        _read(tmp_path, text)


def test_an_empty_table_is_a_table(tmp_path):
    assert _read(tmp_path, HEADER).rows == 0


def test_other_encodings_are_refused(tmp_path):
    with pytest.raises(DataError, match="not UTF-8"):
        _read(tmp_path, HEADER + GOOD.replace("p1", "pé"), encoding="latin-1")


def test_decimal_commas_may_be_declared(tmp_path):
    study = parse_study(
        study_text("SELECT COUNT(*) FROM people").replace("unit_rows = 1", 'unit_rows = 1\ndecimal = ","')
    )
    data = _read(tmp_path, (HEADER + GOOD).replace(",", ";").replace(".", ","), study.tables["people"])
    assert data.columns["income"].values.tolist() == [10050]


def test_one_bad_row_among_many_is_found_with_its_number(tmp_path):
    rows = people(70_000, missing=0)
    rows[65_432]["age"] = "130"
    with pytest.raises(DataError) as caught:
        read_table(write(tmp_path / "many.csv", rows), TABLE)
    assert [problem.line for problem in caught.value.problems] == [65_434]


def test_many_problems_are_counted(tmp_path):
    rows = people(100, missing=0)
    for row in rows:
        row["age"] = "x"
    with pytest.raises(DataError, match="80 more problems"):
        read_table(write(tmp_path / "many.csv", rows), TABLE)
