# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tutorials and the reference say is what happens."""

import re
from importlib import resources
from pathlib import Path

import pytest

from samen.problems import QuestionError
from samen.query.parse import plan_study
from samen.study import parse_study

DOCS = Path(__file__).resolve().parents[3] / "docs"
DEMO = resources.files("samen.demo").joinpath("arrears.toml").read_text(encoding="utf-8")


def blocks(file, language):
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / file).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("file", ["tutorial/arrears.md", "tutorial/achterstanden.md"])
def test_the_question_of_the_tutorial_can_be_asked(file):
    (question,) = blocks(file, "toml")
    plans = plan_study(parse_study(DEMO + "\n" + question))
    assert len(plans) == 3


@pytest.mark.parametrize(
    "cheat", ["SELECT MAX(amount) FROM arrears", "SELECT COUNT(*) FROM arrears WHERE age < 26"]
)
def test_what_the_tutorial_says_is_refused_is(cheat):
    with pytest.raises(QuestionError):
        plan_study(parse_study(DEMO + f'\n[[questions]]\nname = "cheat"\nsql = "{cheat}"\n'))


def test_the_example_of_the_reference_is_right():
    (example,) = blocks("reference/study-file.md", "toml")
    assert len(plan_study(parse_study(example))) == 1


@pytest.mark.full
def test_the_notebook_runs(tmp_path):
    import nbclient
    import nbformat

    notebook = nbformat.read(DOCS / "tutorial" / "questions.ipynb", as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    outputs = str([cell.get("outputs") for cell in notebook.cells])
    assert "mean_arrears" in outputs
    assert "no declared breakpoint" in outputs
