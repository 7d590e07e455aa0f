# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Synthesised cards and questions: the same on every machine, words drawn by Zipf's law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

WORDS = 20_000
KINDS = ("practice", "question", "dataset", "algorithm", "document", "action")
THEMES = tuple(f"theme-{i}" for i in range(12))
ORGANISATIONS = tuple(f"organisation-{i}" for i in range(400))
START = datetime(2020, 1, 1, tzinfo=UTC)
TITLE, SUMMARY, TEXT = 6, 20, 60
FIRST_WORD = 12
"""Rank of the most frequent content word: the words before it stand for function words."""


@dataclass(frozen=True, slots=True)
class Card:
    """A synthesised card: a Dutch text, and an English one for every second card."""

    number: int
    kind: str
    theme: str
    organisations: tuple[str, ...]
    updated: datetime
    nl: tuple[str, str, str]
    en: tuple[str, str, str] | None


class Vocabulary:
    """Dictionary words of one language in a fixed random order, drawn by 1 / rank."""

    def __init__(self, lang: str, seed: int) -> None:
        entries = DefaultDictionaryFactory().get_dictionary(lang)
        lemmas = sorted({word for word in entries.values() if word.isascii() and word.isalpha()})
        lemmas = [word for word in lemmas if 4 <= len(word) <= 16 and word.islower()]
        self.words = Random(seed).sample(lemmas, WORDS)
        self._weights = list(accumulate(1 / (rank + FIRST_WORD) for rank in range(WORDS)))

    def text(self, draw: Random, size: int) -> str:
        """`size` words."""
        return " ".join(draw.choices(self.words, cum_weights=self._weights, k=size))


def cards(size: int) -> Iterator[Card]:
    """`size` cards; a longer run starts with the cards of a shorter one."""
    dutch, english = Vocabulary("nl", 1), Vocabulary("en", 2)
    draw = Random(3)
    for number in range(size):
        yield Card(
            number,
            draw.choice(KINDS),
            draw.choice(THEMES),
            tuple(draw.sample(ORGANISATIONS, draw.randint(1, 3))),
            START + timedelta(minutes=number),
            (dutch.text(draw, TITLE), dutch.text(draw, SUMMARY), dutch.text(draw, TEXT)),
            (english.text(draw, TITLE), english.text(draw, SUMMARY), english.text(draw, TEXT))
            if number % 2
            else None,
        )


def questions() -> dict[str, list[str]]:
    """Questions by sort: a rare word, a common word, two words, and no word at all (browsing)."""
    words = Vocabulary("nl", 1).words
    return {
        "rare": words[3_000:3_040],
        "common": words[:40],
        "two": [f"{words[i]} {words[300 + i]}" for i in range(40)],
        "none": [""] * 40,
    }
