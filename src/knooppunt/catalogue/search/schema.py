# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The fields of the tantivy index. The analyser is ours: tantivy only splits at spaces."""

import tantivy

from knooppunt.catalogue.search.interface import LANGUAGES

TEXT_FIELDS = ("title", "summary", "text")
RANKED_FIELDS = tuple((name, lang) for name in TEXT_FIELDS for lang in LANGUAGES)
"""The fields that the ranking reads, in the order in which `terms` stores them."""


def build() -> tantivy.Schema:
    """One row per card, and one row (`card` = 0) that holds the position in the log.

    Per language: `title_*` (stems of the title), `body_*` (stems of title, summary and text), `parts_*`
    (stems inside compounds). `words` holds folded words for spelling help. `terms` stores the analysed
    fields for the ranking and `card_data` what a result shows.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("card", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    for lang in LANGUAGES:
        for name in ("title", "body", "parts"):
            builder.add_text_field(f"{name}_{lang}", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_json_field("facets", tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("updated", "starts", "period_from", "period_to"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("latitude", "longitude"):
        builder.add_float_field(name, indexed=True, fast=True)
    for name, lang in RANKED_FIELDS:
        builder.add_unsigned_field(length_field(name, lang), fast=True)
    builder.add_bytes_field("terms", stored=True)
    builder.add_bytes_field("card_data", stored=True)
    return builder.build()


def length_field(name: str, lang: str) -> str:
    """The fast field that holds the number of words of a ranked field."""
    return f"length_{name}_{lang}"
