# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Marks the found words in the texts of a result."""

from collections.abc import Iterable
from html import escape

from bronnen.language import Query, Span, plain, spans
from bronnen.ranking import FieldTerms, locate

SNIPPET = 240
LEAD = 60


def wanted_keys(query: Query, lang: str) -> frozenset[str]:
    """The keys in `lang` that answer to any word of the question."""
    return frozenset(
        key for term in query.terms for form in term.forms if form.lang == lang for key in form.keys
    )


def hits(text: str, terms: FieldTerms | None, wanted: frozenset[str]) -> list[Span]:
    """The words of `text` that are found, as a whole or by a part.

    `terms` are the stored terms of the same text: its n-th word has the n-th stem, so no word has to be
    analysed again.
    """
    if terms is None or not wanted:
        return []
    found = locate([terms], wanted).get(0)
    if found is None:
        return []
    places = {place for positions in (found.whole, found.inside) for at in positions.values() for place in at}
    return [span for i, span in enumerate(spans(plain(text))) if i in places]


def mark(text: str, words: Iterable[Span], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` as HTML: escaped, with these words of it in `<mark>`."""
    end = len(text) if end is None else end
    pieces, done = [], start
    for word in words:
        if word.start >= done and word.end <= end:
            pieces.append(escape(text[done : word.start]))
            pieces.append(f"<mark>{escape(text[word.start : word.end])}</mark>")
            done = word.end
    pieces.append(escape(text[done:end]))
    return "".join(pieces)


def snippet(text: str, words: list[Span]) -> str:
    """A passage of about `SNIPPET` characters round the first found word, marked; "" when none is found."""
    if not words:
        return ""
    start = max(0, words[0].start - LEAD)
    if start:
        start = text.find(" ", start, words[0].start) + 1 or words[0].start
    end = start + SNIPPET
    end = len(text) if end >= len(text) else max(text.rfind(" ", words[0].end, end), words[0].end)
    opening, closing = "… " if start else "", " …" if end < len(text) else ""
    return opening + mark(text, words, start, end) + closing
