# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Likeness by letters: what a question and a text share where no dictionary helps.

Runs of five letters find parts of compounds that no list knows, names spelt differently and misspelt
words. They are weighed within the candidates at hand, so no index of letter runs is needed.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

RUN = 5
K1 = 1.2
B = 0.75
MOST_RUNS = 160
"""Runs of a question that are compared, the first ones: a long question has more than it needs."""


def runs(word: str) -> tuple[str, ...]:
    """The distinct runs of `RUN` letters of a word between spaces; the whole of a short one."""
    padded = f" {word} "
    return tuple(dict.fromkeys(padded[i : i + RUN] for i in range(max(1, len(padded) - RUN + 1))))


def likeness(words: Iterable[str], texts: Sequence[str]) -> list[float]:
    """For each text (words with a space before and behind each) how many of the words' runs it holds.

    A run counts once, by its rarity among these texts and less in a longer text.
    """
    mean = sum(map(len, texts)) / len(texts) if texts else 1.0
    shares = [(K1 + 1) / (1 + K1 * (1 - B + B * len(text) / (mean or 1.0))) for text in texts]
    scores = [0.0] * len(texts)
    asked = dict.fromkeys(run for word in words for run in runs(word))
    for run in list(asked)[:MOST_RUNS]:
        held = [i for i, text in enumerate(texts) if run in text]
        rarity = math.log(1 + (len(texts) - len(held) + 0.5) / (len(held) + 0.5))
        for i in held:
            scores[i] += rarity * shares[i]
    return scores


def alike(word: str, text: str) -> str | None:
    """The first word of a text (words with a space before and behind each) that shares at least half of the
    runs of `word`; None without one.

    The runs are looked for in the whole text at once: the work grows with what is found, not with its words.
    """
    wanted = runs(word)
    shared = Counter(start for run in wanted for start in _holders(run, text))
    enough = [start for start, times in shared.items() if 2 * times >= len(wanted) > 1]
    if not enough:
        return None
    first = min(enough)
    return text[first + 1 : text.index(" ", first + 1)]


def _holders(run: str, text: str) -> set[int]:
    """Where the words that hold a run start: the place of the space before each."""
    found, at = set(), text.find(run)
    while at >= 0:
        found.add(text.rindex(" ", 0, at + 1))
        at = text.find(run, at + 1)
    return found
