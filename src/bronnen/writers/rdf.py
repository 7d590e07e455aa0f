# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""DCAT in Turtle, RDF/XML and JSON-LD, streamed: memory holds one record at a time.

Every statement of a record is written under the properties of DCAT-AP-NL 3. What RDF cannot hold is made fit
and told, once for each cause: blanks in an IRI are percent-encoded, an underscore in a language tag becomes a
hyphen, a character that XML has no place for becomes U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Final
from urllib.parse import quote

import pyoxigraph as ox

from bronnen.records import Iri, Literal, Thing, Value, properties
from bronnen.vocabulary import PREFIXES, TYPE

FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")
#: A reference without a scheme is relative to an unknown place: it is kept under this one.
_NOWHERE = "urn:x-bronnen:relative:"

Tell = Callable[[str], None]


def write(records: Iterable[Thing], output: IO[bytes], format_: str, tell: Tell = lambda cause: None) -> None:
    """Writes all records to a binary stream; `tell` hears once of each thing made fit."""
    writer = _Writer(xml=format_ == "rdfxml", tell=tell)
    statements = (triple for record in records for triple in writer.statements(record))
    ox.serialize(statements, output, FORMATS[format_], prefixes=PREFIXES)


def fit_iri(given: str) -> ox.NamedNode:
    """An IRI made fit: what it must not have is percent-encoded, a relative one gets a scheme of ours."""
    try:
        return ox.NamedNode(given)
    except ValueError:
        fit = _NOT_IN_IRI.sub(lambda one: quote(one[0]), given)
    try:
        return ox.NamedNode(fit)
    except ValueError:
        return ox.NamedNode(_NOWHERE + quote(given, safe="", errors="replace"))


class _Writer:
    def __init__(self, xml: bool, tell: Tell) -> None:
        self._unfit = _NOT_IN_XML if xml else _SURROGATE
        self._xml = xml
        self._tell = tell
        self._told: set[str] = set()
        self._blanks = 0

    def statements(self, record: Thing) -> Iterator[ox.Triple]:
        subject = self._blank() if record.id is None else self._iri(record.id)
        yield from self._about(subject, record)

    def _about(self, subject: ox.NamedNode | ox.BlankNode, record: Thing) -> Iterator[ox.Triple]:
        for type_ in record.types:
            yield ox.Triple(subject, ox.NamedNode(TYPE), self._iri(type_))
        for property_, values in properties(record):
            if self._xml and not _XML_NAME.search(property_):
                self._once("a property that RDF/XML has no name for: left out")
                continue
            predicate = self._iri(property_)
            for value in values:
                yield from self._statement(subject, predicate, value)

    def _statement(
        self, subject: ox.NamedNode | ox.BlankNode, predicate: ox.NamedNode, value: Value
    ) -> Iterator[ox.Triple]:
        if isinstance(value, Thing):
            node = self._blank()
            yield ox.Triple(subject, predicate, node)
            yield from self._about(node, value)
        elif isinstance(value, Iri):
            yield ox.Triple(subject, predicate, self._iri(value.iri))
        else:
            yield ox.Triple(subject, predicate, self._literal(value))

    def _blank(self) -> ox.BlankNode:
        self._blanks += 1
        return ox.BlankNode(f"b{self._blanks}")

    def _iri(self, given: str) -> ox.NamedNode:
        node = fit_iri(given)
        if node.value != given:
            self._once("an IRI with characters that it must not have: percent-encoded")
        return node

    def _literal(self, value: Literal) -> ox.Literal:
        text, count = self._unfit.subn("\ufffd", value.value)
        if count:
            self._once("a character that this format has no place for: replaced")
        if value.language is not None:
            return self._in_language(text, value.language)
        if value.datatype is not None:
            return ox.Literal(text, datatype=self._iri(value.datatype))
        return ox.Literal(text)

    def _in_language(self, text: str, language: str) -> ox.Literal:
        try:
            return ox.Literal(text, language=language)
        except ValueError:
            self._once("a language tag that is not one: made fit or left out")
        try:
            return ox.Literal(text, language=language.replace("_", "-"))
        except ValueError:
            return ox.Literal(text)

    def _once(self, cause: str) -> None:
        if cause not in self._told:
            self._told.add(cause)
            self._tell(cause)
