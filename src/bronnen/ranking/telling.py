# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""What a whole description is about: the words of it that tell most in this collection."""

from dataclasses import replace

from bronnen.language import Query
from bronnen.ranking.model import Settings, Statistics
from bronnen.ranking.score import worth

MOST_WORDS = 8
FOR_WHOLE = Settings(nearness=0.0)
"""The ranking of a gist: its words were not written side by side, so nearness says nothing."""


LONG_QUESTION = 8


def is_long(question: str) -> bool:
    """Whether a question has so many words that its most telling ones ask as well as all, and sooner."""
    return len(question.split()) > LONG_QUESTION


def gist(query: Query, statistics: Statistics, most: int = MOST_WORDS, *, member: bool = False) -> Query:
    """The query with at most `most` words: those worth most, in the order in which they were written.

    A description asks with every word it has, and most of them are wrapping. A word that no document holds
    can find nothing, so it is left out; of a description that is a `member` of the collection also a word
    that no other document holds. A word that is said often counts more (`worth`). Of equal words the first
    stay.
    """
    least = 2 if member else 1
    held = [
        (worth(term, statistics), number)
        for number, term in enumerate(query.terms)
        if any(all(statistics.frequency(form.lang, key) >= least for key in form.keys) for form in term.forms)
    ]
    kept = sorted(number for _, number in sorted(held, key=lambda item: (-item[0], item[1]))[:most])
    return replace(query, terms=tuple(query.terms[number] for number in kept))
