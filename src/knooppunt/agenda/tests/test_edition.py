# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Edition 1 says what the source says: facts beside ../shared/agenda, and the texts by their own rules."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from knooppunt.agenda.contentcheck import CONTENT

SHARED = Path(__file__).resolve().parents[5] / "shared" / "agenda"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="not run: ../shared is absent")
NAMES = {
    "advisory committee": "adviescommissie-informatiehuishouding",
    "central-government data labs": "datalabs-rijk",
    "decentralised governments": "decentrale-overheden",
    "Forum Standaardisatie": "forum-standaardisatie",
    "ministries": "ministeries",
    "municipalities": "gemeenten",
    "NL ICT": "nl-ict",
    "non-profits": "non-profits",
    "other ministries": "ministeries",
    "other municipalities in the inventory": "gemeenten",
    "provinces": "provincies",
    "registry managers and policy owners": "beheerders-basisregistraties",
    "Rijkswaterstaat": "rws",
    "universities": "universiteiten",
    "university data science centres": "universitaire-datascience-centres",
    "water boards": "waterschappen",
    "commissioned by BZK and EZK": "",
}


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def slug(name: str) -> str:
    found = NAMES.get(name, name.lower().replace(" ", "-"))
    return f"gemeente-{found}" if found in ("amsterdam", "eindhoven", "groningen") else found


@needs_shared
def test_actions_have_the_years_and_owners_of_the_source(national_document):
    ours = {action["id"]: action for action in national_document.data["actions"]}
    theirs = rows("actions.csv")
    assert [row["id"] for row in theirs] == list(ours)
    for row in theirs:
        action = ours[row["id"]]
        assert (str(action["start"]), str(action.get("end", ""))) == (row["start"], row["end"]), row["id"]
        assert row["chapter"].startswith(action["chapter"])
        owners = {slug(name) for name in row["owners"].split(";")} - {""}
        assert {*action["lead"], *action.get("partners", [])} == owners, row["id"]
        commissioned = ["bzk", "ezk"] if "commissioned" in row["owners"] else []
        assert action.get("commissioned_by", []) == commissioned


@needs_shared
def test_money_is_that_of_the_source(national_document):
    budget = national_document.data["budget"]
    ours = {line["id"]: line["planned"] for line in budget["lines"]} | {"T": budget["totals"]}
    for row in rows("budget.csv"):
        assert ours[row["id"]] == {year: int(row[f"keur_{year}"]) for year in ("2019", "2020", "2021")}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_descriptions_are_of_three_sentences_or_more_and_readable(national_document, language):
    """At B1 a sentence has at most some 15 words on average; a longer list of names lifts single ones."""
    lengths = []
    for action in national_document.data["actions"]:
        text = action["description"][language]
        sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z])", text)
        assert 3 <= len(sentences) <= 9, (action["id"], len(sentences))
        lengths += [len(sentence.split()) for sentence in sentences]
    assert sum(lengths) / len(lengths) <= 17


def test_contradictions_name_both_places(national_document):
    contradictions = {c["id"]: c for c in national_document.data["contradictions"]}
    ends = [r["says"]["en"] for r in contradictions["end-year-of-traineeship"]["readings"]]
    assert ends == ["2019 and 2020", "2019 to 2021"]
    assert contradictions["open-end"]["actions"] == ["1.1", "3.7"]
    open_ended = [a["id"] for a in national_document.data["actions"] if "end" not in a]
    assert open_ended == ["1.1", "3.7"]
    assert [a["id"] for a in national_document.data["actions"] if a.get("tentative")] == ["2.6"]


def test_nothing_is_reported_that_the_source_does_not_say(national_document):
    """No outcome, target or spent money is known; the only reports are those of the text itself."""
    for action in national_document.data["actions"]:
        for report in action.get("progress", []):
            assert (report["date"], report["self"], report["reviewed"]) == (
                "2019-02",
                "limited",
                "no_evidence",
            )
        assert not any({"target", "value"} & set(effect) for effect in action.get("effects", []))
    for line in national_document.data["budget"]["lines"]:
        assert not {"committed", "spent"} & set(line)


def test_content_files_stay_readable():
    for path in CONTENT.glob("**/*.yaml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name
