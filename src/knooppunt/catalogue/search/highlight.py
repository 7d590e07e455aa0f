# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Marks the found words in the texts of a result."""

from collections.abc import Iterable
from html import escape

from bronnen.language import Query, Token, analyse

SNIPPET = 240
LEAD = 60


def wanted_keys(query: Query, lang: str) -> frozenset[str]:
    """The keys in `lang` that answer to any word of the question."""
    return frozenset(
        key for term in query.terms for form in term.forms if form.lang == lang for key in form.keys
    )


def hits(text: str, lang: str, wanted: frozenset[str]) -> list[Token]:
    """The words of `text` that are found, as a whole or by a part."""
    if not wanted:
        return []
    return [
        token for token in analyse(text, lang) if token.stem in wanted or not wanted.isdisjoint(token.parts)
    ]


def mark(text: str, tokens: Iterable[Token], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` as HTML: escaped, with these words of it in `<mark>`."""
    end = len(text) if end is None else end
    pieces, done = [], start
    for token in tokens:
        if token.start >= done and token.end <= end:
            pieces.append(escape(text[done : token.start]))
            pieces.append(f"<mark>{escape(text[token.start : token.end])}</mark>")
            done = token.end
    pieces.append(escape(text[done:end]))
    return "".join(pieces)


def snippet(text: str, tokens: list[Token]) -> str:
    """A passage of about `SNIPPET` characters round the first found word, marked; "" when none is found."""
    if not tokens:
        return ""
    start = max(0, tokens[0].start - LEAD)
    if start:
        start = text.find(" ", start, tokens[0].start) + 1 or tokens[0].start
    end = start + SNIPPET
    end = len(text) if end >= len(text) else max(text.rfind(" ", tokens[0].end, end), tokens[0].end)
    opening, closing = "… " if start else "", " …" if end < len(text) else ""
    return opening + mark(text, tokens, start, end) + closing
