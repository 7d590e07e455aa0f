# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The analyser: text in, words with keys, compound parts and source offsets out."""

from dataclasses import dataclass
from functools import lru_cache

from bronnen.language import lexicon
from bronnen.language.markup import plain
from bronnen.language.morphology import parts, stem
from bronnen.language.tokens import spans


@dataclass(frozen=True, slots=True)
class Token:
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
    for span in spans(clean):
        found, found_parts = keys(span.word, lang)
        if mixed and _is_acronym(clean[span.start : span.end], span.word, lang):
            found = span.word.upper()
        if span.start == previous_end + 1 and clean[previous_end] == "-" and tokens:
            before = tokens[-1]
            joined = stem(before.word + span.word, lang)
            tokens[-1] = Token(before.word, before.stem, (*before.parts, joined), before.start, before.end)
        tokens.append(Token(span.word, found, found_parts, span.start, span.end))
        previous_end = span.end
    return tokens
