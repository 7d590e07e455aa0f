# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The study file: what is right is read, what is wrong is told with line, cause and cure in two languages."""

import pytest

from samen.problems import StudyError
from samen.study import parse_study
from samen.study.lines import line_numbers
from samen.study.schema import SECTIONS

from .studies import study_text

QUESTION = "SELECT COUNT(*) FROM people"


def test_a_study_is_read_with_its_scales_and_defaults():
    study = parse_study(study_text(QUESTION))
    table = study.tables["people"]
    income = table.columns["income"]
    assert table.holders == ("a", "b", "c")
    assert (income.low, income.breakpoints) == (-1_000_000, (0, 2_000_000, 5_000_000))
    assert table.columns["region"].codes == ("north", "east", "south", "west")
    assert study.rules.min_units == 10
    assert table.columns["age"].round_to == 1


def test_the_fingerprint_is_of_the_content_and_not_of_the_layout():
    text = study_text(QUESTION)
    print_ = parse_study(text).fingerprint
    assert parse_study(text.replace("\n\n", "\n# a comment\n")).fingerprint == print_
    assert parse_study(text.replace("to test", "to rest")).fingerprint != print_


@pytest.mark.parametrize(
    ("before", "after", "english", "dutch"),
    [
        ('purpose = "to test"', "", "lacks 'purpose'", "ontbreekt 'purpose'"),
        ('purpose = "to test"', 'porpose = "x"', "did you mean 'purpose'", "bedoelt u 'purpose'"),
        ("range = [0, 120]", "range = [120, 0]", "120 is larger than 0", "120 is groter dan 0"),
        ("range = [0, 120]", "", "needs its smallest and largest", "kleinste en grootste"),
        ("breakpoints = [18, 40, 65]", "breakpoints = [500]", "splits nothing", "splitst niets"),
        ("decimals = 2", "decimals = 20", "from 0 to 9", "van 0 tot en met 9"),
        ('type = "integer"', 'type = "int"', "choose from 'integer'", "kies uit 'integer'"),
        ('permissions = ["key"]', 'permissions = ["keys"]', "permission 'keys'", "permissie 'keys'"),
        ('codes = ["f", "m"]', 'codes = ["f", "f"]', "'f' twice", "'f' dubbel"),
        ('codes = ["f", "m"]', 'codes = ["f", "NA"]', "both a code and a missing", "zowel code als"),
        ('codes = ["f", "m"]', "", "needs its public list", "openbare lijst"),
        ('unit = "person"', 'unit = "persn"', "did you mean 'person'", "bedoelt u 'person'"),
        ('parties = ["one", "two", "three"]', 'parties = ["one"]', "must name 3", "moet er 3 noemen"),
        ('holders = ["a", "b", "c"]', 'holders = ["a", "a"]', "stands there twice", "'a' staat er dubbel"),
        ("unit_rows = 1", 'unit_rows = "1"', "a whole number", "een geheel getal"),
        ("unit_rows = 1", "unit_rows = 0", "unit_rows must be", "unit_rows moet"),
        ("weight = true", "weight = 1", "true or false", "true of false"),
        ("people.columns.age]", 'people.columns."age; DROP"]', "letters, digits", "letters, cijfers"),
        ('title = "Incomes"', "title = Incomes", "not TOML", "geen TOML"),
        ("range = [0, 120]", "range = [0, 2000000000000]", "2^40", "2^40"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_explained(before, after, english, dutch):
    text = study_text(QUESTION)
    assert before in text
    with pytest.raises(StudyError) as caught:
        parse_study(text.replace(before, after, 1))
    assert english in caught.value.text("en")
    assert dutch in caught.value.text("nl")


def test_the_line_is_that_of_the_key():
    text = study_text(QUESTION)
    wrong = text.replace("breakpoints = [18, 40, 65]", "breakpoints = [500]")
    line = next(n for n, words in enumerate(wrong.splitlines(), 1) if words == "breakpoints = [500]")
    with pytest.raises(StudyError) as caught:
        parse_study(wrong)
    assert [problem.line for problem in caught.value.problems] == [line]


def test_all_problems_are_told_at_once():
    text = study_text(QUESTION).replace("weight = true", "weight = 3").replace('"to test"', "3")
    with pytest.raises(StudyError) as caught:
        parse_study(text)
    assert len(caught.value.problems) == 2


def test_rules_that_no_table_can_meet_contradict():
    with pytest.raises(StudyError, match="no table has more than 2"):
        parse_study(study_text(QUESTION, holders=("a", "b")))
    parse_study(study_text(QUESTION, holders=("a", "b"), rules="min_holders = 2"))


def test_lines_are_found_in_arrays_and_long_texts():
    text = 'a = 1\n[[q]]\nsql = """\nb = 2\n"""\n[[q]]\nc.d = 3\n'
    assert line_numbers(text) == {
        ("a",): 1,
        ("q", "0"): 2,
        ("q", "0", "sql"): 3,
        ("q", "1"): 6,
        ("q", "1", "c", "d"): 7,
    }


def test_every_key_is_explained_in_both_languages():
    for fields in SECTIONS.values():
        for field in fields:
            assert field.en
            assert field.nl
            assert field.en != field.nl
