# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Dutch compounds: which words a long word is made of.

The parts are *added* beside the whole word, so a wrong split can add a weak match but never lose a
strong one. A split is accepted when every part is a word and the parts, with a linking *s*, *e*, *en*,
*er* or *n* between them, cover the whole word. A word is what stands in our checked list
(`compound_parts_nl.txt`), or has at least five letters and is in the dictionary. Suffixes, particles
and pieces of words (`compound_never_nl.txt`) are no parts; `compound_whole_nl.txt` names words that
only look like compounds (*bestuur* is not *best* + *uur*).
"""

from functools import lru_cache

from bronnen.language import lexicon
from bronnen.language.dictionary import known

LINKS = ("", "s", "en", "e", "er", "n")
MIN_LENGTH = 7
MIN_PART = 5


def _part(word: str) -> bool:
    if word in lexicon.words("compound_parts_nl.txt"):
        return True
    never = lexicon.words("compound_never_nl.txt")
    return len(word) >= MIN_PART and word not in never and known(word, "nl")


@lru_cache(maxsize=262_144)
def segments(word: str) -> tuple[str, ...]:
    """The parts of a folded Dutch compound in order, without linking letters; () for any other word.

    Of all splits the one with the fewest parts wins, then the one whose shortest part is longest.

    >>> segments("gegevensbescherming")
    ('gegevens', 'bescherming')
    """
    if len(word) < MIN_LENGTH or not word.isalpha() or word in lexicon.words("compound_whole_nl.txt"):
        return ()
    best = _best(word, 4)
    return best if len(best) > 1 else ()


@lru_cache(maxsize=262_144)
def _best(word: str, most: int) -> tuple[str, ...]:
    """The best cover of `word` by at most `most` parts, the whole word excluded when `most` is 4."""
    options: list[tuple[str, ...]] = []
    if most < 4 and _part(word):
        options.append((word,))
    if most > 1:
        for cut in range(3, len(word) - 2):
            if not _part(word[:cut]):
                continue
            for rest in _rests(word, cut):
                if tail := _best(rest, most - 1):
                    options.append((word[:cut], *tail))
    return min(options, key=_cost, default=())


def _rests(word: str, cut: int) -> list[str]:
    """What may follow a first part of `cut` letters, once a linking element is taken off."""
    tail = word[cut:]
    return [tail[len(link) :] for link in LINKS if tail.startswith(link) and len(tail) - len(link) >= 3]


def _cost(parts: tuple[str, ...]) -> tuple[int, int]:
    return len(parts), -min(len(part) for part in parts)
