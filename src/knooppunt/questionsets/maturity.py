# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maturity models as JSON: dimensions, activities, and questions with answers or a statement per level."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knooppunt.questionsets.model import Dependency, Option, Question, QuestionSet, said
from knooppunt.questionsets.source import Source

ABOUT = frozenset(
    ("title", "description", "owner", "organisation", "public", "readOnly", "levels", "dimensions")
)
QUESTION = frozenset(("text", "notes", "statements", "answers", "associatedLevel", "dependency_id", "id"))


def recognises(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("dimensions"), list)


def read(source: Source) -> QuestionSet:
    """Questions are numbered from 1 in the order of the file: that is what `dependency_id` points to."""
    data = source.data
    found = QuestionSet(source.file, said(data.get("title")), about=said(data.get("description")))
    for key in data:
        if key not in ABOUT:
            found.skip(key, _("A rule or remark that is not read."))
    for i, dimension in enumerate(data["dimensions"]):
        activities = dimension.get("activities") if isinstance(dimension, dict) else None
        if not isinstance(activities, list):
            found.skip(f"dimensions/{i}", _("A dimension needs a list of activities."))
            continue
        group = f"dimension {i + 1}"
        found.items.append(Question(group, str(dimension.get("name") or group), "group"))
        for j, activity in enumerate(activities):
            questions = activity.get("questions") if isinstance(activity, dict) else None
            if not isinstance(questions, list):
                found.skip(f"dimensions/{i}/activities/{j}", _("An activity needs a list of questions."))
                continue
            for k, question in enumerate(questions):
                made = _question(found, question, f"dimensions/{i}/activities/{j}/questions/{k}")
                if made is not None:
                    made.parent, made.part = group, str(activity.get("title") or "")
    return found


def _question(found: QuestionSet, question: Any, path: str) -> Question | None:
    if not isinstance(question, dict) or "text" not in question:
        found.skip(path, _("A question needs a 'text'."))
        return None
    for key in question:
        if key not in QUESTION:
            found.skip(f"{path}/{key}", _("A rule or remark that is not read."))
    number = str(question.get("id") or len(found.questions) + 1)
    made = Question(number, said(question["text"]), "choice", help=said(question.get("notes")))
    key = "answers" if "answers" in question else "statements"
    for i, answer in enumerate(question.get(key) or []):
        if not isinstance(answer, dict) or "text" not in answer:
            found.skip(f"{path}/{key}/{i}", _("An option needs a 'text'."))
            continue
        score = answer.get("score", answer.get("associatedLevel"))
        advice = tuple(str(a["notes"]) for a in answer.get("improvements") or [] if "notes" in a)
        made.options.append(Option(i + 1, said(answer["text"]), score, advice, answer.get("positive")))
    if not made.options:
        made.kind = "open"
    if question.get("dependency_id") not in (None, ""):
        made.dependencies.append(Dependency("show", str(question["dependency_id"]), "positive"))
    found.items.append(made)
    return made
