# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practices that come with the hub: in shape, in both languages, gaps named, and nothing invented."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override

from knooppunt.catalogue.contentfile import ContentError, read_texts
from knooppunt.catalogue.contentschema import texts
from knooppunt.practices.contentcheck import CONTENT, TEMPLATE, check, load, named_gaps

FILES = sorted(CONTENT.glob("*.yaml"))
GOOD = """\
practice: schulden-eerder-zien
kept_by: gemeente-breda
title: {nl: Schulden eerder zien}
summary: {nl: Wij kijken samen met anderen.}
organisations: {lead: [gemeente-breda]}
challenges: [poverty-debt]
stage: pilot
problem: {nl: Wij zien schulden laat.}
not_reported: [approach, data, legal_ground, capacity, cost, result, evidence, failed, again, starter, reuse]
"""


def problems(text: str) -> list[str]:
    with override("en"), pytest.raises(ContentError) as caught:
        check(read_texts([("x.yaml", text.encode())]))
    return list(map(str, caught.value.problems))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_a_practice_named_after_its_file(file):
    document = load(file)
    assert document.data["practice"] == file.stem
    assert document.data["not_reported"] == named_gaps(document.data)
    assert document.data["source"]["edition"] == "nl-digitaal-2019"


def test_the_agenda_gives_its_practices():
    assert len(FILES) >= 24


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_figures_in_the_texts_are_those_of_the_source(file):
    """Numbers in our own sentences: only years, 30 and 20 per cent, and CO2."""
    numbers = {
        word.strip(".,;:()")
        for _keys, text in texts(load(file).data)
        for value in text.values()
        for word in value.split()
        if any(letter.isdigit() for letter in word)
    }
    assert {n for n in numbers if not n.startswith("20") or len(n) != 4} <= {"30", "20", "CO2"}


def test_a_practice_in_one_language_is_one_too():
    check(read_texts([("x.yaml", GOOD.encode())]))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("data, ", ""), "x.yaml:9: 'data' is missing. Fill it in, or add it to not_reported."),
        (
            ("[approach", "[problem, approach"),
            "x.yaml:8: 'problem' is filled in and also named as not reported. Take it out of not_reported.",
        ),
        (
            ("stage: pilot", "stage: pilott"),
            "x.yaml:7: 'pilott' is not a choice for 'stage'. Did you mean 'pilot'?",
        ),
        (
            ("[poverty-debt]", "[Poverty]"),
            "x.yaml:6: 'Poverty' is not written the right way. "
            "Use small letters, digits and hyphens: 'gemeente-breda'.",
        ),
        (("kept_by", "keptby"), "x.yaml:2: The key 'keptby' is not known here. Did you mean 'kept_by'?"),
    ],
)
def test_each_error_says_where_what_and_how_to_mend_it(change, problem):
    assert change[0] in GOOD
    assert problem in problems(GOOD.replace(*change))


def test_the_template_asks_what_a_reader_wants_to_know():
    assert {"failed", "again", "legal_ground", "cost", "reuse", "starter"} < set(TEMPLATE)


def test_every_key_of_the_schema_is_documented():
    root = CONTENT.parents[3]
    text = (root / "docs" / "reference" / "practice-content.md").read_text(encoding="utf-8")
    schema = json.loads((CONTENT / "practice.schema.json").read_text(encoding="utf-8"))
    assert {key for key in _keys(schema) if f"`{key}`" not in text} == {"nl", "en"}


def _keys(schema):
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from _keys(value)
