# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is this an instrument, or the step plan? Shape first, then both languages, conditions and cycles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, Problem, read
from knooppunt.catalogue.contentschema import Shape, did_you_mean
from knooppunt.toolkit.contentcheck import ADVICE, CONTENT, both_languages
from knooppunt.toolkit.questionsets.model import Dependency, Question, QuestionSet

INSTRUMENT = Shape(
    CONTENT / "instrument.schema.json", {**ADVICE, "version": lambda: _("Write a version: 1.0.")}
)
STEPS = Shape(CONTENT / "steps.schema.json", ADVICE)


def load_instrument(path: Path) -> Document:
    """The checked instrument of one file; ContentError with file, line and cure."""
    document = read(path)
    check_instrument(document)
    return document


def check_instrument(document: Document) -> None:
    """Raise ContentError, with every problem, unless the document is an instrument."""
    problems = list(INSTRUMENT.problems(document))
    problems = problems or [*both_languages(document), *_conditions(document)]
    if problems:
        raise ContentError(problems)
    _as_set(document).check()


def load_steps(path: Path, instruments: set[str]) -> Document:
    """The checked step plan; it names instruments that are there."""
    document = read(path)
    check_steps(document, instruments)
    return document


def check_steps(document: Document, instruments: set[str]) -> None:
    """Raise ContentError, with every problem, unless these are steps that name known instruments."""
    problems = list(STEPS.problems(document))
    problems = problems or [*both_languages(document), *_instruments(document, instruments)]
    if problems:
        raise ContentError(problems)


def _instruments(document: Document, known: set[str]) -> Iterator[Problem]:
    for i, step in enumerate(document.data["steps"]):
        for j, slug in enumerate(step["instruments"]):
            if slug not in known:
                message = _("There is no instrument '%(id)s'.") % {"id": slug}
                advice = did_you_mean(slug, sorted(known))
                yield document.problem(("steps", i, "instruments", j), message, advice)


def _questions(document: Document) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    for i, section in enumerate(document.data["sections"]):
        for j, question in enumerate(section["questions"]):
            yield ("sections", i, "questions", j), question


def _conditions(document: Document) -> Iterator[Problem]:
    """Conditions of questions and outcomes point to an option of a question."""
    options = {q["id"]: [o["value"] for o in q.get("options", [])] for _keys, q in _questions(document)}
    found = [((*k, "show_when"), q["show_when"]) for k, q in _questions(document) if "show_when" in q]
    for i, outcome in enumerate(document.data["outcomes"]):
        found += [(("outcomes", i, "when", j), c) for j, c in enumerate(outcome.get("when", []))]
    for keys, condition in found:
        if condition["question"] not in options:
            message = _("There is no question '%(id)s'.") % {"id": condition["question"]}
            yield document.problem(keys, message, did_you_mean(condition["question"], sorted(options)))
            continue
        known = options[condition["question"]]
        for value in condition["any"]:
            if value not in known:
                message = _("'%(value)s' is no option of '%(id)s'.")
                words = {"value": value, "id": condition["question"]}
                yield document.problem(keys, message % words, did_you_mean(value, known))


def _as_set(document: Document) -> QuestionSet:
    """To look for cycles and doubles with the same eyes as in the sets of others."""
    items = []
    for keys, question in _questions(document):
        waits = [Dependency("show", question["show_when"]["question"])] if "show_when" in question else []
        file, line = document.places.get((*keys, "id"), ("", 1))
        items.append(Question(question["id"], "", question["kind"], line, dependencies=waits))
    return QuestionSet(file, document.data["instrument"], items=items)
