# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What makes content an edition: every rule, with file, line and advice."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override

from knooppunt.agenda.contentcheck import CONTENT, check
from knooppunt.catalogue.contentfile import ContentError, read_texts

GOOD = """\
edition:
  agenda: breda
  key: breda-2026
  title: {nl: Agenda}
  organisation: breda
  languages: [nl]
  published: 2026-01
  state: current
owners:
  breda: {nl: Breda}
themes:
  open-data: {nl: Open data}
chapters:
  - id: "1"
    title: {nl: Een}
actions:
  - id: "1.1"
    chapter: "1"
    title: {nl: Doen}
    description: {nl: Wij doen het.}
    lead: [breda]
    start: 2026
    end: 2027
    themes: [open-data]
budget:
  unit: EUR
  years: [2026]
  totals: {2026: 30}
  lines:
    - id: B1
      title: {nl: Post}
      planned: {2026: 30}
      actions: ["1.1"]
contradictions:
  - id: einde
    actions: ["1.1"]
    about: {nl: Einde}
    readings: [{place: {nl: Hier}, says: {nl: Nooit}}]
    choice: {nl: Wij kiezen.}
"""


def problems(content: str, language: str = "en") -> list[str]:
    with override(language):
        try:
            check(read_texts([("x.yaml", content.encode())]))
        except ContentError as error:
            return [str(problem) for problem in error.problems]
    return []


def test_the_example_is_good():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ("agenda: breda\n  key", "agend: breda\n  key"),
            "x.yaml:2: The key 'agend' is not known here. Did you mean 'agenda'?",
        ),
        (
            ("  published: 2026-01\n", ""),
            "x.yaml:1: The key 'published' is missing. Add 'published:' with its value.",
        ),
        (
            ('id: "1.1"\n    ch', "id: 1.1\n    ch"),
            "x.yaml:17: 'id' has a value of the wrong kind. Write a text; put it between quotes.",
        ),
        (
            ("start: 2026", "start: soon"),
            "x.yaml:22: 'start' has a value of the wrong kind. Write a whole number without quotes.",
        ),
        (
            ("state: current", "state: curent"),
            "x.yaml:8: 'curent' is not a choice for 'state'. Did you mean 'current'?",
        ),
        (
            ("published: 2026-01", "published: 2026-13"),
            "x.yaml:7: '2026-13' is not written the right way. "
            "Write year and month, or year, month and day: 2019-02 or 2019-02-28.",
        ),
        (
            ("key: breda-2026", "key: Breda 2026"),
            "x.yaml:3: 'Breda 2026' is not written the right way. "
            "Use small letters, digits and hyphens: 'gemeente-breda'.",
        ),
        (
            ("themes: [open-data]", "themes: [open-dat]"),
            "x.yaml:24: 'open-dat' is not in 'themes'. Did you mean 'open-data'?",
        ),
        (
            ("lead: [breda]", "lead: [zwolle]"),
            "x.yaml:21: 'zwolle' is not in 'owners'. Add it to 'owners' or correct the name.",
        ),
        (
            ('chapter: "1"', 'chapter: "9"'),
            "x.yaml:18: '9' is not in 'chapters'. Add it to 'chapters' or correct the name.",
        ),
        (
            ("end: 2027", "end: 2025"),
            "x.yaml:23: The end year 2025 is before the start year 2026. Change one of the two years.",
        ),
        (
            ("start: 2026", "start: 12"),
            "x.yaml:22: The value of 'start' does not fit. The rule is: minimum 1990.",
        ),
        (
            ("totals: {2026: 30}", "totals: {2026: 31}"),
            "x.yaml:28: The lines of 2026 add up to 30, not 31. Correct a line or the total.",
        ),
        (
            ("planned: {2026: 30}", "planned: {2026: 30, 2031: 1}"),
            "x.yaml:32: The year 2031 is not in budget.years. Choose from: 2026.",
        ),
        (
            ("languages: [nl]", "languages: [nl, en]"),
            "x.yaml:4: The text in 'en' is missing. Add 'en:', or take it out of edition.languages.",
        ),
        (
            ('      actions: ["1.1"]', '      actions: ["1.2"]'),
            "x.yaml:33: '1.2' is not in 'actions'. Did you mean '1.1'?",
        ),
        (
            ("  - id: einde", "  - id: einde\n  - id: einde"),
            "x.yaml:35: The key 'about' is missing. Add 'about:' with its value.",
        ),
        (
            ("open-data: {nl: Open data}", "open-data: {}"),
            "x.yaml:12: 'open-data' has no label. Add 'nl:' or 'en:'.",
        ),
    ],
)
def test_each_error_says_where_what_and_how_to_mend_it(change, problem):
    assert change[0] in GOOD
    found = problems(GOOD.replace(*change))
    assert problem in found


def test_an_id_used_twice_names_the_first_place():
    twice = GOOD.replace(
        "budget:",
        '  - {id: "1.1", title: {nl: A}, description: {nl: B}, lead: [breda], start: 2026}\nbudget:',
    )
    assert problems(twice) == [
        "x.yaml:25: The id '1.1' is also used in x.yaml, line 17. Give each its own id."
    ]


def test_errors_come_in_dutch_too():
    assert problems(GOOD.replace("end: 2027", "end: 2025"), "nl") == [
        "x.yaml:23: Het eindjaar 2025 ligt voor het beginjaar 2026. Verander een van de twee jaren."
    ]


def test_every_key_of_the_schema_is_documented():
    root = CONTENT.parents[3]
    text = (root / "docs" / "reference" / "agenda-content.md").read_text(encoding="utf-8")
    schema = json.loads((CONTENT / "edition.schema.json").read_text(encoding="utf-8"))
    missing = {key for key in _keys(schema) if f"`{key}`" not in text}
    assert missing == set()


def _keys(schema):
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from _keys(value)
