# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers of a catalogue service and files of metadata: ISO 19139, Dublin Core, or DCAT inside the answer."""

from __future__ import annotations

from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from bronnen.readers import dublincore, iso19139
from bronnen.readers.model import Document, Items, Refusal
from bronnen.readers.rdf import parse_text
from bronnen.vocabulary import RDF

_RDF: Final = f"{{{RDF}}}RDF"
_EXCEPTIONS: Final = (
    "{http://www.opengis.net/ows}ExceptionReport",
    "{http://www.opengis.net/ows/1.1}ExceptionReport",
)
_TAGS = (iso19139.ROOT, *dublincore.ROOTS, _RDF, *_EXCEPTIONS)


def read(document: Document) -> Items:
    """Records of one file, element by element; each is forgotten when it has been read."""
    parser = etree.iterparse(
        str(document.path),
        events=("end",),
        tag=_TAGS,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    number = 0
    try:
        for _, element in parser:
            number += 1
            yield from _items(element, number, document.source)
            _forget(element)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        yield Refusal(
            f"line {line}", f"broken XML: {error.msg}"[:200], "Fetch or write the file again.", True
        )


def _items(element: etree._Element, number: int, source: str) -> Items:
    position = f"record {number}, line {element.sourceline}"
    if element.tag in _EXCEPTIONS:
        cause = "the catalogue service answered with an exception"
        yield Refusal(position, cause, "Check the request, or ask its keeper.", broken=True)
        return
    try:
        if element.tag == _RDF:
            yield from parse_text(etree.tostring(element, with_tail=False), source)
        elif element.tag == iso19139.ROOT:
            yield iso19139.record(element, source)
        else:
            yield dublincore.record(element, source)
    except (ValueError, TypeError, AttributeError) as error:
        yield Refusal(position, f"metadata of an unexpected shape ({type(error).__name__})", "See ISO 19139.")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
