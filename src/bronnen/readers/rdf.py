# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""DCAT in Turtle, TriG, N-Triples, N-Quads and RDF/XML: a streaming parse, then records by subject.

A statement that cannot be read is refused with its line; reading goes on where the syntax allows. Named
graphs are united: of a thing in two graphs, all statements are kept, the names of the graphs are not.
"""

from __future__ import annotations

import codecs
import gc
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph as ox

from bronnen.readers.clean import CleanText, as_given, is_unclean
from bronnen.readers.grouping import Grouping
from bronnen.readers.mending import mend
from bronnen.readers.model import Document, Items, Refusal, Remark, UnreadableError

FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_MOST_ERRORS = 200
_QUOTED = re.compile(r"'[^']{3,}'|\"[^\"]{3,}\"")
_NESTED_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?\S+\s+(?:SYSTEM|PUBLIC|\"[^\"]*&[^\"]*\"|'[^']*&[^']*')")


def read(document: Document, syntax: str) -> Items:
    """Records of one file; UnreadableError when XML entities are built from others or come from outside."""
    encoding = _encoding(document.path, syntax)
    reading = _Reading(document, syntax, encoding if encoding != "utf-8" else "")
    if reading.refusals and not reading.clean and is_unclean(document.path):
        # Rare, so it is read again and repaired, and not every file with a search for what is wrong.
        reading = _Reading(document, syntax, encoding)
    if syntax == "rdfxml" and any(refusal.broken for refusal in reading.refusals):
        reading = _mended(document, reading)
    refusals, grouping = reading.refusals, reading.grouping
    if refusals and not grouping.count:
        # Perhaps it is something else that looks like it: one refusal says enough.
        refusals = [replace(refusals[0], broken=True)]
    yield from refusals
    if reading.clean and reading.clean.repaired_bytes:
        yield Remark("file", "not UTF-8: the bytes that are not were read as Windows-1252")
    if reading.clean and reading.clean.repaired_tags:
        yield Remark("file", f"{reading.clean.repaired_tags} language tags with an underscore")
    yield from grouping.records()


def _mended(document: Document, reading: _Reading) -> _Reading:
    """A second pass over the XML made whole, when that gives more; the refusals stay, since it was broken."""
    with tempfile.TemporaryDirectory(prefix="bronnen-xml-") as work:
        whole = Path(work) / "whole.xml"
        if not mend(document.path, whole):
            return reading
        second = _Reading(Document(whole, document.source), "rdfxml", "")
    if second.grouping.count <= reading.grouping.count:
        return reading
    second.refusals = [replace(one, broken=True) for one in reading.refusals[:1]]
    return second


class _Reading:
    """One pass over a file: as it is, or repaired when its encoding is given."""

    def __init__(self, document: Document, syntax: str, encoding: str) -> None:
        self.grouping = Grouping(document.source)
        self.clean: CleanText | None = None
        self._form = FORMATS[syntax]
        self._base = document.source if document.source.startswith(("http://", "https://")) else None
        ends = syntax == "rdfxml"
        if not encoding:
            quads = ox.parse(path=str(document.path), format=self._form, base_iri=self._base, lenient=True)
            self.refusals = self._take(quads, ends)
            return
        with document.path.open("rb") as raw:
            self.clean = CleanText(raw, encoding, language_tags=syntax != "rdfxml")
            stream: IO[bytes] = io.BufferedReader(self.clean, 1 << 18)
            quads = ox.parse(stream, self._form, base_iri=self._base, lenient=True)
            self.refusals = self._take(quads, ends)
        if self.clean.repaired_tags:
            self.grouping.restore = as_given

    def _take(self, quads: Iterable[Any], ends: bool) -> list[Refusal]:
        with _uncollected():
            return list(take(quads, self.grouping, ends_at_error=ends))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles: grouping makes none, and each search goes over all that is held."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def take(quads: Iterable[Any], grouping: Grouping, ends_at_error: bool) -> Iterator[Refusal]:
    """Puts all statements that parse into the grouping; gives what does not."""
    parser = iter(quads)
    errors = 0
    while True:
        try:
            grouping.absorb(parser)
            return
        except (SyntaxError, ValueError) as error:
            errors += 1
            fatal = errors >= _MOST_ERRORS or (ends_at_error and _ends(str(error)))
            yield _refusal(error, fatal, grouping.subject)
            if fatal:
                return


def _ends(message: str) -> bool:
    """Whether an error of XML leaves nothing to go on with."""
    return "ill-formed" in message or "syntax error" in message


def _refusal(error: Exception, fatal: bool, subject: str) -> Refusal:
    line = getattr(error, "lineno", None)
    place = f"after {subject}" if subject.startswith(("http:", "https:")) else "file"
    cause = _QUOTED.sub("'…'", str(getattr(error, "msg", None) or error))
    cure = "Correct the syntax at this place."
    if "prefix" in cause:
        cure = "Declare the prefix at the head of the file."
    broken = fatal or "end of file" in cause.lower() or "unexpected end" in cause.lower()
    return Refusal(f"line {line}" if line else place, cause, cure, broken=broken)


def _encoding(path: Path, syntax: str) -> str:
    """`utf-8` for a file that may be read as it is, else what to read it as; refuses dangerous XML."""
    with path.open("rb") as raw:
        head = raw.read(1 << 16)
    if syntax == "rdfxml":
        return _xml_encoding(head)
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def _xml_encoding(head: bytes) -> str:
    """The encoding that an XML file declares; also refuses entities that could grow without bound."""
    if b"<!DOCTYPE" in head and _NESTED_ENTITY.search(head):
        raise UnreadableError(
            "XML entities that are built from other entities or from outside", "Write the text itself."
        )
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)", head)
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
