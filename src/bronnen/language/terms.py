# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""What a question looks like once it is analysed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """Keys (stems) that a text in `lang` must hold *all* of to answer to a word of the question.

    `route` says how the form was reached: `word` (the word itself or an inflection), `part` (the
    parts of a compound), `synonym`, `translation` (our glossary) or `cognate` (a spelling rule).
    `weight` (0 to 1) says how much a match by it counts; `text` is the form as people write it; `source`
    is the phrase of the question that it stands for, "" when that is the word itself.
    """

    keys: tuple[str, ...]
    lang: str
    route: str
    weight: float
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word of the question: folded, with source offsets, the times it was asked, and its forms."""

    word: str
    start: int
    end: int
    count: int
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """An analysed question: the language its words tell (None when they do not) and its terms in order."""

    text: str
    lang: str | None
    terms: tuple[QueryTerm, ...]
