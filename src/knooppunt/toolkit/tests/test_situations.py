# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Worked situations: the instrument concludes what is expected, and the FAQ says the same."""

from __future__ import annotations

from itertools import combinations

import pytest

from knooppunt.catalogue.contentfile import read
from knooppunt.toolkit import answering
from knooppunt.toolkit.contentcheck import CONTENT
from knooppunt.toolkit.instrumentcheck import load_instrument

PRESCAN = load_instrument(CONTENT / "instruments" / "dpia-prescan.yaml").data
SITUATIONS = read(CONTENT / "situations" / "dpia-prescan.yaml").data["situations"]
FAQ = {entry["id"]: entry for entry in read(CONTENT / "faq" / "privacy.yaml").data["entries"]}
ASKED = {question["id"]: question for question in answering.questions(PRESCAN)}


def options(question: str) -> list[str]:
    return [option["value"] for option in ASKED[question]["options"] if option["value"] != "geen"]


def concluded(altijd: list[str], kenmerken: list[str]) -> list[str]:
    answers = {"persoonsgegevens": "ja", "altijd": altijd or ["geen"], "kenmerken": kenmerken or ["geen"]}
    return [outcome["id"] for outcome in answering.outcomes(PRESCAN, answers)]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation["id"])
def test_a_situation_has_the_expected_outcome(situation):
    for key, given in situation["answers"].items():
        values = given if isinstance(given, list) else [given]
        assert answering.clean(ASKED[key], given) == given
        assert set(values) <= {option["value"] for option in ASKED[key]["options"]}
    assert [o["id"] for o in answering.outcomes(PRESCAN, situation["answers"])] == [situation["outcome"]]
    assert situation["source"]
    assert set(situation["situation"]) == {"nl", "en"}


def test_there_are_situations_for_every_criterion_every_kind_on_the_list_and_every_outcome():
    assert len(SITUATIONS) >= 30
    given = {v for s in SITUATIONS for k in ("altijd", "kenmerken") for v in s["answers"].get(k, [])}
    assert given == {*options("altijd"), *options("kenmerken"), "geen"}
    outcomes = {outcome["id"] for outcome in PRESCAN["outcomes"]} - {"incomplete"}
    assert {situation["outcome"] for situation in SITUATIONS} == outcomes


def test_every_pair_of_criteria_and_every_kind_on_the_list_asks_for_a_dpia():
    assert len(options("kenmerken")) == 9
    assert len(options("altijd")) == 3 + 17
    assert all(concluded([], list(pair)) == ["dpia-needed"] for pair in combinations(options("kenmerken"), 2))
    assert all(concluded([one], []) == ["dpia-needed"] for one in options("altijd"))
    assert all(concluded([], [one]) == ["weigh"] for one in options("kenmerken"))
    assert concluded([], []) == ["probably-not"]


@pytest.mark.parametrize(
    "answers", [{}, {"altijd": ["geen"]}, {"kenmerken": ["geen"]}, {"altijd": [], "kenmerken": []}]
)
def test_what_was_not_answered_is_no_ground_for_probably_not(answers):
    found = answering.outcomes(PRESCAN, {"persoonsgegevens": "ja"} | answers)
    assert [outcome["id"] for outcome in found] == ["incomplete"]


def test_each_reason_is_told_with_its_ground():
    answers = {"persoonsgegevens": "ja", "altijd": ["zwarte-lijst"], "kenmerken": ["koppelen"]}
    (found,) = answering.outcomes(PRESCAN, answers)
    assert [text["en"].rsplit("(", 1)[1] for text in found["because"]] == [
        "list of the Dutch supervisor, number 2: one is enough)",
        "WP 248, criterion 6)",
    ]


def test_the_answer_says_of_each_outcome_what_the_instrument_says():
    """Both ways: sentences of situations stand in the answer, and every sentence on need is one of those."""
    told = [situation for situation in SITUATIONS if "faq" in situation]
    assert {situation["outcome"] for situation in told} == {"dpia-needed", "weigh", "probably-not"}
    for language in ("nl", "en"):
        when, rest = FAQ["wanneer-dpia"]["answer"][language].split("\n\n", 2)[:2]
        answer = f"{when} {rest}"
        for situation in told:
            assert situation["faq"][language] in answer
            answer = answer.replace(situation["faq"][language], "")
        assert answer.strip() in (
            "Doe anders eerst de pre-scan uit de toolkit.",
            "Else do the pre-scan of the toolkit first.",
        )
