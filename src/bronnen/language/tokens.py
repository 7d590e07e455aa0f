# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Folding and tokenising, with offsets that stay true to the source text."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

MAX_WORD = 80
"""Longer runs of letters are cut: no word, and search engines limit the size of a term."""

_MARK = "\u0300-\u036f"
_LETTER = rf"[^\W_][{_MARK}]*"
_WORD = re.compile(
    rf"\d+(?:[.,:]\d+)+"  # 2.1, 1.000,50, 12:30
    rf"|(?:[A-Za-z]\.){{2,}}"  # A.V.G.
    rf"|(?:{_LETTER})+(?:['’](?:{_LETTER})+)*"  # photo's, d'Ancona
)
_CLITIC = re.compile(r"['’](?:s|je|tje|er|en|t|n|m|re|ve|ll|d)$", re.IGNORECASE)
_OPENING = re.compile(r"^(?:[dl]|o)['’](?=\w{3})", re.IGNORECASE)


class Span(NamedTuple):
    """A folded word and where it stands: `text[start:end]` is its source form."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=262_144)
def fold(word: str) -> str:
    """Lower case without accents: letters and digits only, at most `MAX_WORD` of them.

    >>> fold("Coöperatie's")
    "cooperaties"
    """
    decomposed = unicodedata.normalize("NFKD", word[:MAX_WORD].casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())[:MAX_WORD]


@lru_cache(maxsize=262_144)
def _without_clitic(word: str) -> str:
    return fold(_OPENING.sub("", _CLITIC.sub("", word)))


def spans(text: str) -> list[Span]:
    """The words of `text` in order: `foto's` is `foto`, `QR-code` is `qr` and `code`, `A.V.G.` is `avg`."""
    found = []
    for match in _WORD.finditer(text):
        source = match.group()
        word = _without_clitic(source) if "'" in source or "’" in source else fold(source)
        if word:
            found.append(Span(word, match.start(), match.end()))
    return found
