# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files in the family of the Dutch task registry: instruments (lists of tasks), measures, requirements."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knooppunt.questionsets.model import Question, QuestionSet
from knooppunt.questionsets.source import Source

# An answer in words goes before a document that may come with it.
KINDS = {
    "open_question": "open",
    "statement": "confirm",
    "sign_task": "sign",
    "upload_document": "file",
}
ABOUT = frozenset(
    (
        *("systemcard_path", "schema_version", "name", "description", "explanation", "urn", "language"),
        *("owners", "date", "url", "template", "tasks", "links", "subject", "suggested_roles", "lifecycle"),
        *("ai_act_profile", "always_applicable"),
    )
)
TASK = frozenset(
    (
        *("question", "urn", "labels", "type", "suggested_roles", "lifecycle", "links", "template"),
        *("signature", "expiration_date"),
    )
)


def recognises(data: Any) -> bool:
    return isinstance(data, dict) and "urn" in data and "systemcard_path" in data


def read(source: Source) -> QuestionSet:
    """The tasks of an instrument; a measure or requirement is one question: is it met?"""
    data = source.data
    found = QuestionSet(source.file, str(data.get("name", "")))
    found.language = str(data.get("language") or "")[:2].lower()
    found.about = str(data.get("description") or "").strip()
    for key in data:
        if key not in ABOUT:
            found.skip(key, _("A rule or remark that is not read."))
    if "tasks" not in data:
        text, urn = str(data.get("name") or data["urn"]).strip(), str(data["urn"])
        help_text = str(data.get("explanation") or data.get("description") or "").strip()
        found.part_of_many = True
        found.items.append(Question(urn, text, "confirm", source.line("name"), help_text))
        return found
    tasks = data["tasks"] if isinstance(data["tasks"], list) else []
    if not isinstance(data["tasks"], list):
        found.skip("tasks", _("This is not a list of tasks."))
    for i, task in enumerate(tasks):
        _task(found, source, task, i)
    return found


def _task(found: QuestionSet, source: Source, task: Any, i: int) -> None:
    if not isinstance(task, dict) or "question" not in task:
        found.skip(f"tasks/{i}", _("A task needs a 'question'."))
        return
    for key in task:
        if key not in TASK:
            found.skip(f"tasks/{i}/{key}", _("A rule or remark that is not read."))
    types = task.get("type") or ["open_question"]
    types = types if isinstance(types, list) else [types]
    for name in types:
        if name not in KINDS:
            message = _("The type '%(name)s' is not known.") % {"name": name}
            found.skip(f"tasks/{i}/type", message)
    kind = next((kind for name, kind in KINDS.items() if name in types), "")
    if kind:
        urn = str(task.get("urn") or f"{source.data['urn']}:{i + 1}")
        text, line = str(task["question"]).strip(), source.line("tasks", i)
        found.items.append(Question(urn, text, kind, line, part=_topic(task.get("labels"))))


def _topic(labels: Any) -> str:
    """What a question is about, by its label with the key 'topic'."""
    labels = labels if isinstance(labels, list) else []
    topics = (label for label in labels if isinstance(label, dict) and label.get("key") == "topic")
    return str(next(topics, {}).get("value") or "").strip()
