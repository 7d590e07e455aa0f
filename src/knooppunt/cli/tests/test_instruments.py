# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""`knooppunt instruments`: figures and outcomes as JSON, and errors that say what to do."""

import json

import pytest

from knooppunt.cli import main
from knooppunt.toolkit.models import Instrument

TASKS = """systemcard_path: .assessments[]
urn: urn:nl:x
name: Tasks
tasks: [{question: Sign here, urn: "urn:nl:x:2", type: [sign_task]}]
"""


def test_the_command_gives_json_and_says_what_to_do(tmp_path, capsys):
    file = tmp_path / "tasks.yaml"
    file.write_text(TASKS, encoding="utf-8")
    assert main(["instruments", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "questions": 1, "options": 0, "dependencies": 0, "unmapped": [],
    }  # fmt: skip
    assert main(["instruments", "import", str(tmp_path / "none"), "--lang", "en"]) == 2
    assert "There is no file or folder" in capsys.readouterr().err


def test_one_json_line_is_the_same_with_and_without_load(db, tmp_path, capsys):
    (tmp_path / "tasks.yaml").write_text(TASKS, encoding="utf-8")
    outputs = []
    for flags in ([], ["--load"]):
        assert main(["instruments", "import", str(tmp_path), "--json", *flags]) == 0
        outputs.append(json.loads(capsys.readouterr().out))
    assert outputs[0] == outputs[1]
    assert Instrument.objects.get().slug == "tasks"


def outcome(tmp_path, answers, *flags) -> int:
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    return main(["instruments", "outcome", "prescan", "--answers", str(tmp_path / "answers.json"), *flags])


def test_the_outcome_of_the_prescan_with_its_reasons(tmp_path, capsys):
    answers = {"persoonsgegevens": "ja", "altijd": [], "kenmerken": ["beoordelen", "koppelen"]}
    assert outcome(tmp_path, answers, "--json", "--lang", "en") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["outcome"], found["criteria"]) == ("dpia-needed", ["beoordelen", "koppelen"])
    assert [reason[-12:] for reason in found["reasons"]] == ["criterion 1)", "criterion 6)"]
    assert outcome(tmp_path, {"persoonsgegevens": "ja", "altijd": [], "kenmerken": []}) == 0
    assert capsys.readouterr().out.startswith("Waarschijnlijk geen DPIA nodig")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"kenmerk": []}, "There is no question 'kenmerk'"),
        ({"kenmerken": ["koppel"]}, "'koppel' is no answer to 'kenmerken'. Allowed: beoordelen, besluiten"),
        ({"persoonsgegevens": True}, "'True' is no answer to 'persoonsgegevens'. Allowed: ja, nee"),
        (["ja"], "Give the answers as {question: answer}"),
        ({}, "There is no answer in the file"),
    ],
)
def test_answers_that_are_none_are_told_with_what_is_allowed(tmp_path, capsys, answers, says):
    assert outcome(tmp_path, answers, "--lang", "en") == 2
    assert says in capsys.readouterr().err
