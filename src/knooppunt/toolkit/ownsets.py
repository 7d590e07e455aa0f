# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instruments in the form of the hub (`instrument.schema.json`), held to the rules of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knooppunt import questionsets
from knooppunt.catalogue.contentfile import Document
from knooppunt.questionsets.importing import Family
from knooppunt.questionsets.model import Dependency, Option, Outcome, Question, QuestionSet
from knooppunt.questionsets.source import Source
from knooppunt.toolkit.answering import conditions, questions
from knooppunt.toolkit.instrumentcheck import check_instrument


def recognises(data: Any) -> bool:
    return isinstance(data, dict) and "sections" in data and "instrument" in data


def read(source: Source) -> QuestionSet:
    """Every question with options and conditions; ContentError when it breaks the rules of our own."""
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


def read_sets(path: Path) -> Outcome:
    """Every question set in a file or folder, of others and our own."""
    return questionsets.read_sets(path, (Family(recognises, read),))
