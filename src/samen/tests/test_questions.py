# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions in SQL give what DuckDB gives on the pooled rows."""

import math

import duckdb
import pytest

from samen.query.judge import FLAGS
from samen.query.on_shares import OVERLAPS, REMAINDERS, ROOM
from samen.query.wellformed import OUT_OF_RANGE

from .studies import deal_rows, people, run_in_threads, study_text, write

OPEN = """
min_units = 1
min_holders = 1
leave_one_out = false
dominance_n = 0
p_percent = 0
full_cells = "safe"
"""
QUESTIONS = {
    "counts": "SELECT region, sex, COUNT(*) AS n FROM people GROUP BY region, sex",
    "total": "SELECT COUNT(*), COUNT(income), SUM(income), AVG(income), AVG(age) FROM people",
    "filter": "SELECT region, AVG(income) AS m FROM people WHERE age >= 18 AND age < 65 AND sex = 'f' "
    "GROUP BY region",
    "not": "SELECT region, COUNT(*) FROM people WHERE NOT (age < 40 OR sex = 'm') GROUP BY region",
    "in": "SELECT sex, SUM(age) FROM people WHERE region IN ('north', 'west') AND age BETWEEN 18 AND 64 "
    "GROUP BY sex",
    "null": "SELECT COUNT(*) FROM people WHERE income IS NULL AND sex IS NOT NULL",
    "case": "SELECT region, SUM(CASE WHEN age >= 65 THEN 1 ELSE 0 END) AS old, "
    "AVG(CASE WHEN sex = 'f' THEN income END) FROM people GROUP BY region",
    "arithmetic": "SELECT region, SUM(income * 2 - age + 1) AS s, SUM(income) / COUNT(income) AS mean "
    "FROM people GROUP BY region",
    "coalesce": "SELECT SUM(COALESCE(income, 1000)) FROM people",
    "filter clause": "SELECT region, COUNT(*) FILTER (WHERE age < 18) AS young FROM people GROUP BY region",
    "having": "SELECT region, COUNT(*) AS n FROM people GROUP BY region HAVING COUNT(*) > 100 "
    "ORDER BY n DESC LIMIT 2",
    "spread": "SELECT VARIANCE(income), VAR_POP(age), STDDEV(income), STDDEV_POP(age) FROM people",
    "pairs": "SELECT CORR(age, income), COVAR_SAMP(age, income), COVAR_POP(age, income) FROM people",
    "cube": "SELECT region, sex, COUNT(*) AS n FROM people WHERE sex IS NOT NULL "
    "GROUP BY CUBE(region, sex)",
    "rollup": "SELECT region, sex, SUM(age) AS n FROM people WHERE sex IS NOT NULL "
    "GROUP BY ROLLUP(region, sex)",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return people(600)


@pytest.fixture(scope="module")
def answers(rows, tmp_path_factory):
    """All questions in one run, with rules so wide that everything comes out."""
    folder = tmp_path_factory.mktemp("rows")
    text = study_text(*QUESTIONS.items(), rules=OPEN)
    tables, outcome = run_in_threads(text, deal_rows(folder, rows), folder)
    return {table.name: table for table in tables}, outcome


@pytest.fixture(scope="module")
def pooled(rows, tmp_path_factory):
    file = write(tmp_path_factory.mktemp("pooled") / "people.csv", rows)
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE people AS SELECT * REPLACE (CAST(income AS DECIMAL(12, 2)) AS income) FROM "
        "read_csv(?, nullstr='')",
        [file],
    )
    return database


def normal(rows):
    return sorted(
        (
            [float(v) if isinstance(v, int | float) or hasattr(v, "as_tuple") else v for v in row]
            for row in rows
        ),
        key=str,
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_equal_the_pooled_plaintext(name, answers, pooled):
    mine = answers[0][name]
    expected = pooled.execute(QUESTIONS[name]).fetchall()
    if "GROUP BY" in QUESTIONS[name] and "sex" in QUESTIONS[name] and "CUBE" not in QUESTIONS[name]:
        expected = [row for row in expected if name == "rollup" or None not in row]
    assert not mine.suppressed
    got, want = normal(mine.rows), normal(expected)
    assert len(got) == len(want)
    # Squares are added of values rounded to 2^-20 of their range: an error of 1e-6 of both deviations.
    loose = 1e-6 * 30 * 15_000 if name == "pairs" else 1e-6
    for a, b in zip(got, want, strict=True):
        for x, y in zip(a, b, strict=True):
            assert (
                x == y if isinstance(y, str) or y is None else math.isclose(x, y, rel_tol=2e-6, abs_tol=loose)
            )


def test_released_rows_keep_the_order_that_was_asked(answers):
    values = [row[1] for row in answers[0]["having"].rows]
    assert values == sorted(values, reverse=True)
    assert len(values) == 2


def test_nothing_else_was_opened(answers):
    opened = answers[1].opened
    allowed = {"order", OUT_OF_RANGE, FLAGS, REMAINDERS, OVERLAPS, ROOM} | {k for k in opened if ": " in k}
    assert set(opened) <= allowed
