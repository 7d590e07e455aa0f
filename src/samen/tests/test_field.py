# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attacks from the field, as they were tried: one firm's value must not follow, and the rest is answered."""

from pathlib import Path

import pytest

from samen.query.report import refused

from .studies import run_in_threads

FIELD = Path(__file__).resolve().parents[4] / "shared" / "field" / "samen"

pytestmark = pytest.mark.skipif(not FIELD.exists(), reason="not run: ../shared is absent")


def run(tmp_path, case, study="study"):
    folder = FIELD / case
    data = [(path.stem, str(path)) for path in sorted(folder.glob("*.csv"))]
    return run_in_threads((folder / f"{study}.toml").read_text(), data, tmp_path)


def column(table, name):
    return [row[table.columns.index(name)] for row in table.rows]


@pytest.mark.parametrize(
    ("case", "study", "figure"),
    [
        ("01-constant-added", "study", "s"),
        ("01-constant-added", "baseline", "s"),
        ("03-zero-padding", "study", "s"),
        ("03-zero-padding", "baseline", "s"),
        ("03-zero-padding", "spread", "v"),
        ("04-avg-gives-sum", "study", "a"),
        ("12-holder-subtracts", "study", "s"),
    ],
)
def test_what_one_firm_makes_up_is_hidden_and_its_count_is_not(tmp_path, case, study, figure):
    (table,), _ = run(tmp_path, case, study)
    assert column(table, figure) == [None]
    assert not ("n" in table.columns and refused([table]))
    assert "n" not in table.columns or column(table, "n")[0] > 0
    assert {item.reason for item in table.suppressed} == {"primary"}


@pytest.mark.parametrize("case", ["06-regression-is-a-table", "08-level-of-one-holder"])
def test_a_model_on_a_code_obeys_the_rules_of_its_table(tmp_path, case):
    (table, model), _ = run(tmp_path, case)
    assert model.rows == []
    averages = dict(zip(column(table, "sector"), column(table, "a"), strict=True))
    assert averages["agri"] is None
    assert averages["steel"] is None
    assert averages["trade"] is not None


def test_a_perfect_fit_is_refused(tmp_path):
    tables, _ = run(tmp_path, "09-perfect-fit")
    assert [item.question for item in refused(tables)] == ["r", "c"]


def test_nothing_undoes_a_rounding(tmp_path):
    (table, model), _ = run(tmp_path, "10-rounding")
    ((n, total, average),) = table.rows
    assert n % 10 == 0
    assert average == pytest.approx(total / n)
    assert [item.reason for item in model.suppressed] == ["rounded"]


def test_units_of_the_right_table_are_units_like_the_others(tmp_path):
    (table,), _ = run(tmp_path, "13-right-unit")
    shown = dict(zip(column(table, "region"), column(table, "a"), strict=True))
    assert shown["west"] is None
    assert shown["north"] is not None
    assert shown["south"] is not None


@pytest.mark.parametrize("study", ["study", "free"])
def test_a_cube_with_a_dominated_cell_is_answered(tmp_path, study):
    (table,), _ = run(tmp_path, "24-sum-and-avg-cube", study)
    sums = {tuple(row[:2]): row[3] for row in table.rows}
    assert sums["steel", "large"] is None
    assert sum(value is not None for value in sums.values()) >= 8
    assert None not in column(table, "n")
    if study == "free":
        assert [s is None for s in column(table, "s")] == [a is None for a in column(table, "a")]


@pytest.mark.parametrize("study", ["study", "plain"])
def test_a_difference_of_zeros_is_hidden_and_the_rest_released(tmp_path, study):
    (whole, part), _ = run(tmp_path, "28-difference-of-zeros", study)
    assert whole.rows[0][0] is not None
    assert part.rows[0][0] is None
    assert part.beside == "all"
    assert None not in (whole.rows[0][1], part.rows[0][1])
