# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The analyser: text in, words with keys, compound parts and source offsets out."""

from functools import lru_cache
from typing import NamedTuple

from bronnen.language import lexicon
from bronnen.language.markup import plain
from bronnen.language.morphology import parts, stem
from bronnen.language.tokens import spans


class Token(NamedTuple):
    """One word of a text. `text[start:end]` is its source form, `word` is folded, `stem` is its key
    and `parts` are the keys of the words that it is composed of (none for a simple word)."""

    word: str
    stem: str
    parts: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=262_144)
def keys(word: str, lang: str) -> tuple[str, tuple[str, ...]]:
    """Stem and part stems of a folded word."""
    return stem(word, lang), parts(word, lang)


def _is_acronym(source: str, word: str, lang: str) -> bool:
    """Whether capitals tell a name from a function word: *OM* from *om*, *ALS* from *als*."""
    return len(source) > 1 and source.isupper() and word in lexicon.words(f"stop_{lang}.txt")


def analyse(text: str, lang: str) -> list[Token]:
    """The tokens of `text`, read as `lang` ("nl" or "en"), markup left out.

    Words joined by a hyphen are tokens of their own; the joined form is an extra part of the first,
    so that *e-mail* meets *email*. A function word written in capitals is a name, with a key in capitals.
    """
    clean = plain(text)
    mixed = not clean.isupper()
    tokens: list[Token] = []
    previous_end = -2
    for word, start, end in spans(clean):
        found, found_parts = keys(word, lang)
        if mixed and _is_acronym(clean[start:end], word, lang):
            found = word.upper()
        if start == previous_end + 1 and clean[previous_end] == "-" and tokens:
            before = tokens[-1]
            tokens[-1] = before._replace(parts=(*before.parts, stem(before.word + word, lang)))
        tokens.append(Token(word, found, found_parts, start, end))
        previous_end = end
    return tokens
