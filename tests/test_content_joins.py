# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the content of one app names in another's: apps may not look at each other, this test may."""

from __future__ import annotations

import csv

from knooppunt.agenda import contentcheck as agenda
from knooppunt.challenges import contentcheck as challenges
from knooppunt.circles import contentcheck as circles
from knooppunt.initiatives import contentcheck as initiatives
from knooppunt.people import loading as people
from knooppunt.practices import contentcheck as practices


def documents(app):
    return [app.load(file).data for file in sorted(app.CONTENT.glob("*.yaml"))]


def test_practices_name_challenges_that_exist_and_every_challenge_has_a_practice():
    named = {slug for practice in documents(practices) for slug in practice["challenges"]}
    assert named == {challenge["challenge"] for challenge in documents(challenges)}


def test_themes_and_actions_that_are_named_stand_in_the_agenda():
    edition = agenda.load(agenda.CONTENT / "nl-digitaal-2019").data
    actions = {f"nl-digitaal-2019/{action['id']}" for action in edition["actions"]}
    assert {a for practice in documents(practices) for a in practice.get("actions", [])} <= actions
    network = documents(initiatives) + documents(circles)
    assert {a for document in network for a in document.get("actions", [])} <= actions
    assert {t for challenge in documents(challenges) for t in challenge["themes"]} <= set(edition["themes"])
    sections = {chapter["id"] for chapter in edition["chapters"]}
    assert {
        d["source"]["chapter"] for d in documents(practices) + documents(challenges) + network
    } <= sections


def test_the_network_names_challenges_practices_and_organisations_that_exist():
    with (people.CONTENT / "organisations.csv").open(encoding="utf-8") as file:
        known = {row["slug"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    slugs = {challenge["challenge"] for challenge in documents(challenges)}
    assert {one["challenge"] for one in documents(initiatives) + documents(circles)} <= slugs
    assert {one["kept_by"] for one in documents(initiatives)} <= known
    assert {slug for one in documents(circles) for slug in one["named"]} <= known
    named = {one["practice"] for one in documents(initiatives) if "practice" in one}
    assert named <= {practice["practice"] for practice in documents(practices)}
