# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instruments in the form of the hub (`instrument.schema.json`), held to the rules of our own."""

from __future__ import annotations

from typing import Any

from knooppunt.catalogue.contentfile import Document
from knooppunt.toolkit.questionsets.model import Dependency, Option, Question, QuestionSet
from knooppunt.toolkit.questionsets.source import Source


def recognises(data: Any) -> bool:
    return isinstance(data, dict) and "sections" in data and "instrument" in data


def read(source: Source) -> QuestionSet:
    """Every question with options and conditions; ContentError when it breaks the rules of our own."""
    # Not at the top: the check of our own instruments looks for cycles with the model of this package.
    from knooppunt.toolkit.answering import conditions, questions
    from knooppunt.toolkit.instrumentcheck import check_instrument

    document = Document(source.data, {keys: (source.file, line) for keys, line in source.lines.items()})
    check_instrument(document)
    data = source.data
    found = QuestionSet(source.file, data["instrument"], data["version"], document=data)
    for question in questions(data):
        made = Question(question["id"], next(iter(question["text"].values())), question["kind"])
        made.options = [Option(o["value"], o["value"]) for o in question.get("options", [])]
        made.dependencies = [Dependency("show", c["question"]) for c in conditions(question)]
        found.items.append(made)
    return found
