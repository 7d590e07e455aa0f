# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""DCAT in Turtle, TriG, N-Triples, N-Quads and RDF/XML: a streaming parse, then records by subject.

A statement that cannot be read is refused with its line; reading goes on where the syntax allows. Named
graphs are united: of a thing in two graphs, all statements are kept, the names of the graphs are not.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import IO, Any, Final

import pyoxigraph as ox

from bronnen.readers.clean import CleanText, as_given
from bronnen.readers.grouping import Grouping
from bronnen.readers.model import Document, Items, Refusal, Remark, UnreadableError
from bronnen.vocabulary import XSD

FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_MOST_ERRORS = 200
_STRING = XSD + "string"
_QUOTED = re.compile(r"'[^']{3,}'|\"[^\"]{3,}\"")
_NESTED_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?\S+\s+(?:SYSTEM|PUBLIC|\"[^\"]*&[^\"]*\"|'[^']*&[^']*')")


def read(document: Document, syntax: str) -> Items:
    """Records of one file; UnreadableError when XML entities are built from others or come from outside."""
    with document.path.open("rb") as raw:
        encoding = "utf-8"
        if syntax == "rdfxml":
            encoding = _xml_encoding(raw)
        clean = CleanText(raw, encoding, language_tags=syntax != "rdfxml")
        stream: IO[bytes] = io.BufferedReader(clean, 1 << 18)
        base = document.source if document.source.startswith(("http://", "https://")) else None
        quads = ox.parse(stream, FORMATS[syntax], base_iri=base, lenient=True)
        grouping = Grouping(document.source)
        refusals = list(take(quads, grouping, ends_at_error=syntax == "rdfxml"))
        if refusals and not grouping.count:
            # Perhaps it is something else that looks like it: one refusal says enough.
            refusals = [replace(refusals[0], broken=True)]
        yield from refusals
        if clean.repaired_bytes:
            yield Remark("file", "not UTF-8: the bytes that are not were read as Windows-1252")
        if clean.repaired_tags:
            yield Remark("file", f"{clean.repaired_tags} language tags with an underscore")
    yield from grouping.records()


def take(quads: Iterable[Any], grouping: Grouping, ends_at_error: bool) -> Iterator[Refusal]:
    """Puts all statements that parse into the grouping; gives what does not."""
    parser = iter(quads)
    errors = 0
    subject = ""
    while True:
        try:
            for quad in parser:
                subject = _subject(quad.subject)
                grouping.add(subject, quad.predicate.value, _form(quad.object))
            return
        except (SyntaxError, ValueError) as error:
            errors += 1
            fatal = errors >= _MOST_ERRORS or (ends_at_error and _ends(str(error)))
            yield _refusal(error, fatal, subject)
            if fatal:
                return


def _ends(message: str) -> bool:
    """Whether an error of XML leaves nothing to go on with."""
    return "ill-formed" in message or "syntax error" in message


def _refusal(error: Exception, fatal: bool, subject: str) -> Refusal:
    line = getattr(error, "lineno", None)
    place = f"after {subject}" if subject.startswith(("http:", "https:")) else "file"
    cause = _QUOTED.sub("'…'", str(error).split(" (line ")[0])
    cure = "Correct the syntax at this place."
    if "prefix" in cause:
        cure = "Declare the prefix at the head of the file."
    broken = fatal or "end of file" in cause.lower() or "unexpected end" in cause.lower()
    return Refusal(f"line {line}" if line else place, cause, cure, broken=broken)


def _subject(term: Any) -> str:
    return term.value if type(term) is ox.NamedNode else str(term)


def _form(term: Any) -> Any:
    kind = type(term)
    if kind is ox.NamedNode:
        return {"iri": term.value}
    if kind is ox.BlankNode:
        return {"blank": f"_:{term.value}"}
    if kind is not ox.Literal:
        raise ValueError("a statement about a statement, which no record can hold")
    if (language := term.language) is not None:
        return {"value": as_given(term.value), "language": as_given(language)}
    datatype = term.datatype.value
    value = as_given(term.value)
    return value if datatype == _STRING else {"value": value, "datatype": datatype}


def _xml_encoding(raw: IO[bytes]) -> str:
    """The encoding that an XML file declares; also refuses entities that could grow without bound."""
    head = raw.read(1 << 16)
    raw.seek(0)
    if b"<!DOCTYPE" in head and _NESTED_ENTITY.search(head):
        raise UnreadableError(
            "XML entities that are built from other entities or from outside", "Write the text itself."
        )
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)", head)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise UnreadableError(f"an encoding that is not known: {encoding}", "Write UTF-8.") from None


def parse_text(text: bytes, source: str, syntax: str = "rdfxml") -> Items:
    """Records of RDF that stands inside another document, such as an answer of a catalogue service."""
    grouping = Grouping(source)
    with closing(io.BytesIO(text)) as stream:
        yield from take(ox.parse(stream, FORMATS[syntax], lenient=True), grouping, syntax == "rdfxml")
    yield from grouping.records()
