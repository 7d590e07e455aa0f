# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an instrument asks and concludes, given the answers so far. Pure: knows no database."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

Content = dict[str, Any]
Answers = dict[str, Any]


def questions(content: Content) -> Iterator[dict[str, Any]]:
    for section in content["sections"]:
        yield from section["questions"]


def visible(content: Content, answers: Answers) -> set[str]:
    """The questions that are asked: an answer to a question that is not asked opens nothing."""
    asked: set[str] = set()
    waiting = list(questions(content))
    while True:
        opened = [q for q in waiting if "show_when" not in q or _holds(q["show_when"], answers, asked)]
        if not opened:
            return asked
        asked |= {question["id"] for question in opened}
        waiting = [question for question in waiting if question["id"] not in asked]


def _holds(condition: dict[str, Any], answers: Answers, asked: set[str]) -> bool:
    given = answers.get(condition["question"]) if condition["question"] in asked else None
    return bool(set(condition["any"]) & set(given if isinstance(given, list) else [given]))


def progress(content: Content, answers: Answers) -> tuple[int, int]:
    """How many of the questions that are asked have an answer, and how many are asked."""
    asked = visible(content, answers)
    return sum(1 for key in asked if answers.get(key) not in (None, "", [])), len(asked)


def score(content: Content, answers: Answers) -> float:
    """The scores of all options that were chosen on questions that are asked, added up."""
    asked = visible(content, answers)
    total = 0.0
    for question in questions(content):
        given = answers.get(question["id"]) if question["id"] in asked else None
        chosen = given if isinstance(given, list) else [given]
        total += sum(o.get("score", 0) for o in question.get("options", []) if o["value"] in chosen)
    return total


def outcomes(content: Content, answers: Answers) -> list[dict[str, Any]]:
    """What follows, each with the conditions that made it so; nothing before there is an answer."""
    asked, total = visible(content, answers), score(content, answers)
    if progress(content, answers)[0] == 0:
        return []
    return [
        outcome
        for outcome in content["outcomes"]
        if all(_holds(condition, answers, asked) for condition in outcome.get("when", []))
        and outcome.get("score_from", -math.inf) <= total < outcome.get("score_below", math.inf)
    ]


def reasons(content: Content, answers: Answers, outcome: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions whose answers made this outcome so."""
    named = {condition["question"] for condition in outcome.get("when", [])}
    return [question for question in questions(content) if question["id"] in named]


def clean(question: dict[str, Any], value: Any) -> Any:
    """The answer as it is kept; ValueError when it is none to this question."""
    kind, values = question["kind"], [option["value"] for option in question.get("options", [])]
    if kind == "multiple":
        chosen = list(value or [])
        if not set(chosen) <= set(values):
            raise ValueError(question["id"])
        return chosen
    text = "" if value is None else str(value).strip()
    if not text:
        return ""
    if kind == "choice" and text not in values:
        raise ValueError(question["id"])
    if kind == "number" and not math.isfinite(float(text.replace(",", "."))):
        raise ValueError(question["id"])
    if kind == "date":
        date.fromisoformat(text)
    return text
