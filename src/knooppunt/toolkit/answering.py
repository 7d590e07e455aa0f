# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an instrument asks and concludes, given the answers so far. Pure: knows no database.

Questions that repeat are written out first (`repeating.written_out`): what is here reads the outcome.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from graphlib import TopologicalSorter
from typing import Any

from knooppunt.questionsets import expressions
from knooppunt.toolkit.repeating import EMPTY

Content = dict[str, Any]
Answers = dict[str, Any]
LONGEST = 8_000  # characters of an open answer
AS_VALUE = {"true": True, "false": False, "null": None}


def questions(content: Content) -> Iterator[dict[str, Any]]:
    for section in content["sections"]:
        yield from section["questions"]


def conditions(question: dict[str, Any]) -> list[dict[str, Any]]:
    """What must hold, all of it, before the question is asked."""
    if "show_when" not in question:
        return []
    return question["show_when"].get("all", [question["show_when"]])


def visible(content: Content, answers: Answers) -> set[str]:
    """The questions that are asked: an answer to a question that is not asked opens nothing."""
    waits = {question["id"]: conditions(question) for question in questions(content)}
    asked: set[str] = set()
    for key in TopologicalSorter({k: set().union(*map(_targets, waits[k])) for k in waits}).static_order():
        if key in waits and all(_holds(condition, answers, asked) for condition in waits[key]):
            asked.add(key)
    return asked


def shown(section: dict[str, Any], asked: set[str]) -> list[dict[str, Any]]:
    """The questions of a section that are asked; what may repeat after one that is not moves up."""
    found: list[dict[str, Any]] = []
    for question in section["questions"]:
        if question["id"] in asked:
            found.append(question)
        elif found and "more" in question:
            found[-1] = found[-1] | {"more": [*found[-1].get("more", []), *question["more"]]}
    return found


def _targets(condition: dict[str, Any]) -> set[str]:
    """The questions that a condition is about: several when it looks at every copy of one that repeats."""
    return set(condition.get("copies", [condition["question"]]))


def _holds(condition: dict[str, Any], answers: Answers, asked: set[str]) -> bool:
    given: list[Any] = []
    for key in _targets(condition) & asked:
        value = answers.get(key)
        given += value if isinstance(value, list) else [value]
    held = [value for value in given if value not in EMPTY]
    met = any(_text(value) in condition["any"] for value in held) if "any" in condition else bool(held)
    return met != condition.get("not", False)


def _text(value: Any) -> str:
    """As conditions write it: a box that is ticked is 'true'."""
    return "true" if value is True else str(value)


def progress(content: Content, answers: Answers) -> tuple[int, int]:
    """How many of the questions that are asked have an answer, and how many are asked."""
    asked = visible(content, answers)
    return sum(1 for key in asked if answers.get(key) not in EMPTY), len(asked)


def _chosen(content: Content, answers: Answers) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every option that was chosen on a question that is asked, with its question."""
    asked = visible(content, answers)
    for question in questions(content):
        given = answers.get(question["id"]) if question["id"] in asked else None
        values = given if isinstance(given, list) else [given]
        yield from ((question, option) for option in question.get("options", []) if option["value"] in values)


def counted(content: Content, answers: Answers) -> list[str]:
    """The chosen options that count towards an outcome, by their value."""
    return [option["value"] for _question, option in _chosen(content, answers) if "reason" in option]


def score(content: Content, answers: Answers) -> float:
    """The scores of all options that were chosen on questions that are asked, added up."""
    return sum(option.get("score", 0.0) for _question, option in _chosen(content, answers))


def outcomes(content: Content, answers: Answers) -> list[dict[str, Any]]:
    """What follows; nothing before there is an answer."""
    if progress(content, answers)[0] == 0:
        return []
    asked, total = visible(content, answers), score(content, answers)
    why = [option["reason"] for _question, option in _chosen(content, answers) if "reason" in option]
    found = [
        outcome | ({"because": why} if why and "score_from" in outcome else {})
        for outcome in content["outcomes"]
        if all(_holds(condition, answers, asked) for condition in outcome.get("when", []))
        and outcome.get("score_from", -math.inf) <= total < outcome.get("score_below", math.inf)
    ]
    found += _assessed(content, answers, asked)
    for question, option in _chosen(content, answers):
        found += [{"title": question["text"], "text": advice} for advice in option.get("advice", [])]
    return found


def _assessed(content: Content, answers: Answers, asked: set[str]) -> Iterator[dict[str, Any]]:
    """Per assessment of a form of others the first level that holds, and why."""
    kinds = {question["id"]: question["kind"] for question in questions(content)}

    def answer(key: str) -> Any:
        value = answers.get(key) if key in asked else None
        return AS_VALUE.get(value, value) if kinds.get(key) == "choice" else value

    scores = {f"scores.{one['key']}": _figure(one, answer) for one in content.get("scores", [])}
    for assessment in content.get("assessments", []):
        for level in assessment["levels"]:
            met = [c for c in level["criteria"] if _true(c["expression"], answer, scores)]
            names = scores | {f"criteria.{criterion['id']}": True for criterion in met}
            if _true(level["expression"], answer, names):
                title = dict.fromkeys(level["text"], assessment["id"])
                yield {"title": title, "text": level["text"], "because": [c["text"] for c in met]}
                break


def _true(expression: str, answer: Any, names: dict[str, Any]) -> bool:
    return bool(expressions.evaluate(expressions.parse(expression), answer, names))


def _figure(score: dict[str, Any], answer: Any) -> Any:
    """The first value whose rule holds for what the expression comes to; without rules that itself."""
    came = expressions.evaluate(expressions.parse(score["expression"]), answer, {})
    holds = (one["value"] for one in score["values"] if _true(one["when"], answer, {score["key"]: came}))
    return next(holds, None if score["values"] else came)


def reasons(content: Content, answers: Answers, outcome: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions whose answers made this outcome so."""
    named = {condition["question"] for condition in outcome.get("when", [])}
    return [question for question in questions(content) if question["id"] in named]


def clean(question: dict[str, Any], value: Any) -> Any:
    """The answer as it is kept; ValueError, with the question, when it is none to it."""
    kind, values = question["kind"], [option["value"] for option in question.get("options", [])]
    if kind == "multiple":
        chosen = value if isinstance(value, list) else [value] if value else []
        if not set(chosen) <= set(values):
            raise ValueError(question["id"])
        return chosen
    if kind == "confirm":
        return value in (True, "true", "on")
    text = "" if value is None else str(value).strip()
    if text and not _is_answer(kind, text, values):
        raise ValueError(question["id"])
    return text


def _is_answer(kind: str, text: str, values: list[str]) -> bool:
    try:
        match kind:
            case "choice":
                return text in values
            case "number":
                return math.isfinite(float(text.replace(",", ".")))
            case "date":
                return bool(date.fromisoformat(text))
    except ValueError:
        return False
    return len(text) <= LONGEST
