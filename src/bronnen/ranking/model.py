# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""What the ranking reads and what it returns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from bronnen.language import Token

Id = TypeVar("Id")
FieldKey = tuple[str, str]
"""Name of a field and the language of its text: `("title", "nl")`."""


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """An analysed field as three strings, so that looking for a word is one search in a string.

    `words` and `stems` hold folded words and their keys in order, a space before, between and behind;
    `parts` holds `key@position` for the words inside compounds, likewise. Make one with `of`.
    """

    words: str
    stems: str
    parts: str

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> "FieldTerms":
        """The terms of an analysed text."""
        kept = list(tokens)
        parts = (f"{part}@{position}" for position, token in enumerate(kept) for part in token.parts)
        return cls(
            _spaced(token.word for token in kept), _spaced(token.stem for token in kept), _spaced(parts)
        )

    @property
    def length(self) -> int:
        """Number of words."""
        return self.stems.count(" ") - 1


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


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
    """The numbers in the formula of `rank`. The defaults were chosen on one half of the test questions."""

    fields: Mapping[str, float] = field(default_factory=lambda: {"title": 3.0, "summary": 1.5, "text": 1.0})
    """Weight of a match by field; 1 for a field that is not named."""
    k1: float = 1.6
    """How slowly repeated matches stop counting."""
    b: Mapping[str, float] = field(default_factory=lambda: {"title": 0.5, "summary": 0.75})
    """How much longer fields are held back, 0 to 1; `usual_b` for a field that is not named."""
    usual_b: float = 0.9
    shortest: float = 0.25
    """Fields shorter than this share of the usual length gain no more by it."""
    part: float = 0.5
    """What a match inside a compound counts, against a match with a word."""
    exact: float = 0.1
    """Extra for a word that stands exactly as it was asked."""
    nearness: float = 0.5
    """What a pair of neighbouring words earns where they stand near each other."""
    window: int = 2
    """How many places apart is near."""
    likeness: float = 0.2
    """Weight of shared runs of letters in a field of the question's own language."""
    foreign_likeness: float = 0.05
    """The same in a field of the other language, where only names and cognates look alike."""


@dataclass(frozen=True, slots=True)
class Match:
    """One reason: the word (or phrase) asked, what was found, how they are related, and in which field.

    `route` is `exact`, `stem` (an inflection), `part` (inside a compound), `split` (a compound whose
    parts stand apart), `synonym`, `translation`, `cognate` or `likeness` (shared letters only).
    """

    asked: str
    found: str
    route: str
    field: str
    lang: str
    count: int
    share: float
    """The part of the score that this word of the question brought, over all fields (0 to 1)."""


@dataclass(frozen=True)
class Ranked(Generic[Id]):
    """A candidate with its score, the share of the question (by worth) it covers, and why.

    The reasons are worked out when they are first asked for: of 200 candidates a page shows twenty.
    """

    id: Id
    score: float
    coverage: float
    missing: tuple[str, ...]
    explain: Callable[[], tuple[Match, ...]] = field(repr=False, compare=False)

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The strongest reason per word of the question and field, weightiest words first."""
        return self.explain()
