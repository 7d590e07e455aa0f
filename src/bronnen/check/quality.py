# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Descriptions that say nothing or are hard to read, and dates in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bronnen.check.datatypes import is_date
from bronnen.check.model import Message, Rule, Severity
from bronnen.check.names import long
from bronnen.check.tables import table
from bronnen.records import Dataset, Literal, Thing, Value, Values, text
from bronnen.vocabulary import DCAT

_SHORT: Final = 8
_LEAST_WORDS: Final = 25
#: Readability index of Björnsson (1968): words per sentence + per cent of words of more than six letters.
_HARD: Final = 65.0
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?:;](?:\s|$)|\n")


@cache
def rules() -> dict[str, Rule]:
    """The rules of the table by the end of their id."""
    return {
        row["rule"].removeprefix("quality."): Rule(
            row["rule"], "quality", long(row["class"]), long(row["path"]), row.get("constraint", "quality"),
            Severity(row["severity"]), Message(row["nl"], row["en"]),
        )
        for row in table("quality")["rules"]
    }  # fmt: skip


def of_dataset(dataset: Dataset) -> Iterator[Rule]:
    """What a reader of the dataset's description would want better."""
    if dataset.description:
        name = _of_text(text(dataset.description) or "", text(dataset.title) or "")
        if name:
            yield rules()[f"Dataset.description.{name}"]
    issued, modified = _day(dataset.issued), _day(dataset.modified)
    if issued and modified and modified[:10] < issued[:10]:
        yield rules()["Dataset.modified.order"]
    if any(_is_reversed(period) for period in dataset.temporal):
        yield rules()["Dataset.temporal.order"]


def _of_text(description: str, title: str) -> str:
    if _letters(description) == _letters(title):
        return "title"
    if len(_WORD.findall(description)) < _SHORT:
        return "short"
    return "hard" if readability(description) > _HARD else ""


def readability(description: str) -> float:
    """The index of a text; 0 for one of too few words to judge."""
    words = _WORD.findall(description)
    if len(words) < _LEAST_WORDS:
        return 0.0
    sentences = max(len(_SENTENCE.findall(description)), 1)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def _letters(value: str) -> str:
    return "".join(_WORD.findall(value)).lower()


def _day(values: Values) -> str:
    """The only date among values, when there is one that exists."""
    return (
        values[0].value.strip()
        if len(values) == 1 and isinstance(values[0], Literal) and is_date(values[0])
        else ""
    )


def _is_reversed(period: Value) -> bool:
    if not isinstance(period, Thing):
        return False
    start, end = (_day(period.other.get(DCAT + name, ())) for name in ("startDate", "endDate"))
    return bool(start and end) and end[: len(start)] < start[: len(end)]
