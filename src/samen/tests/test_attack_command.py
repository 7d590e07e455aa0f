# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""``samen attack``: what remains of what a run hides, and a run that would not be safe is seen."""

import json

import numpy as np

from samen.cli import main
from samen.query import attack as attacking
from samen.query.guard import guard
from samen.query.parse import plan_study
from samen.query.rows import plain_rows
from samen.study.data import read_table
from samen.study.read import parse_study

from .studies import deal_rows, people, study_text

CUBE = "SELECT region, sex, COUNT(*) AS n, SUM(age) AS s FROM people GROUP BY CUBE(region, sex)"


def rows():
    made = people(300, missing=0)
    for row in made:
        if row["region"] == "west" and row["sex"] == "f" and row["person"] > "p15":
            row["region"] = "east"
    return made


def test_attack_says_what_remains_of_every_hidden_figure(tmp_path, capsys):
    study = tmp_path / "study.toml"
    study.write_text(study_text(CUBE, rules="full_cells = 'safe'"))
    data = [f"{name}={path}" for name, path in deal_rows(tmp_path, rows())]
    assert main(["attack", str(study), "--data", *data, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["attacks"]
    assert {"name", "figure", "low", "high", "true_within", "safe"} == set(found[0])
    assert all(item["true_within"] and item["safe"] for item in found)
    assert any("count [region = west, sex = f]" in item["figure"] for item in found)
    assert {item["name"].split()[0] for item in found} >= {"totals", "holder", "the"}


def test_an_unsafe_pattern_is_seen(tmp_path):
    """Only the smallest cell hidden, and its totals shown: solved exactly."""
    text = study_text(CUBE, rules="full_cells = 'safe'")
    study = parse_study(text)
    (guarded,) = guard(study, plan_study(study), ())
    table = study.tables["people"]
    counted = {
        name: attacking.Counted(guarded, plain_rows(study, table, read_table(path, table)))
        for name, path in deal_rows(tmp_path, rows())
    }
    shown = np.ones(guarded.structure.count, dtype=bool)
    shown[guarded.structure.variable_of[0][6]] = False  # west, f
    found = attacking._Attacks(study, guarded, counted, shown).all()
    (bad,) = [item for item in found if item.name == "totals and cells are solved"]
    assert not bad.safe
    assert bad.low == bad.high
