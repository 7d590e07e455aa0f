# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a file holds, by its first bytes; its name only settles what the content leaves open."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bronnen.readers import table
from bronnen.readers.model import UnreadableError

_HEAD = 1 << 16
_TURTLE_SIGNS = re.compile(
    r"^\s*(?:@prefix|@base|PREFIX\s|BASE\s|#|_:\w+\s|\[\s|<[^>\n]*>\s+(?:a\s|<|[\w-]*:)"
    r"|[\w.-]*:[\w.%-]*\s+(?:a\s|[\w-]*:|<))",
    re.MULTILINE | re.IGNORECASE,
)
_TERM = r"(?:<[^>]*>|_:\S+)"
_LINE: Final = re.compile(rf'^{_TERM}\s+<[^>]*>\s+(?:{_TERM}|".*?"\S*)(\s+{_TERM})?\s*\.\s*$')
_GRAPH = re.compile(r"^\s*(?:GRAPH\s+)?(?:<[^>]*>|[\w-]*:[\w.-]*)?\s*\{", re.MULTILINE | re.IGNORECASE)
#: A subject in angle brackets with its predicate; no XML element is followed by one.
_TRIPLE = re.compile(r"<[^>]*>\s+(?:a\s|<(?:https?:|urn:)[^>]*>|[A-Za-z][\w-]*:[A-Za-z]\w*\s)")
_ROOT = re.compile(r"<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)[\s>/]")
_CURES = {
    "html": "Give the address of the catalogue itself (an export or an API), not of a web page.",
    "empty": "Fetch the file again; the source may have failed.",
    "other": "Give DCAT in a syntax of RDF, CKAN JSON, an answer of a CSW, ISO 19139, data.json or CSV.",
}


def format_of(path: Path) -> str:
    """One of the formats that `bronnen.readers` reads; UnreadableError when it is none of them."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = _decoded(head).lstrip("\ufeff \t\r\n")
    if not text.strip("\x00 \t\r\n"):
        raise UnreadableError("an empty file", _CURES["empty"])
    if text.startswith("<"):
        return _xml_or_triples(text, path)
    if text[0] in "[{" and (found := _json(text, path)):
        return found
    return _text(text, path)


def _decoded(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")


def _xml_or_triples(text: str, path: Path) -> str:
    if re.match(r"<(?:!doctype\s+html|html|head|body)\b", text, re.IGNORECASE):
        raise UnreadableError("a web page (HTML) instead of data", _CURES["html"])
    if _TRIPLE.match(text):
        return _text(text, path)
    body = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", "", text, flags=re.DOTALL)
    root = _ROOT.search(body)
    name = root[2] if root else ""
    if name.lower() == "html":
        raise UnreadableError("a web page (HTML) instead of data", _CURES["html"])
    if name == "RDF" or ("22-rdf-syntax-ns#" in body[:2000] and name not in _CSW):
        return "rdfxml"
    if name in _CSW or "isotc211.org" in body or "opengis.net/cat/csw" in body:
        return "csw"
    raise UnreadableError(f"XML that is neither RDF nor metadata (<{name}>)", _CURES["other"])


_CSW = ("GetRecordsResponse", "GetRecordByIdResponse", "MD_Metadata", "Record", "ExceptionReport")


def _json(text: str, path: Path) -> str | None:
    """JSON-LD by its keywords, DCAT-US by the names of its fields although it may have a context."""
    if text[0] == "[" and not re.match(r"\[\s*[\[{\]]", text):
        return None  # Turtle that begins with a blank node.
    if text[0] == "{" and not re.match(r'\{\s*["}]', text):
        return None
    if re.search(r'"(?:conformsTo|describedBy)"\s*:\s*"https://project-open-data', text):
        return "json"
    is_linked = re.search(r'"@(?:context|graph|id|type)"\s*:', text)
    if is_linked and not re.search(r'"(?:accessLevel|bureauCode)"\s*:', text):
        return "jsonld"
    first, _, second = text.partition("\n")
    is_lines = first.rstrip().endswith("}") and second.lstrip().startswith("{")
    return "jsonlines" if is_lines or path.suffix in (".jsonl", ".ndjson") else "json"


def _text(text: str, path: Path) -> str:
    lines = [line for line in text.splitlines()[:50] if line.strip() and not line.startswith("#")]
    whole = lines[: max(len(lines) - 1, 1)]
    matches = [_LINE.match(line) for line in whole]
    if whole and sum(match is not None for match in matches) * 2 > len(whole):
        return "nquads" if any(match and match[1] for match in matches) else "ntriples"
    if lines and table.is_list(lines[0]) and not lines[0].startswith("@"):
        return "csv"
    if _TURTLE_SIGNS.search(text):
        return "trig" if path.suffix == ".trig" or _GRAPH.search(text) else "turtle"
    if lines and table.delimiter_of(lines[0]) in lines[0] and path.suffix in (".csv", ".tsv", ".txt"):
        raise UnreadableError(
            "a table, but not a list of datasets", "Name a column title and one known column more."
        )
    raise UnreadableError("a format that is not known", _CURES["other"])
