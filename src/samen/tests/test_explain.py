# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""``explain`` lists what a recorded transcript shows was opened: no more names, no fewer, no more values."""

from collections import Counter

import pytest

from samen.channel.memory import MemoryChannel
from samen.query.explain import openings
from samen.query.guard import guard
from samen.query.parse import plan_study
from samen.study import parse_study

from .studies import deal_rows, people, run_in_threads, study_text

STUDIES = {
    "tables": (
        "SELECT region, sex, COUNT(*) AS n, SUM(income) FROM people GROUP BY CUBE(region, sex)",
        "SELECT region, AVG(income), SUM(CASE WHEN age >= 65 THEN 1 ELSE 0 END) FROM people GROUP BY region",
        "SELECT COUNT(*) FROM people WHERE age < 40",
    ),
    "sorted": ("SELECT region, MEDIAN(income), COUNT(DISTINCT sex) FROM people GROUP BY region",),
    "models": (
        "SELECT LINEAR_REGRESSION(income, age, sex) FROM people",
        "SELECT KAPLAN_MEIER(age, sex) FROM people",
    ),
    "labels": ("SELECT age, COUNT(*) FROM people GROUP BY age",),
}


@pytest.mark.parametrize("name", STUDIES)
def test_everything_opened_is_explained(name, tmp_path, monkeypatch):
    text = study_text(*STUDIES[name])
    study = parse_study(text)
    plans = plan_study(study)
    expected = {o.what: o for o in openings(study, plans, guard(study, plans, ()))}
    sizes = Counter()
    plain = MemoryChannel.send

    def send(self, to, payload, label, clock):
        from samen.party import _NAMES

        if self.index == 0 and _NAMES.get(label) == "open_all":
            sizes["values"] += payload.nbytes // 8
        plain(self, to, payload, label, clock)

    monkeypatch.setattr(MemoryChannel, "send", send)
    _, outcome = run_in_threads(text, deal_rows(tmp_path, people(400, missing=0)), tmp_path)
    opened = dict(outcome.opened)
    public = {what for what in expected if what.startswith("rows of ")}
    assert set(opened) == set(expected) - public - {
        w for w, o in expected.items() if not o.exact and w not in opened
    }
    for what, values in opened.items():
        assert expected[what].values == values if expected[what].exact else True
        assert what == "order" or values <= expected[what].values
    order_bits = opened.get("order", 0)
    assert sizes["values"] <= sum(opened.values())  # the messages themselves: nothing was opened unnoted
    assert sizes["values"] >= sum(opened.values()) - order_bits


def test_explain_says_what_noise_opens():
    text = (
        study_text("SELECT region, AVG(age) FROM people GROUP BY region")
        + "\n[privacy]\nepsilon = 1\nbudget = 1\n"
    )
    study = parse_study(text)
    named = {o.what for o in openings(study, plan_study(study), ())}
    assert {"q0: rows per cell with noise", "q0: AVG(age) with noise"} <= named
    assert "which cells pass the rules by themselves" not in named
