# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions made to isolate a person, each of which fails, and says why in a sentence.

Sources: Denning, Denning, Schwartz, The tracker, TODS 1979 (1-3, 13); Willenborg, de Waal, Elements of
Statistical Disclosure Control, 2001 (4-6, 14); Hundepool and others, Statistical Disclosure Control, 2012
(7, 10, 11); Dwork, Roth, Algorithmic Foundations of Differential Privacy, 2014 (9).
"""

import re

import numpy as np
import pytest

from samen.problems import ProblemsError, QuestionError, RefusedError
from samen.query.account import charge
from samen.query.guard import guard
from samen.query.parse import plan_study
from samen.query.report import WHY
from samen.study import parse_study

from .studies import deal_rows, people, run_in_threads, study_text, write
from .test_statistics import FIRMS

FREE = "full_cells = 'safe'\ndominance_n = 0\np_percent = 0"


@pytest.fixture(scope="module")
def rows():
    """A victim: the only woman of 65 and over in the west."""
    made = people(800, seed=9, missing=0)
    for row in made:
        row["income"] = f"{float(row['income']):.2f}"
        if row["region"] == "west" and row["sex"] == "f" and int(row["age"]) >= 65:
            row["age"] = "50"
    made[0] |= {"region": "west", "sex": "f", "age": "70", "income": "43210.00"}
    return made


def attack(tmp_path, rows, *questions, rules="", released=(), **options):
    text = study_text(*questions, rules=rules, **options)
    return run_in_threads(
        text, deal_rows(tmp_path, rows, options.get("holders", ("a", "b", "c"))), tmp_path, released=released
    )


def refused(error):
    """The sentence, in both languages: it names the question and says what to do."""
    for language in ("en", "nl"):
        sentence = error.value.text(language)
        assert len(sentence.split()) > 10
        assert re.search(r"[.;:]", sentence)
    return str(error.value)


def hidden(table):
    """Figures that are not shown, each with a sentence."""
    for item in table.suppressed:
        assert all(len(words.split()) > 6 for words in WHY[item.reason])
    return {(*item.row.values(), item.column): item.reason for item in table.suppressed}


def kept_apart(tables, reason="difference"):
    """Of figures that tell about few together one is hidden, with its reason; the other is released."""
    reasons = {why for table in tables for why in hidden(table).values()}
    assert reason in reasons
    return [row for table in tables for row in table.rows if any(isinstance(v, int | float) for v in row)]


ALL = "SELECT SUM(income) AS s, COUNT(*) AS n FROM people WHERE region = 'west'"
BUT = f"{ALL} AND NOT (sex = 'f' AND age >= 65)"


def test_1_differencing_in_one_study(tmp_path, rows):
    tables, _ = attack(tmp_path, rows, ALL, BUT, rules=FREE)
    assert kept_apart(tables)
    for place in (0, 1):
        assert None in (tables[0].rows[0][place], tables[1].rows[0][place])


def test_2_differencing_with_what_was_released_before(tmp_path, rows):
    _, first = attack(tmp_path, rows, ("old", ALL), rules=FREE)
    assert first.released
    attack(tmp_path, rows, ("same", ALL), rules=FREE, released=first.released)  # the same question is free
    (table,), second = attack(tmp_path, rows, ("new", BUT), rules=FREE, released=first.released)
    assert hidden(table) == {("s",): "difference", ("n",): "difference"}
    assert second.answers[0].beside == "old"


def test_4_a_cell_that_is_left_out_does_not_follow_from_the_others(tmp_path, rows):
    """The total, and a table of all regions but the one with the victim."""
    old = "WHERE sex = 'f' AND age >= 65"
    others = f"SELECT region, SUM(income) AS s FROM people {old} AND region <> 'west' GROUP BY region"
    tables, _ = attack(
        tmp_path,
        rows,
        f"SELECT SUM(income) AS s FROM people {old}",
        others,
        rules="min_units = 5\n" + FREE,
    )
    assert kept_apart(tables)
    assert tables[0].rows[0][0] is None or None in [row[1] for row in tables[1].rows]


def test_4_a_margin_of_a_table_with_no_missing_labels(tmp_path, rows):
    """A column may have missing values, has none, and everybody knows."""
    table = "SELECT region, SUM(income) AS s FROM people WHERE sex = 'f' AND age >= 65 GROUP BY region"
    total = "SELECT SUM(income) AS s FROM people WHERE sex = 'f' AND age >= 65"
    (cells, whole), _ = attack(tmp_path, rows, table, total, rules="min_units = 5\n" + FREE)
    hidden_cells = [row for row in cells.rows if row[1] is None]
    assert len(hidden_cells) > 1 or whole.rows[0][0] is None


@pytest.mark.parametrize("other", ["SUM(income * 1)", "SUM(income + 0)", "AVG(income)", "SUM(income - age)"])
def test_2_differencing_with_another_expression_of_the_same_column(tmp_path, rows, other):
    masked = BUT.replace("SUM(income) AS s, COUNT(*)", other)
    plain = "SELECT SUM(income) AS s FROM people WHERE region = 'west'"
    tables, _ = attack(tmp_path, rows, plain, masked, rules=FREE)
    assert kept_apart(tables)
    assert None in (tables[0].rows[0][0], tables[1].rows[0][0])


def test_4_a_margin_of_another_expression_does_not_give_a_hidden_cell(tmp_path, rows):
    """The total is asked as another expression; the shown cells may not leave the hidden one over."""
    cells = "SELECT sex, SUM(income) AS s FROM people WHERE region = 'west' AND age >= 65 GROUP BY sex"
    total = "SELECT SUM(income * 1) AS s FROM people WHERE region = 'west' AND age >= 65"
    (table, whole), _ = attack(tmp_path, rows, cells, total, rules=FREE)
    shown = {row[0]: row[1] for row in table.rows}
    assert shown["f"] is None
    assert shown["m"] is None or whole.rows[0][0] is None


def test_3_an_empty_cell_looks_like_a_small_one(tmp_path, rows):
    sql = "SELECT region, sex, COUNT(*) AS n FROM people WHERE age >= 65 GROUP BY region, sex"
    empty = [row for row in rows if row is not rows[0]]
    tables = [attack(tmp_path, given, sql)[0][0] for given in (rows, empty)]
    assert hidden(tables[0])["west", "f", "n"] == hidden(tables[1])["west", "f", "n"] == "primary"


def test_4_margins_do_not_give_a_hidden_cell(tmp_path, rows):
    sql = "SELECT region, sex, COUNT(*) AS n FROM people WHERE age >= 65 GROUP BY CUBE(region, sex)"
    (table,), _ = attack(tmp_path, rows, sql)
    shown = {tuple(row[:2]): row[2] for row in table.rows}
    assert shown["west", "f"] is None
    assert shown["west", "m"] is None or shown["west", None] is None
    assert "secondary" in hidden(table).values()


def test_5_fake_rows_of_one_holder(tmp_path, rows):
    fakes = [dict(rows[0], person=f"fake{i}") for i in range(50)]
    data = deal_rows(tmp_path, rows)
    write(tmp_path / "a.csv", rows[0::3] + fakes)
    sql = "SELECT SUM(income) AS s FROM people WHERE region = 'west' AND sex = 'f' AND age >= 65"
    (table,), _ = run_in_threads(study_text(sql, rules=FREE), data, tmp_path)
    assert hidden(table) == {("s",): "primary"}


def test_6_a_total_that_one_unit_dominates(tmp_path, rows):
    own = [
        dict(row, income="100" if i else "190000")
        for i, row in enumerate(r for r in rows if r["region"] == "west")
    ]
    (table,), _ = attack(
        tmp_path, own, "SELECT COUNT(*) AS n, SUM(income) AS s, AVG(income) AS a FROM people"
    )
    assert set(hidden(table)) == {("s",), ("a",)}


def test_7_a_narrow_case(tmp_path, rows):
    she = "region = 'west' AND sex = 'f' AND age >= 65"
    sql = (
        f"SELECT COUNT(*) AS n, SUM(CASE WHEN {she} THEN income ELSE 0 END) AS s, "
        f"SUM(CASE WHEN {she} THEN 0 ELSE income END) AS rest FROM people"
    )
    (table,), _ = attack(tmp_path, rows, sql)
    assert set(hidden(table)) == {("s",), ("rest",)}


def test_8_a_rare_join_key(tmp_path, rows):
    text = study_text(
        "SELECT size, COUNT(*) AS n, AVG(age) AS a FROM people JOIN firms USING (person) GROUP BY size",
        holders=("a", "b", "c", "registry"),
        more=FIRMS,
    ).replace("[tables.people]\n", '[tables.people]\nholders = ["a", "b", "c"]\n')
    firms = [{"person": rows[0]["person"], "size": "large", "staff": "3"}]
    data = [*deal_rows(tmp_path, rows), ("registry", write(tmp_path / "firms.csv", firms))]
    (table,), outcome = run_in_threads(text, data, tmp_path)
    assert {row[1] for row in table.rows} == {None}
    assert set(outcome.opened) <= {
        "order",
        "people: a unit has more than unit_rows rows (yes or no)",
        "something in an upload is out of range (yes or no)",
        "which cells pass the rules by themselves",
        "which hidden sums keep room to move",
    }


def test_9_repeated_runs_with_noise(tmp_path):
    from samen.disclosure.ledger import Ledger

    text = study_text("SELECT COUNT(*) FROM people") + "\n[privacy]\nepsilon = 1.0\nbudget = 2.0\n"
    study = parse_study(text)
    book = Ledger(tmp_path / "ledger.json")
    for _ in range(2):
        charge(study, plan_study(study), book)
    with pytest.raises(RefusedError) as error:
        charge(study, plan_study(study), Ledger(tmp_path / "ledger.json"))
    assert "averaging repeated answers" in refused(error)


def test_10_a_saturated_model(tmp_path, rows):
    few = [dict(row, region=["north", "east", "south"][i % 3]) for i, row in enumerate(rows[:13])]
    (table,), outcome = attack(
        tmp_path,
        few,
        "SELECT LINEAR_REGRESSION(income, age, region, sex) FROM people",
        rules="min_units = 1\nmin_holders = 1\nleave_one_out = false",
    )
    assert table.rows == []
    assert list(hidden(table).values()) == ["primary"]
    assert not any("coefficients" in what for what in outcome.opened)


def test_11_a_walk_along_quantiles(tmp_path, rows):
    for q in (0.97, 0.98):
        sql = f"SELECT PERCENTILE_CONT({q}) WITHIN GROUP (ORDER BY income) FROM people"
        with pytest.raises(QuestionError) as error:
            attack(tmp_path, rows, sql)
        assert "walk along quantiles" in refused(error)
    for extreme in ("MAX(income)", "MIN(age)"):
        with pytest.raises(QuestionError) as error:
            attack(tmp_path, rows, f"SELECT {extreme} FROM people")
        assert "value of one unit" in refused(error)


def test_12_a_search_for_the_values_of_peers(tmp_path):
    from samen.disclosure.ledger import Ledger

    study = parse_study(study_text("SELECT PEER_BAND(income) FROM people", holders=tuple("abcde")))
    charge(study, plan_study(study), Ledger(tmp_path / "ledger.json"))
    with pytest.raises(RefusedError) as error:
        charge(study, plan_study(study), Ledger(tmp_path / "ledger.json"))
    assert "once per version" in refused(error)


def test_13_a_tiny_having(tmp_path, rows):
    sql = (
        "SELECT region, COUNT(*) AS n FROM people WHERE sex = 'f' AND age >= 65 GROUP BY region "
        "HAVING SUM(income) = 43210 OR COUNT(*) < 10"
    )
    (table,), _ = attack(tmp_path, rows, sql, rules=FREE)
    assert "west" not in {row[0] for row in table.rows}


def test_14_a_full_cell_tells_about_all(tmp_path, rows):
    own = [dict(row, sex="m") if row["region"] == "south" else row for row in rows]
    (table,), _ = attack(tmp_path, own, "SELECT region, sex, COUNT(*) AS n FROM people GROUP BY region, sex")
    assert hidden(table)["south", "m", "n"] == "primary"
    men = "SUM(CASE WHEN sex = 'm' THEN 1 ELSE 0 END) AS m"
    indicator = f"SELECT region, COUNT(*) AS n, {men} FROM people GROUP BY region"
    (table,), _ = attack(tmp_path, own, indicator)
    assert ("south", "m") in hidden(table)
    assert ("north", "m") not in hidden(table)


SHE = "region = 'west' AND sex = 'f' AND age >= 65"
OLD = "sex = 'f' AND age >= 65"


@pytest.mark.parametrize("figure", ["SUM(income)", "COUNT(*)", "AVG(income)"])
def test_15_two_narrow_figures_in_one_cell(tmp_path, rows, figure):
    west = f"{figure} FILTER (WHERE region = 'west') AS a"
    but = f"{figure} FILTER (WHERE region = 'west' AND NOT (sex = 'f' AND age >= 65)) AS b"
    (table,), _ = attack(tmp_path, rows, f"SELECT {west}, {but} FROM people")
    assert "difference" in hidden(table).values()


@pytest.mark.parametrize(
    "figure",
    [
        f"SUM(CASE WHEN {SHE} THEN income * 2 WHEN region = 'west' THEN income ELSE 0 END)",
        f"SUM(CASE WHEN {SHE} THEN income * 2 ELSE income END)",
        f"SUM(income + CASE WHEN {SHE} THEN income ELSE 0 END)",
        f"SUM(income * CASE WHEN {SHE} THEN 2 ELSE 1 END)",
        f"COVAR_POP(income, CASE WHEN {SHE} THEN 1 ELSE 0 END)",
        f"VAR_POP(CASE WHEN {SHE} THEN income ELSE 0 END)",
        f"WEIGHTED_SUM(CASE WHEN {SHE} THEN income ELSE 0 END, weight)",
        "SUM(COALESCE(income, age))",
    ],
)
def test_16_a_case_that_weighs_one_person(tmp_path, rows, figure):
    """Over the same rows as SUM(income), but she counts twice; or all rows count, and only she matters."""
    with pytest.raises(QuestionError) as error:
        attack(tmp_path, rows, f"SELECT {figure} FROM people", rules=FREE)
    assert "CASE in an aggregate" in refused(error)


def test_17_a_difference_padded_with_zeros(tmp_path, rows):
    """Ten rows differ, nine of them with income 0: of others, or made up by one holder."""
    questions = (ALL.replace(", COUNT(*) AS n", ""), BUT.replace(", COUNT(*) AS n", ""))
    zeros = [dict(rows[0], person=f"zero{i}", income="0") for i in range(30)]
    assert kept_apart(attack(tmp_path, rows + zeros, *questions, rules=FREE)[0])
    data = deal_rows(tmp_path, rows)
    write(tmp_path / "b.csv", rows[1::3] + [dict(row, income="1") for row in zeros])
    assert kept_apart(run_in_threads(study_text(*questions, rules=FREE), data, tmp_path)[0])
    honest = [dict(row, income="20000") for row in zeros]
    tables, _ = attack(tmp_path, rows + honest, *questions, rules=FREE)
    assert all(table.rows[0][0] is not None for table in tables)


def test_18_a_tracker(tmp_path, rows):
    questions = [f"SELECT SUM(income) AS s FROM people WHERE {SHE} OR age {side} 40" for side in ("<", ">=")]
    total = "SELECT SUM(income) AS s FROM people"
    assert kept_apart(attack(tmp_path, rows, *questions, total, rules=FREE)[0])
    _, first = attack(tmp_path, rows, ("old", total), rules=FREE)
    assert kept_apart(attack(tmp_path, rows, *questions, rules=FREE, released=first.released)[0])


def test_19_a_column_under_two_names():
    pay = (
        '[tables.people.columns.pay]\ntype = "integer"\nheader = "income"\nrange = [0, 200000]\n'
        'permissions = ["measure"]\n'
    )
    with pytest.raises(ProblemsError) as error:
        parse_study(study_text("SELECT SUM(pay) FROM people", more=pay))
    assert "as another column does" in refused(error)


@pytest.mark.parametrize(
    ("one", "other"),
    [("VAR_POP(income)", "COVAR_POP(income, income)"), ("CORR(income, age)", "CORR(age, income * 1)")],
)
def test_20_a_spread_under_another_name(tmp_path, rows, one, other):
    west = f"SELECT {one} AS v, AVG(income) AS m, COUNT(*) AS n FROM people WHERE region = 'west'"
    but = f"SELECT {other} AS v FROM people WHERE region = 'west' AND NOT (sex = 'f' AND age >= 65)"
    tables, _ = attack(tmp_path, rows, west, but, rules=FREE)
    assert kept_apart(tables)
    assert None in (tables[0].rows[0][0], tables[1].rows[0][0])


TOTAL = f"SELECT SUM(income) AS s FROM people WHERE {OLD}"
CELLS = f"SELECT region, SUM(income) AS s FROM people WHERE {OLD} GROUP BY region"
MARGINS = f"SELECT region, SUM(income) AS s FROM people WHERE {OLD} GROUP BY ROLLUP(region)"


@pytest.mark.parametrize(("first", "second"), [(TOTAL, CELLS), (CELLS, TOTAL)])
def test_21_a_total_of_one_run_and_cells_of_another(tmp_path, rows, first, second):
    rules = "min_units = 5\n" + FREE
    _, one = attack(tmp_path, rows, ("old", first), rules=rules)
    (table,), _ = attack(tmp_path, rows, ("new", second), rules=rules, released=one.released)
    shown = [row[-1] for row in table.rows]
    assert None in shown if second == TOTAL else shown.count(None) > 1


def test_21_a_cell_that_was_hidden_beside_another_is_not_asked_alone(tmp_path, rows):
    rules = "min_units = 5\n" + FREE
    (table,), one = attack(tmp_path, rows, ("old", MARGINS), rules=rules)
    reasons = hidden(table)
    (beside,) = [key[0] for key, reason in reasons.items() if reason == "secondary"]
    for region in ("north", "east", "south"):
        alone = f"{TOTAL} AND region = '{region}'"
        (table,), _ = attack(tmp_path, rows, ("new", alone), rules=rules, released=one.released)
        assert (table.rows[0][0] is None) == (region == beside)
    attack(tmp_path, rows, ("again", MARGINS), rules=rules, released=one.released)


def test_21_a_total_that_was_judged_with_its_table_may_be_asked_again(tmp_path, rows):
    rules = "min_units = 5\n" + FREE
    _, one = attack(tmp_path, rows, ("old", MARGINS), rules=rules)
    (table,), _ = attack(tmp_path, rows, ("new", TOTAL), rules=rules, released=one.released)
    assert table.rows[0][0] is not None


def test_22_a_complement_that_one_holder_fills(tmp_path, rows):
    """All without her, where one holder made up twelve like her; a complement of none is a full cell."""
    data = deal_rows(tmp_path, rows)
    fakes = [dict(rows[0], person=f"fake{i}", income="1") for i in range(12)]
    write(tmp_path / "b.csv", rows[1::3] + fakes)
    sql = (
        f"SELECT SUM(income) AS s, SUM(CASE WHEN {SHE} THEN 0 ELSE income END) AS rest, "
        "SUM(CASE WHEN age >= 18 OR age < 18 THEN income ELSE 0 END) AS every FROM people"
    )
    (table,), _ = run_in_threads(study_text(sql, rules=FREE), data, tmp_path)
    assert set(hidden(table)) == {("rest",)}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT COUNT(*) FROM people; DROP TABLE people",
        "SELECT COUNT(*) FROM people UNION SELECT COUNT(*) FROM people",
        'SELECT COUNT("person; --") FROM people',
        "SELECT COUNT(*) FROM (SELECT * FROM people)",
        "SELECT person, COUNT(*) FROM people",
        "SELECT * FROM people",
        "SELECT SUM(secret) FROM people",
        "SELECT COUNT(*) FROM people WHERE secret = 'yes'",
        "SELECT COUNT(*) FROM people WHERE person = 'p1'",
        "SELECT COUNT(*) FROM people WHERE age = 37",
        "SELECT COUNT(*) FROM people WHERE income > age",
        "SELECT person, COUNT(*) FROM people GROUP BY person",
        "SELECT SUM(CASE WHEN weight > 1 THEN 1 END) FROM people",
        "SELECT region, COUNT(*) FROM people GROUP BY region HAVING AVG(weight) > 1",
        "SELECT COUNT(*) OVER (PARTITION BY region) FROM people",
        "SELECT STRING_AGG(person) FROM people",
        "SELECT COUNT(*) FROM people WHERE region LIKE 'w%'",
        "SELECT COUNT(*) FROM people TABLESAMPLE 1%",
        "DELETE FROM people",
        "((((",
    ],
)
def test_what_is_not_permitted_is_refused_by_name(sql):
    with pytest.raises(ProblemsError) as error:
        plan_study(
            parse_study(
                study_text(sql.replace('"', "'") if "person; --" not in sql else sql.replace('"', '\\"'))
            )
        )
    for language in ("en", "nl"):
        assert len(error.value.text(language).split()) > 6
    assert "line" in error.value.text("en")


def test_many_overlapping_questions_are_planned_in_time():
    """Guarding is by sets of atoms: a few thousand cells take no more than a second or so."""
    questions = [
        f"SELECT region, sex, {figure} FROM people GROUP BY CUBE(region, sex)"
        for figure in ("COUNT(*)", "SUM(age)", "SUM(income)")
    ]
    study = parse_study(study_text(*questions))
    (guarded,) = guard(study, plan_study(study), ())
    assert guarded.structure.count == 3 * 15
    assert np.all(guarded.structure.weights > 0)
    wide = [f"SELECT BAND(age), region, {figure} FROM people GROUP BY CUBE(BAND(age), region)" for figure in
            ("COUNT(*)", "SUM(income)", "AVG(income)")]  # fmt: skip
    plain = [f"SELECT {column}, COUNT(*), AVG(age) FROM people GROUP BY {column}" for column in
             ("region", "sex", "BAND(age)", "BAND(income)", "region, sex", "sex, BAND(age)")]  # fmt: skip
    study = parse_study(study_text(*questions, *wide, *plain))
    (guarded,) = guard(study, plan_study(study), ())
    assert guarded.structure.count < 400


def test_thirteen_plain_questions_to_five_columns_are_planned():
    """What is guarded is what is asked together, not all columns at once."""
    codes = "".join(
        f'[tables.people.columns.c{n}]\ntype = "code"\ncodes = {[f"v{i}" for i in range(size)]}\n'
        'permissions = ["group", "filter"]\n'.replace("'", '"')
        for n, size in enumerate((4, 9, 8, 12, 3))
    ).replace("'", '"')
    pairs = [
        ("c0",),
        ("c1",),
        ("c2",),
        ("c3",),
        ("c4",),
        ("c0", "c1"),
        ("c1", "c2"),
        ("c2", "c4"),
        ("c3", "c4"),
    ]
    asked = [
        f"SELECT {', '.join(p)}, COUNT(*), AVG(income) FROM people GROUP BY {', '.join(p)}" for p in pairs
    ]
    asked += [f"SELECT c{n}, SUM(age) FROM people WHERE sex = 'f' GROUP BY c{n}" for n in range(4)]
    study = parse_study(study_text(*asked, more=codes))
    (guarded,) = guard(study, plan_study(study), ())
    assert len(asked) == 13
    assert guarded.structure.count > 500
