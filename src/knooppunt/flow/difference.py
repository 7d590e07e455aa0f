# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two versions of a text beside each other: which fields differ, and which words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise

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


def differences(
    before: Mapping[str, str], after: Mapping[str, str], labels: Iterable[tuple[str, Promise | str]]
) -> list[Difference]:
    """The fields that differ, each as a text, in the order of their labels (field, label)."""
    return [
        Difference(label, word_difference(before.get(name, ""), after.get(name, "")))
        for name, label in labels
        if before.get(name, "") != after.get(name, "")
    ]
