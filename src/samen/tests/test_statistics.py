# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every statistic against its oracle on the pooled rows: DuckDB, statsmodels, NumPy."""

import duckdb
import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as formulas
from statsmodels.duration.survfunc import SurvfuncRight

from samen.query.rehearse import holders_read
from samen.runtime import run_threads
from samen.statistics.leverage import too_much
from samen.statistics.logit import standardise

from .studies import deal_rows, people, run_in_threads, study_text, write
from .test_questions import OPEN
from .tools import deal, reveal

FIRMS = """
[tables.firms]
holders = ["registry"]
unit = "person"
max_rows = 5000
[tables.firms.columns.person]
type = "text"
permissions = ["key"]
[tables.firms.columns.size]
type = "code"
codes = ["small", "large"]
permissions = ["group", "filter"]
[tables.firms.columns.staff]
type = "integer"
range = [0, 1000]
permissions = ["measure", "filter"]
breakpoints = [100]
"""


@pytest.fixture(scope="module")
def rows():
    """People whose income depends on age and sex, and whose secret on age and region."""
    rng = np.random.default_rng(0)
    made = people(1200, seed=3)
    for row in made:
        age = int(row["age"])
        if row["income"]:
            income = 20000 + 300 * age + 5000 * (row["sex"] == "m") + rng.normal(0, 8000)
            row["income"] = f"{max(0.0, income):.2f}"
        chance = 1 / (1 + np.exp(1 - 0.03 * age + (row["region"] == "east")))
        row["secret"] = "yes" if rng.random() < chance else "no"
    return made


@pytest.fixture(scope="module")
def frame(rows, tmp_path_factory):
    made = pd.read_csv(write(tmp_path_factory.mktemp("pooled") / "p.csv", rows))
    made["region"] = pd.Categorical(made.region, ["north", "east", "south", "west"])
    made["happened"] = (made.secret == "yes") * 1
    return made


def answer(tmp_path, rows, sql, *, secret=True, holders=("a", "b", "c"), rules="", **options):
    text = study_text(sql, holders=holders, rules=rules, **options)
    if secret:
        text = text.replace(
            'codes = ["yes", "no"]\npermissions = []', 'codes = ["no", "yes"]\npermissions = ["group"]'
        )
    return run_in_threads(text, deal_rows(tmp_path, rows, holders), tmp_path)


def by_name(table):
    return {row[0]: row[1:] for row in table.rows}


def test_quantiles_are_those_of_duckdb_rounded(tmp_path, rows, frame):
    sql = (
        "SELECT region, MEDIAN(age) AS m, PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY income) AS q "
        "FROM people GROUP BY region"
    )
    (table,), _ = answer(tmp_path, rows, sql)
    for region, median, quarter in duckdb.sql(sql.replace("people", "frame")).fetchall():
        mine = by_name(table)[region]
        assert abs(mine[0] - median) <= 0.5
        assert abs(mine[1] - quarter) <= 250  # income is rounded to 500


def test_distinct_counts(tmp_path, rows, frame):
    sql = "SELECT region, COUNT(DISTINCT sex) AS s, COUNT(DISTINCT person) AS p FROM people GROUP BY region"
    (table,), _ = answer(tmp_path, rows, sql)
    assert by_name(table) == {
        r[0]: list(r[1:]) for r in duckdb.sql(sql.replace("people", "frame")).fetchall()
    }


def test_weighted_figures(tmp_path, rows, frame):
    sql = (
        "SELECT WEIGHTED_COUNT(weight), WEIGHTED_SUM(age, weight), WEIGHTED_AVG(age, weight), "
        "WEIGHTED_VARIANCE(age, weight), WEIGHTED_STDDEV(age, weight) FROM people"
    )
    (table,), _ = answer(tmp_path, rows, sql)
    w, x = frame.weight.to_numpy(), frame.age.to_numpy()
    mean = np.average(x, weights=w)
    variance = np.average((x - mean) ** 2, weights=w)
    expected = [w.sum(), (w * x).sum(), mean, variance, np.sqrt(variance)]
    np.testing.assert_allclose(table.rows[0], expected, rtol=2e-5)


@pytest.mark.parametrize("unit_rows", [2, 3])
def test_units_with_several_rows_count_once(tmp_path, rows, unit_rows):
    own = [dict(row, person=f"p{i // unit_rows}") for i, row in enumerate(rows)]
    pooled = pd.DataFrame(own).astype({"age": int})
    sql = (
        "SELECT region, COUNT(*) AS n, COUNT(DISTINCT person) AS u, SUM(age) AS s FROM people GROUP BY region"
    )
    (table,), outcome = answer(tmp_path, own, sql, unit_rows=unit_rows)
    expected = {r[0]: list(r[1:]) for r in duckdb.query_df(pooled, "people", sql).fetchall()}
    assert by_name(table) == {k: [v[0], v[1], int(v[2])] for k, v in expected.items()}
    assert outcome.opened["people: a unit has more than unit_rows rows (yes or no)"] == 1


def test_thresholds_count_units_and_not_rows(tmp_path):
    own = [dict(row, person=f"p{i % 12}", region="west") for i, row in enumerate(people(36, missing=0))]
    sql = "SELECT region, COUNT(*) AS n FROM people GROUP BY region"
    (table,), _ = answer(tmp_path, own, sql, unit_rows=3, rules="leave_one_out = false")
    assert by_name(table)["west"] == [36]
    (table,), _ = answer(tmp_path, own, sql, unit_rows=3, rules="leave_one_out = false\nmin_units = 13")
    assert by_name(table)["west"] == [None]


def test_linear_regression_is_that_of_statsmodels(tmp_path, rows, frame):
    (table,), _ = answer(tmp_path, rows, "SELECT LINEAR_REGRESSION(income, age, sex, region) FROM people")
    fit = formulas.ols("income ~ age + C(sex) + C(region)", frame.dropna()).fit()
    mine = by_name(table)
    names = {"Intercept": "(intercept)", "age": "age", "C(sex)[T.m]": "sex=m"}
    names |= {f"C(region)[T.{r}]": f"region={r}" for r in ("east", "south", "west")}
    for theirs, ours in names.items():
        assert abs(mine[ours][0] - fit.params[theirs]) < 1e-3 * fit.bse[theirs]
        np.testing.assert_allclose(mine[ours][1], fit.bse[theirs], rtol=5e-3)
    assert mine["(R²)"][0] == pytest.approx(fit.rsquared, abs=1e-6)
    assert mine["(n)"][0] == fit.nobs


def test_logistic_regression_is_that_of_statsmodels(tmp_path, rows, frame):
    (table,), _ = answer(tmp_path, rows, "SELECT LOGISTIC_REGRESSION(secret, age, region) FROM people")
    fit = formulas.logit("happened ~ age + C(region)", frame).fit(disp=0)
    mine = by_name(table)
    for theirs, ours in {
        "age": "age",
        "C(region)[T.east]": "region=east",
        "Intercept": "(intercept)",
    }.items():
        assert abs(mine[ours][0] - fit.params[theirs]) < 0.01 * fit.bse[theirs]
    np.testing.assert_allclose(mine["age"][1], fit.bse["age"], rtol=5e-3)


def test_predictors_that_depend_on_each_other_are_refused(tmp_path, rows):
    own = [dict(row, weight=f"{int(row['age']) / 10:.1f}") for row in rows]
    (table,), outcome = answer(tmp_path, own, "SELECT LINEAR_REGRESSION(income, age, weight) FROM people")
    assert table.rows == []
    assert [item.reason for item in table.suppressed] == ["collinear"]
    assert not any("coefficients" in what for what in outcome.opened)


def test_survival_is_that_of_statsmodels_in_bands(tmp_path, rows, frame):
    (table,), _ = answer(tmp_path, rows, "SELECT KAPLAN_MEIER(age, secret) FROM people")
    band = np.searchsorted([18, 40, 65], frame.age, side="right") + 1
    curve = SurvfuncRight(band, frame.happened)
    np.testing.assert_allclose([row[1] for row in table.rows], curve.surv_prob, atol=1e-6)


def test_each_holder_alone_learns_its_band(tmp_path, rows):
    holders = tuple("abcdefgh")
    text = study_text("SELECT PEER_BAND(income) FROM people", holders=holders)
    data = deal_rows(tmp_path, rows, holders)
    seen = {}

    def program(party, job):
        from samen.query.execute import compute

        seen["job"] = job
        return compute(party, job)

    _, outcome = run_in_threads(text, data, tmp_path, program)
    from samen.query.parse import plan_study
    from samen.study import parse_study

    bands = holders_read(plan_study(parse_study(text)), seen["job"], outcome)
    means = {h: pd.read_csv(path).income.mean() for h, path in data}
    order = sorted(holders, key=means.get)
    assert {h: bands[h]["q0"] for h in holders} == {h: order.index(h) // 2 + 1 for h in holders}
    assert any(abs(int(v)) > 4 for v in outcome.answers[0].values)  # what the parties opened is masked


def test_secret_labels_open_only_groups_that_pass(tmp_path, rows):
    names = ["Amsterdam", "Utrecht-Oost", "'s-Gravenhage", "Ameland"]
    own = [dict(row, secret=names[min(3, i % 40 // 13)]) for i, row in enumerate(rows)]
    text = study_text(
        "SELECT secret, COUNT(*) AS n, SUM(income) AS s, AVG(age) AS a FROM people GROUP BY secret"
    )
    text = text.replace(
        'type = "code"\ncodes = ["yes", "no"]\npermissions = []', 'type = "text"\npermissions = ["group"]'
    )
    own[:] = [row for row in own if row["secret"] != "Ameland"] + [
        dict(own[39], person=f"x{i}") for i in range(9)
    ]
    (table,), outcome = run_in_threads(text, deal_rows(tmp_path, own), tmp_path)
    pooled = pd.DataFrame(own).replace("", np.nan).astype({"age": float, "income": float})
    expected = pooled.groupby("secret").agg(n=("person", "size"), s=("income", "sum"), a=("age", "mean"))
    assert set(by_name(table)) == set(names[:3])
    for name, (n, total, age) in by_name(table).items():
        assert n == expected.n[name]
        assert total == pytest.approx(expected.s[name], abs=0.01)
        assert age == pytest.approx(expected.a[name], abs=1e-6)
    assert outcome.opened["q0: labels and figures that pass"] % 7 == 0


JOINS = (
    "SELECT size, COUNT(*) AS n, SUM(income) AS s, AVG(staff) AS a, SUM(income * staff) AS y "
    "FROM people JOIN firms USING (person) WHERE age >= 18 OR staff < 100 GROUP BY size",
    "SELECT region, size, COUNT(*) AS n, VARIANCE(age) AS v, COUNT(DISTINCT sex) AS d "
    "FROM people LEFT JOIN firms ON people.person = firms.person GROUP BY region, size",
    "SELECT COUNT(*), COUNT(staff), AVG(income), "
    "SUM(CASE WHEN size = 'large' AND sex = 'f' THEN age ELSE 0 END) "
    "FROM people LEFT JOIN firms USING (person)",
)


@pytest.mark.parametrize("sql", JOINS)
def test_joins_on_secret_keys(tmp_path, sql):
    people_rows = people(500, seed=5)
    rng = np.random.default_rng(4)
    firms = [
        {"person": f"p{i}", "size": str(rng.choice(["small", "large"])), "staff": str(rng.integers(0, 1000))}
        for i in range(600)
        if rng.random() < 0.7
    ]
    text = study_text(
        sql, holders=("a", "b", "c", "registry"), rules=OPEN + "quality_report = true", more=FIRMS
    )
    text = text.replace("[tables.people]\n", '[tables.people]\nholders = ["a", "b", "c"]\nmax_rows = 5000\n')
    text = text.replace(
        "range = [-10000, 200000]\nbreakpoints = [0, ", "range = [0, 200000]\nbreakpoints = ["
    )
    data = [*deal_rows(tmp_path, people_rows), ("registry", write(tmp_path / "firms.csv", firms))]
    (table,), outcome = run_in_threads(text, data, tmp_path)
    report = {finding.about: finding.band for finding in outcome.quality}
    assert report["q0 linked"] == "50 - 80 %"
    assert report["people.income missing"] in ("1 - 5 %", "5 - 20 %")
    assert report["people.age missing"] == "below 1 %"
    database = duckdb.connect()
    for name, made in (("people", people_rows), ("firms", firms)):
        database.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, nullstr='')",
            [write(tmp_path / f"all-{name}.csv", made)],
        )
    expected = [row for row in database.execute(sql).fetchall() if None not in row]
    assert sorted(table.rows, key=str) == [
        [v if isinstance(v, str) else pytest.approx(float(v), rel=1e-6, abs=1e-6) for v in row]
        for row in sorted(expected, key=lambda row: str(list(row)))
    ]
    assert "matches" not in str(outcome.opened)


def test_a_unit_that_makes_up_a_model_is_seen():
    """Its leverage: all rows alike but one, beside rows that differ."""
    rng = np.random.default_rng(5)
    plain = rng.integers(0, 1000, (2, 200))
    lonely = np.stack([rng.integers(0, 1000, 200), np.full(200, 14)])
    lonely[1, 7] = 13
    together = np.stack([plain[0], plain[0] + rng.integers(0, 3, 200)])
    together[1, 7] += 400
    for columns, expected in ((plain, 0), (lonely, 1), (together, 1)):
        design = np.vstack([np.ones(200), columns])
        levers = np.einsum("ij,jk,ki->i", design.T, np.linalg.inv(design @ design.T), design)
        assert (levers.max() > 0.75) == expected
        dealt, counted = deal(columns), deal(np.ones(200, dtype=np.int64), 3)

        def program(party, dealt=dealt, counted=counted):
            flags = counted[party.index]
            n = flags.sum().reshape(1)
            z, _, _ = standardise(party, dealt[party.index], n, flags)
            return reveal(party, too_much(party, z, n, 0.75))

        assert run_threads(program)[0].tolist() == [expected]


def test_a_regression_on_a_column_that_one_unit_alone_differs_in(tmp_path):
    rows = [dict(row, age="40" if i else "41") for i, row in enumerate(people(300, missing=0))]
    text = study_text("SELECT LINEAR_REGRESSION(income, age) FROM people")
    (table,), _ = run_in_threads(text, deal_rows(tmp_path, rows), tmp_path)
    assert table.rows == []
    assert [item.reason for item in table.suppressed] == ["collinear"]
