# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Question sets of others: complete counts, what was not understood named, hostile files refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogue.contentfile import ContentError
from knooppunt.questionsets.model import Dependency, Question, QuestionSet
from knooppunt.toolkit.contentcheck import CONTENT
from knooppunt.toolkit.ownsets import read_sets

FORM = """name: A form
version: "9.1"
tasks:
- task: Group
  id: "1"
  type: [task_group]
  repeatable: false
  dependencies:
  - {type: conditional, condition: {id: "2", operator: equals, value: true}, action: show}
  tasks:
  - task: Which?
    id: "1.1"
    type: [checkbox_option]
    options: [{value: a}, {value: b, label: Bee}, {label: none}]
  - {task: New, id: "1.2", type: [slider], repeatable: false}
- task: Yes or no
  id: "2"
  type: [radio_option]
  options: [{value: true, label: Ja}, {value: false, label: Nee}]
  weight: 3
  dependencies:
  - {type: conditional, condition: {id: "8", operator: equals, value: 1}, action: show}
  - {type: conditional, condition: {id: "1.1", operator: sounds-like}, action: show}
assessments: [{id: X}]
"""
TASKS = """systemcard_path: .assessments[]
urn: urn:nl:x
name: Tasks
template: &t {question: x, answer: y}
tasks:
- {question: 'Why?', urn: "urn:nl:x:1", type: [open_question, upload_document], template: *t}
- {question: Sign here, urn: "urn:nl:x:2", type: [sign_task], template: *t}
- {question: Sing here, urn: "urn:nl:x:3", type: [song], template: *t}
"""
MEASURE = "systemcard_path: .x[]\nurn: urn:nl:ak:mtr:x-1\nname: Do it\nlinks: []\n"
MODEL = {
    "title": "Model",
    "dimensions": [
        {
            "name": "D",
            "activities": [
                {
                    "title": "A",
                    "questions": [
                        {"text": "One?", "answers": [{"text": "Yes", "positive": True}, {"text": "No"}]},
                        {"text": "Two?", "statements": [{"text": "Low", "associatedLevel": 1}],
                         "dependency_id": "1"},
                    ],
                }
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_form_is_counted_whole_and_what_was_not_understood_is_named(tmp_path):
    found = read_sets(write(tmp_path, "form.yaml", FORM)).as_json()
    assert (found["questions"], found["options"], found["dependencies"]) == (2, 4, 1)
    assert [line["path"] for line in found["unmapped"]] == [
        "tasks/0/tasks/0/options/2",
        "tasks/0/tasks/1/type",
        "tasks/1/weight",
        "tasks/1/dependencies/1",
        "assessments/0",
        "2/dependencies",
    ]


def test_a_folder_of_all_families_is_told_apart_by_content(tmp_path):
    write(tmp_path, "a/form.yml", FORM)
    write(tmp_path, "a/tasks.yaml", TASKS)
    write(tmp_path, "b/measure.yaml", MEASURE)
    write(tmp_path, "b/model.json", json.dumps(MODEL))
    write(tmp_path, "b/else.json", '{"a": 1}')
    write(tmp_path, "readme.txt", "hello")
    with xlsxwriter.Workbook(tmp_path / "sheet.xlsx") as book:
        sheet = book.add_worksheet("questions")
        rows = [
            ["ID", "Question text", "Dependency", "Answer ID", "Answer text", "Colour"],
            ["Q1", "One?", "", "Q1.1", "yes", "red"],
            ["", "", "", "Q1.2", "no", ""],
            ["Q2", "Two?", "Q1.1", "Q2.1", "yes", ""],
            ["Q3", "Three?", "Q9", "Q3.1", "yes", ""],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.add_worksheet("notes")
    found = read_sets(tmp_path).as_json()
    assert (found["questions"], found["options"], found["dependencies"]) == (2 + 2 + 1 + 2 + 3, 4 + 3 + 4, 3)
    named = {(line["file"], line["path"]) for line in found["unmapped"]}
    assert {
        ("b/else.json", ""), ("readme.txt", ""), ("sheet.xlsx", "notes"), ("sheet.xlsx", "questions/Colour"),
        ("sheet.xlsx", "Q3/dependencies"), ("a/tasks.yaml", "tasks/2/type"),
    } <= named  # fmt: skip


def test_a_dependency_on_an_answer_is_on_its_question(tmp_path):
    found = read_sets(write(tmp_path, "model.json", json.dumps(MODEL)))
    assert found.sets[0].questions[1].dependencies == [Dependency("show", "1", "positive")]


def test_a_cycle_says_file_line_and_cure(tmp_path):
    cycle = FORM.replace('id: "8", operator: equals, value: 1', 'id: "1", operator: any')
    with pytest.raises(ContentError) as error:
        read_sets(write(tmp_path, "form.yaml", cycle))
    assert str(error.value) == (
        "form.yaml:4: These questions wait for each other: 1 → 2 → 1. Take one of these dependencies out."
    )


def test_in_json_too_the_line_is_known(tmp_path):
    tasks = [{"task": "x", "id": "1", "type": ["open_text"]}] * 2
    with pytest.raises(ContentError, match=r"form\.json:10: The question '1' stands twice"):
        read_sets(write(tmp_path, "form.json", json.dumps({"tasks": tasks}, indent=1)))


def test_an_instrument_in_our_own_form_is_read_by_our_own_rules(tmp_path):
    text = (CONTENT / "instruments" / "dpia-prescan.yaml").read_text(encoding="utf-8")
    found = read_sets(write(tmp_path, "a.yaml", text)).as_json()
    assert (found["questions"], found["options"], found["dependencies"]) == (11, 39, 10)
    with pytest.raises(ContentError, match=r"a\.yaml:8: The text in 'en' is missing"):
        read_sets(write(tmp_path, "a.yaml", text.replace(', en: "DPIA pre-scan"', "")))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.yaml", "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)),
         "holds more than 200000 values"),
        ("a.yaml", "a: &a [*a]", "refers to itself"),
        ("a.yaml", "a: !!python/object/apply:os.system [ls]", "Tags (!) are not allowed"),
        ("a.yaml", "[" * 5000, "nested too deeply"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"a": 1,}', "This is not JSON"),
        ("a.yaml", "a: 'b", "This is not YAML"),
        ("a.yaml", "a: 1\na: 2", "a.yaml:2: The key 'a' stands here twice"),
        ("a.json", '{"a": 1,\n "a": 2}', "a.json:2: The key 'a' stands here twice"),
        ("a.json", "9" * 5000, "a number is too long"),
        ("a.yaml", "x" * 4_000_001, "larger than 4000000 bytes"),
        ("a.xlsx", "PK\x03\x04 no sheet", "This spreadsheet cannot be read"),
    ],
)  # fmt: skip
def test_what_is_broken_or_hostile_is_refused_with_a_cure(tmp_path, name, text, says):
    with pytest.raises(ContentError, match=r"a\.\w+:\d+: ") as error:
        read_sets(write(tmp_path, name, text))
    assert says in str(error.value)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14))
def test_a_cycle_is_found_exactly_when_there_is_one(edges):
    items = [Question(str(i), "?", "open") for i in range(9)]
    for source, target in edges:
        items[source].dependencies.append(Dependency("show", str(target)))
    reach = {i: {t for s, t in edges if s == i} for i in range(9)}
    for _round in range(9):
        reach = {i: set.union(set(found), *(reach[t] for t in found)) for i, found in reach.items()}
    found = QuestionSet("a.yaml", "x", items=items)
    if any(i in reach[i] for i in reach):
        with pytest.raises(ContentError, match="wait for each other"):
            found.check()
    else:
        found.check()


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(
    inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["tasks", "task", "id", "type", "options", "value", "dependencies", "condition", "action", "urn",
         "systemcard_path", "question", "dimensions", "activities", "questions", "text", "answers", "name"]),
        inner, max_size=5), max_leaves=30))  # fmt: skip
def test_any_json_is_read_or_refused_in_words(tmp_path_factory, data):
    file = write(tmp_path_factory.mktemp("any"), "a.json", json.dumps(data))
    try:
        assert set(read_sets(file).as_json()) == {"questions", "options", "dependencies", "unmapped"}
    except ContentError as error:
        message = str(error)
    else:
        return
    assert "a.json:" in message


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("dpia.yaml", (152, 104, 52)),
        ("prescan.yaml", (39, 142, 21)),
        ("ODM2024.json", (47, 235, 0)),
        ("Pathway.json", (83, 185, 68)),
        ("survey.xls", (83, 185, 68)),
        ("task-registry/instruments", (94, 0, 0)),
    ],
)
def test_the_real_sets_are_read_whole(shared, name, figures):
    """Figures counted apart from this code, in the raw files."""
    found = read_sets(shared / "data" / "cases" / "05-selfassessment" / name).as_json()
    assert (found["questions"], found["options"], found["dependencies"]) == figures
