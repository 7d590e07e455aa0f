# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Likeness by letters: what a question and a text share where no dictionary helps.

Runs of five letters find parts of compounds that no list knows, names spelt differently and misspelt
words. They are weighed by BM25 within the candidates at hand, so no index of letter runs is needed.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from bronnen.ranking.evidence import Joined

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
    """For each text (words with a space before and behind each) the BM25 score of the words' runs."""
    scores = [0.0] * len(texts)
    lengths = [len(text) for text in texts]
    mean = sum(lengths) / len(texts) if texts else 1.0
    norms = [K1 * (1 - B + B * length / (mean or 1.0)) for length in lengths]
    joined = Joined(texts)
    asked = dict.fromkeys(run for word in words for run in runs(word))
    for run in list(asked)[:MOST_RUNS]:
        counts = Counter(number for number, _ in joined.places(run))
        rarity = math.log(1 + (len(texts) - len(counts) + 0.5) / (len(counts) + 0.5))
        for i, count in counts.items():
            scores[i] += rarity * count * (K1 + 1) / (count + norms[i])
    return scores


def alike(word: str, others: Iterable[str]) -> str | None:
    """The first of the other words that shares at least half of the runs of `word`; None without one."""
    wanted = runs(word)
    for other in others:
        padded = f" {other} "
        if 2 * sum(run in padded for run in wanted) >= len(wanted) > 1:
            return other
    return None
