# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""From a card to a row of the tantivy index, and back."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import tantivy

from bronnen.language import Token, analyse, plain
from bronnen.ranking import FieldTerms
from knooppunt.catalogue.search.interface import LANGUAGES, IndexDocument, Key, Position
from knooppunt.catalogue.search.schema import RANKED_FIELDS, TEXT_FIELDS, length_field

POSITION_UID = "position"
"""The row that holds the log position; a card's uid always has a colon."""
MAX_TEXT = 200_000
"""Characters of a text that are analysed; the rest of a longer one is not searched."""
RANKED_WORDS = 2_000
"""Words of a field that the ranking reads."""
SHOWN_TEXT = 10_000
"""Characters of a text that are kept for showing where words stand."""
OPEN_START, OPEN_END = 0, date.max.toordinal() + 1
_FACET_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SEGMENT = "\x1d"


def uid(key: Key) -> str:
    """The term by which a card is replaced or deleted."""
    return f"{key[0]}:{key[1]}"


def check(document: IndexDocument) -> None:
    """Raises `ValueError` for a card that cannot be indexed, with what to give instead."""
    name = uid((document.kind, document.key))
    if not document.kind or ":" in document.kind or not document.key:
        raise ValueError(f"{name}: give a kind without a colon and a key that is not empty")
    if document.updated.tzinfo is None:
        raise ValueError(f"{name}: 'updated' has no time zone; give an aware datetime")
    for facet in document.facets:
        if not _FACET_NAME.fullmatch(facet) or facet == "kind":
            raise ValueError(
                f"{name}: facet name {facet!r}; give lower-case letters, digits and _, not 'kind'"
            )
    for field in TEXT_FIELDS:
        if unknown := set(getattr(document, field)) - set(LANGUAGES):
            raise ValueError(f"{name}: {field} in {sorted(unknown)}; give texts in 'nl' or 'en'")


def to_row(document: IndexDocument) -> tantivy.Document:
    """The row of a card."""
    row = tantivy.Document()
    row.add_text("uid", uid((document.kind, document.key)))
    row.add_unsigned("card", 1)
    row.add_text("kind", document.kind)
    tokens = analysed(document)
    _add_texts(row, tokens)
    row.add_bytes("terms", _encode_terms(tokens))
    row.add_bytes("card_data", _encode_card(document))
    row.add_json("facets", {name: list(values) for name, values in document.facets.items()})
    _add_dates(row, document)
    if document.place:
        row.add_float("latitude", float(document.place[0]))
        row.add_float("longitude", float(document.place[1]))
    return row


def analysed(document: IndexDocument) -> dict[tuple[str, str], list[Token]]:
    """The words of each field and language of a card, as far as they are searched."""
    return {
        (name, lang): analyse(getattr(document, name).get(lang, "")[:MAX_TEXT], lang)
        for name, lang in RANKED_FIELDS
    }


def position_row(position: Position) -> tantivy.Document:
    """The row that holds the log position."""
    row = tantivy.Document()
    row.add_text("uid", POSITION_UID)
    row.add_unsigned("card", 0)
    row.add_bytes("card_data", json.dumps(position).encode())
    return row


def _add_texts(row: tantivy.Document, tokens: Mapping[tuple[str, str], list[Token]]) -> None:
    words: set[str] = set()
    for lang in LANGUAGES:
        body = list(chain.from_iterable(tokens[name, lang] for name in TEXT_FIELDS))
        if not body:
            continue
        row.add_text(f"title_{lang}", " ".join(token.stem for token in tokens["title", lang]))
        row.add_text(f"body_{lang}", " ".join(token.stem for token in body))
        row.add_text(f"parts_{lang}", " ".join(part for token in body for part in token.parts))
        words.update(token.word for token in body if len(token.word) > 3 and token.word.isalpha())
    row.add_text("words", " ".join(sorted(words)))
    for (name, lang), found in tokens.items():
        if found:
            row.add_unsigned(length_field(name, lang), len(found))


def _add_dates(row: tantivy.Document, document: IndexDocument) -> None:
    row.add_integer("updated", int(document.updated.timestamp() * 1_000_000))
    row.add_integer("starts", document.starts.toordinal() if document.starts else OPEN_END)
    if document.starts or document.ends:
        row.add_integer("period_from", document.starts.toordinal() if document.starts else OPEN_START)
        row.add_integer("period_to", document.ends.toordinal() if document.ends else OPEN_END)


def _encode_terms(tokens: Mapping[tuple[str, str], list[Token]]) -> bytes:
    """The terms of each ranked field, as the ranking reads them."""
    segments = []
    for key in RANKED_FIELDS:
        terms = FieldTerms.of(tokens[key][:RANKED_WORDS])
        segments += [terms.words, terms.stems, terms.parts]
    return _SEGMENT.join(segments).encode()


def decode_terms(data: bytes) -> dict[tuple[str, str], FieldTerms]:
    """What `_encode_terms` stored; fields without words are left out."""
    segments = data.decode().split(_SEGMENT)
    return {
        key: FieldTerms(*segments[3 * i : 3 * i + 3])
        for i, key in enumerate(RANKED_FIELDS)
        if not segments[3 * i].isspace()
    }


def _encode_card(document: IndexDocument) -> bytes:
    data = {
        "kind": document.kind,
        "key": document.key,
        "url": document.url,
        "title": document.title,
        "summary": document.summary,
        "text": {lang: plain(text[:SHOWN_TEXT]) for lang, text in document.text.items()},
        "starts": document.starts.isoformat() if document.starts else None,
        "ends": document.ends.isoformat() if document.ends else None,
        "updated": document.updated.astimezone(UTC).isoformat(),
        "place": document.place,
    }
    return json.dumps(data, ensure_ascii=False).encode()


def decode_card(data: bytes) -> dict[str, Any]:
    """What a result shows: the card's own texts, its dates as dates and its place as a pair."""
    card: dict[str, Any] = json.loads(data)
    for name in ("starts", "ends"):
        card[name] = date.fromisoformat(card[name]) if card[name] else None
    card["updated"] = datetime.fromisoformat(card["updated"])
    card["place"] = tuple(card["place"]) if card["place"] else None
    return card


def decode_position(data: bytes) -> Position:
    """The position that `position_row` stored."""
    transaction, sequence = json.loads(data)
    return transaction, sequence
