# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two versions of a practice beside each other: which fields differ, and which words in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise

from knooppunt.practices import reading

WORDS = re.compile(r"\s+|[^\s]+")
# Beyond this many words a field is shown as old and new whole: the comparison would take too long.
MOST_WORDS = 4_000


@dataclass(frozen=True)
class Part:
    """A stretch of text: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that differs."""

    label: Promise | str
    parts: tuple[Part, ...]


def word_difference(old: str, new: str) -> tuple[Part, ...]:
    """The words that went and came.

    Joined, `same` and `removed` give the old text; `same` and `added` the new one.
    """
    before, after = WORDS.findall(old), WORDS.findall(new)
    if max(len(before), len(after)) > 2 * MOST_WORDS:
        return tuple(part for part in (Part("removed", old), Part("added", new)) if part.text)
    parts: list[Part] = []
    went, came = "", ""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[i1:i2]), "".join(after[j1:j2])
        # A space that two changes share is no text that stayed: changes read as one, not word by word.
        if tag == "equal" and (removed.strip() or not (went or came)):
            parts += _changes(went, came)
            went, came = "", ""
            parts.append(Part("same", removed))
        else:
            went, came = went + removed, came + added
    return (*parts, *_changes(went, came))


def _changes(went: str, came: str) -> list[Part]:
    return [part for part in (Part("removed", went), Part("added", came)) if part.text]


def compare(old: dict[str, Any], new: dict[str, Any], language: str) -> list[Difference]:
    """The fields that differ in a language, in the order of the template."""
    before, after = as_lines(old, language), as_lines(new, language)
    return [
        Difference(label, word_difference(before.get(field, ""), after.get(field, "")))
        for field, label in reading.LABELS.items()
        if before.get(field, "") != after.get(field, "")
    ]


def as_lines(content: dict[str, Any], language: str) -> dict[str, str]:
    """Each field of the template as a text, lists a line per item."""

    def text(value: dict[str, str] | None) -> str:
        return (value or {}).get(language, "")

    named = content.get("organisations", {})
    lines = {field: text(content.get(field)) for field in ("title", "summary", *reading.TEXTS)}
    starter = content.get("starter", {})
    return lines | {
        "challenges": "\n".join(content.get("challenges", [])),
        "organisations": "\n".join(
            filter(None, [*named.get("lead", []), *named.get("partners", []), text(named.get("others"))])
        ),
        "stage": str(reading.STAGES[content.get("stage", "not_reported")]),
        "place": content.get("place", {}).get("name", ""),
        "data": "\n".join(_data_line(item, text) for item in content.get("data", [])),
        "starter": "\n".join(
            filter(None, [str(reading.FITS[starter["fit"]]) if starter else "", text(starter.get("why"))])
        ),
        "reuse": "\n".join(
            f"{text(item['by'])}, {item['when']}: {text(item['how'])}" for item in content.get("reuse", [])
        ),
    }


def _data_line(item: dict[str, Any], text: Any) -> str:
    origins = ", ".join(str(reading.ORIGINS[origin]) for origin in item["origin"])
    holders = ", ".join(filter(None, [*item.get("holders", []), text(item.get("others"))]))
    return " ".join(filter(None, [f"{text(item['name'])} ({origins})", holders, text(item.get("note"))]))
