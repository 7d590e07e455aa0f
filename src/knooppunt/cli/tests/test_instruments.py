# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""`knooppunt instruments import`: figures as JSON, and errors that say what to do."""

import json

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
