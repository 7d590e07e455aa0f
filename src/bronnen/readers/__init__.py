# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Readers: one module for each format, all giving one stream of records, refusals and remarks."""

from collections.abc import Callable
from typing import Final

from bronnen.readers import csw, detect, jsonld, lists, rdf, table
from bronnen.readers.model import Document, Item, Items, Refusal, Remark, UnreadableError

__all__ = ["Document", "Item", "Items", "Refusal", "Remark", "UnreadableError", "read"]

_READERS: Final[dict[str, Callable[[Document], Items]]] = {
    "jsonld": jsonld.read,
    "json": lists.read,
    "jsonlines": lists.read_lines,
    "csw": csw.read,
    "csv": table.read,
}


def read(document: Document) -> Items:
    """Everything that a document holds. A document of no use gives one refusal of the whole file."""
    try:
        found = detect.format_of(document.path)
        yield from rdf.read(document, found) if found in rdf.FORMATS else _READERS[found](document)
    except UnreadableError as error:
        yield Refusal("file", str(error), error.cure, broken=True)
