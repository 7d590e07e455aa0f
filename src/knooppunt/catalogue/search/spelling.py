# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Help with misspelt words, from the words of the index itself."""

from collections.abc import Callable
from functools import lru_cache

LONGEST = 32
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def distance(first: str, second: str, most: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two words; `most` + 1 for more than that.

    Optimal string alignment, row by row, given up once a whole row is beyond `most`.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def signature(word: str) -> int:
    """The set of letters of a word as bits: one edit changes at most two of them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - 97 if letter in _LETTERS else 26)
    return bits


def tolerance(word: str) -> int:
    """Edits that a word of this length may differ: none under four letters, two from eight."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


class Vocabulary:
    """The words of an index by first letter, read when they are first needed.

    `read(prefix)` gives (word, number of cards) for the words that start with `prefix`.
    """

    def __init__(self, read: Callable[[str], list[tuple[str, int]]]) -> None:
        self._read = read
        self._shelf = lru_cache(maxsize=64)(self._load)

    def _load(self, letter: str) -> list[tuple[str, int, int]]:
        return [(word, cards, signature(word)) for word, cards in self._read(letter)]

    def correct(self, word: str) -> str | None:
        """The nearest word of the index, the most used one of equals; None when none is near.

        A wrong first letter is only mended when the first two are swapped or the first is one too many.
        """
        most = tolerance(word)
        if not most or len(word) > LONGEST:
            return None
        bits = signature(word)
        best: tuple[int, int, str] | None = None
        for letter in dict.fromkeys(word[:2]):
            for other, cards, other_bits in self._shelf(letter):
                if other == word or (bits ^ other_bits).bit_count() > 2 * most:
                    continue
                edits = distance(word, other, most)
                if edits <= most and (best is None or (edits, -cards, other) < best):
                    best = (edits, -cards, other)
        return best[2] if best else None
