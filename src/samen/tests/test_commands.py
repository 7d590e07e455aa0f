# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands as a user runs them: real processes, JSON, exit codes, errors that say what to do."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from samen.cli import main

from .studies import deal_rows, people, study_text, write

SQL = "SELECT region, COUNT(*) AS n, AVG(income) AS mean FROM people GROUP BY region"


def samen(*arguments, env=None):
    return subprocess.run(
        [sys.executable, "-m", "samen.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )


@pytest.fixture(autouse=True)
def own_ledgers(tmp_path, monkeypatch):
    """Ledgers of runs without ``--ledger`` stay in the folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def study(tmp_path):
    file = tmp_path / "study.toml"
    file.write_text(study_text(SQL), encoding="utf-8")
    return file


@pytest.fixture
def data(tmp_path):
    return deal_rows(tmp_path, people(300, missing=0))


def data_arguments(data):
    return [word for name, path in data for word in ("--data", f"{name}={path}")]


def test_run_gives_the_agreed_json(study, data, tmp_path):
    kept = ["--ledger", tmp_path / "ledger.json"]
    done = samen("run", study, *data_arguments(data), "--json", *kept)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {"questions", "opened", "seconds", "rounds", "bytes"} <= set(found)
    (question,) = found["questions"]
    assert question["columns"] == ["region", "n", "mean"]
    pooled = pd.concat(pd.read_csv(path) for _, path in data).groupby("region")
    for region, n, mean in question["rows"]:
        assert n == len(pooled.get_group(region))
        assert mean == pytest.approx(pooled.get_group(region).income.mean(), abs=1e-5)
    assert question["suppressed"] == []
    assert "rules" in done.stderr  # progress with phases and bytes
    ledger = json.loads((tmp_path / "ledger.json").read_text())
    assert len(ledger["tables"]["people 1"]["released"]) == 3  # counts, counts of what is known, sums
    assert "p1" not in str(ledger)
    narrower = study.read_text().replace("GROUP BY", "WHERE NOT (sex = 'f' AND age < 18) GROUP BY")
    study.write_text(narrower)
    again = samen("run", study, *data_arguments(data), "--json", "--language", "nl", *kept)
    (question,) = json.loads(again.stdout)["questions"]
    assert question["suppressed"]
    assert {item["reason"] for item in question["suppressed"]} <= {"difference", "secondary", "primary"}
    nothing = study.read_text().replace("GROUP BY region", "AND region = 'west' AND age < 18 GROUP BY region")
    study.write_text(nothing.replace("COUNT(*) AS n, ", ""))
    none = samen("run", study, *data_arguments(data), "--json", "--language", "nl", *kept)
    assert none.returncode == 2
    (item,) = json.loads(none.stdout)["refused"]
    assert item["question"] == "q0"
    assert len(item["why"].split()) > 5
    assert len(item["instead"].split()) > 3


@pytest.mark.full
def test_files_made_by_synthesise_can_be_run(study, tmp_path):
    made = samen("synthesise", study, tmp_path / "twins", "--rows", 150)
    assert made.returncode == 0
    done = samen("run", study, *made.stdout.split(), "--json")
    assert done.returncode == 0, done.stderr
    assert sum(row[1] or 0 for row in json.loads(done.stdout)["questions"][0]["rows"]) <= 450


@pytest.mark.full
def test_the_estimate_of_explain_is_within_a_factor_two(study, tmp_path):
    explained = json.loads(samen("explain", study, "--json", "--rows", 500).stdout)
    made = samen("synthesise", study, tmp_path / "twins", "--rows", 500)
    done = json.loads(samen("run", study, *made.stdout.split(), "--json").stdout)
    assert 0.5 < explained["seconds"] / done["seconds"] < 2
    assert explained["bytes"] == pytest.approx(done["bytes"], rel=0.1)
    assert explained["rounds"] == pytest.approx(done["rounds"], rel=0.1)


@pytest.mark.full
def test_the_demo_tells_what_happens():
    done = samen("demo", "--language", "en")
    assert done.returncode == 0, done.stderr
    for words in ("what each party gets", "Het Eiland", "too few units", "What became public"):
        assert words in done.stdout


def test_check_says_what_fits(study, data, capsys):
    assert main(["check", str(study), data[0][1], "--language", "en"]) == 0
    assert "fits table people, 100 rows" in capsys.readouterr().out


def test_check_says_what_does_not_fit(study, data, tmp_path, capsys):
    rows = people(20)
    rows[7]["age"] = "200"
    assert main(["check", str(study), write(tmp_path / "bad.csv", rows), "--language", "nl"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("regel 9: age: '200' is geen geheel getal van 0 tot en met 120")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--data", "a"], "write HOLDER=FILE"),
        (["--data", "x=1.csv"], "no holder 'x'"),
        ([], "lacks the file of 3 of its holders: a, b, c"),
    ],
)
def test_wrong_data_arguments(study, arguments, text, capsys):
    assert main(["run", str(study), *arguments, "--language", "en"]) == 2
    assert text in capsys.readouterr().err


def test_a_wrong_file_is_told_by_holder(study, data, tmp_path, capsys):
    rows = people(20)
    rows[0]["region"] = "nowhere"
    write(tmp_path / "b.csv", rows)
    assert main(["run", str(study), *data_arguments(data), "--language", "en"]) == 2
    assert "b: line 2: region: 'nowhere' is no code of the list" in capsys.readouterr().err


def test_a_study_that_is_not_there(capsys):
    assert main(["check", "nothing.toml", "--language", "en"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_ledger_that_cannot_be_written(study, data, capsys):
    ledger = ["--ledger", "/proc/ledger.json"]
    assert main(["run", str(study), *data_arguments(data), *ledger, "--language", "en"]) == 2
    assert "give --ledger FILE in a folder where you may write" in capsys.readouterr().err
