# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""What the ranking reads and what it returns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Id = TypeVar("Id")
FieldKey = tuple[str, str]
"""Name of a field and the language of its text: `("title", "nl")`."""


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """An analysed field: folded words and stems by position, and `(part, position)` for compounds."""

    words: Sequence[str]
    stems: Sequence[str]
    parts: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Id]):
    """Something that may answer the question: its fields, in one or more languages."""

    id: Id
    fields: Mapping[FieldKey, FieldTerms]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the whole collection says: its size, in how many documents a key stands, usual field lengths.

    `frequency(lang, key)` counts documents that hold the key as a word or as a part of one;
    `lengths` gives the mean number of words of each field.
    """

    documents: int
    frequency: Callable[[str, str], int]
    lengths: Mapping[FieldKey, float]


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of the formula in `rank`; the defaults were chosen on one half of the test questions."""

    fields: Mapping[str, float] = field(default_factory=lambda: {"title": 3.0, "summary": 1.5, "text": 1.0})
    k1: float = 1.2
    b: float = 0.75
    part: float = 0.5
    """How much a match inside a compound counts, against a match with a word."""
    exact: float = 0.1
    """Extra for a word that stands exactly as it was asked."""
    coverage: float = 0.5
    proximity: float = 0.5
    window: int = 4


@dataclass(frozen=True, slots=True)
class Match:
    """One reason: the word asked, the word or words found, how they are related, and in which field."""

    asked: str
    found: str
    route: str
    field: str
    lang: str
    count: int
    share: float
    """The part of the score that this word of the question brought, over all fields (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Id]):
    """A candidate with its score, the share of the question (by weight) it covers, and why."""

    id: Id
    score: float
    coverage: float
    matches: tuple[Match, ...]
    missing: tuple[str, ...]
