# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The plain baseline: BM25 over lower-cased words, nothing else."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

K1 = 1.2
B = 0.75
_WORD = re.compile(r"\w+")


class BM25:
    """Okapi BM25 (Robertson and others, TREC-3) with `K1` and `B`, and the positive idf of Lucene."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths = []
        for number, text in enumerate(texts):
            words = _WORD.findall(text.lower())
            self._lengths.append(len(words))
            for word, count in Counter(words).items():
                self._postings[word].append((number, count))
        self._mean = sum(self._lengths) / len(self._lengths) or 1.0

    def order(self, question: str) -> list[int]:
        """Numbers of the texts that share a word with the question, best first; ties in file order."""
        scores = self.scores(question)
        return sorted(scores, key=lambda number: (-scores[number], number))

    def scores(self, question: str) -> dict[int, float]:
        """The score of every text that shares a word with the question."""
        scores: dict[int, float] = defaultdict(float)
        size = len(self._lengths)
        for word in _WORD.findall(question.lower()):
            postings = self._postings.get(word, [])
            rarity = math.log(1 + (size - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, count in postings:
                norm = K1 * (1 - B + B * self._lengths[number] / self._mean)
                scores[number] += rarity * count * (K1 + 1) / (count + norm)
        return scores
