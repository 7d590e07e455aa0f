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
from knooppunt.questionsets.expressions import ExpressionError, parse
from knooppunt.questionsets.model import Dependency, Question, QuestionSet
from knooppunt.toolkit.answering import conditions
from knooppunt.toolkit.contentcheck import ADVICE, CONTENT, both_languages

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
    if not problems and "source" not in document.data:  # a set of others is in its own language
        problems = list(both_languages(document))
    problems = problems or [*_conditions(document), *_expressions(document)]
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
    """Conditions, repeats and choices point to a question, and to an option where it has options."""
    asked = {question["id"]: question for _keys, question in _questions(document)}
    found: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    for keys, question in _questions(document):
        found += [((*keys, "show_when"), condition) for condition in conditions(question)]
        if question["kind"] in ("choice", "multiple") and not {"options", "options_from"} & set(question):
            message = _("The key '%(key)s' is missing.") % {"key": "options"}
            yield document.problem(keys, message, _("Add '%(key)s:' with its value.") % {"key": "options"})
        if "options_from" in question:
            found.append(((*keys, "options_from"), {"question": question["options_from"]}))
        for repeat in question.get("within", []):
            if repeat not in _repeats(document):
                message = _("There is no '%(key)s' among the %(name)s.") % {"key": repeat, "name": "repeats"}
                advice = did_you_mean(repeat, sorted(_repeats(document)))
                yield document.problem((*keys, "within"), message, advice)
    for i, repeat in enumerate(document.data.get("repeats", [])):
        if "follows" in repeat:
            found.append((("repeats", i, "follows"), {"question": repeat["follows"]}))
    for i, outcome in enumerate(document.data["outcomes"]):
        found += [(("outcomes", i, "when", j), c) for j, c in enumerate(outcome.get("when", []))]
    for keys, condition in found:
        yield from _points(document, keys, condition, asked)


def _points(
    document: Document, keys: tuple[Any, ...], condition: dict[str, Any], asked: dict[str, dict[str, Any]]
) -> Iterator[Problem]:
    target = asked.get(condition["question"])
    if target is None:
        message = _("There is no question '%(id)s'.") % {"id": condition["question"]}
        yield document.problem(keys, message, did_you_mean(condition["question"], sorted(asked)))
        return
    known = [option["value"] for option in target.get("options", [])]
    for value in condition.get("any", []):
        if known and value not in known:
            message = _("'%(value)s' is no option of '%(id)s'.")
            words = {"value": value, "id": condition["question"]}
            yield document.problem(keys, message % words, did_you_mean(value, known))


def _expressions(document: Document) -> Iterator[Problem]:
    for keys, text in _written(document):
        try:
            parse(text)
        except ExpressionError:
            yield document.problem(
                keys, _("This expression is not understood."), _("Write it as in the example.")
            )


def _written(document: Document) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every expression of scores and assessments."""
    for i, score in enumerate(document.data.get("scores", [])):
        yield ("scores", i, "expression"), score["expression"]
        for rule in score["values"]:
            yield ("scores", i, "values"), rule["when"]
    for i, assessment in enumerate(document.data.get("assessments", [])):
        for level in assessment["levels"]:
            yield ("assessments", i, "levels"), level["expression"]
            for criterion in level["criteria"]:
                yield ("assessments", i, "levels"), criterion["expression"]


def _repeats(document: Document) -> dict[str, dict[str, Any]]:
    return {repeat["id"]: repeat for repeat in document.data.get("repeats", [])}


def _as_set(document: Document) -> QuestionSet:
    """To look for cycles and doubles with the same eyes as in the sets of others."""
    items, repeats = [], _repeats(document)
    for keys, question in _questions(document):
        waits = [Dependency("show", condition["question"]) for condition in conditions(question)]
        around = [repeats[repeat] for repeat in question.get("within", [])]
        waits += [Dependency("repeat", repeat["follows"]) for repeat in around if "follows" in repeat]
        file, line = document.places.get((*keys, "id"), ("", 1))
        items.append(Question(question["id"], "", question["kind"], line, dependencies=waits))
    return QuestionSet(file, document.data["instrument"], items=items)
