# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a page of linked data says of its other pages (Hydra, TREE), read as statements in any syntax."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import pyoxigraph as ox

from bronnen.readers.jsonld import with_context
from bronnen.readers.model import Document, UnreadableError
from bronnen.readers.rdf import FORMATS
from bronnen.vocabulary import DCAT, TYPE

_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_NODE: Final = "https://w3id.org/tree#node"
_NEXT: Final = (_HYDRA + "next", _HYDRA + "nextPage")
_LAST: Final = (_HYDRA + "last", _HYDRA + "lastPage")
_LISTED: Final = tuple(DCAT + name for name in ("Dataset", "DatasetSeries", "DataService"))
_MARKS: Final = (b"ns/hydra/core", b"w3id.org/tree")
_CHUNK: Final = 1 << 20
_MOST_ERRORS: Final = 200


@dataclass(slots=True)
class Linked:
    """The datasets and services that a page names, and what it says of the other pages."""

    names: set[str] = field(default_factory=set)
    promised: int | None = None
    more: list[str] = field(default_factory=list)
    last: str = ""
    tree: bool = False


def read(address: str, page: Path, syntax: str) -> Linked:
    """What the page says; nothing when it has neither vocabulary, without parsing it."""
    said = Linked()
    if not _has_marks(page):
        return said
    for subject, predicate, value in _statements(address, page, syntax):
        if predicate in _NEXT:
            said.more.append(urljoin(address, value.strip()))
        elif predicate == _NODE:
            said.more.append(urljoin(address, value))
            said.tree = True
        elif predicate in _LAST:
            said.last = urljoin(address, value.strip())
        elif predicate == _HYDRA + "totalItems" and value.isascii() and value.isdigit():
            said.promised = max(int(value), said.promised or 0)
        elif predicate == TYPE and value in _LISTED:
            said.names.add(subject)
    return said


def _statements(address: str, page: Path, syntax: str) -> Iterator[tuple[str, str, str]]:
    """Subject, predicate and object; what cannot be read is the reader's to refuse."""
    parser = iter(_jsonld(address, page) if syntax == "jsonld" else _rdf(address, page, syntax))
    for _ in range(_MOST_ERRORS):
        try:
            for quad in parser:
                yield str(quad.subject), quad.predicate.value, getattr(quad.object, "value", "")
            return
        except (SyntaxError, ValueError):
            continue


def _rdf(address: str, page: Path, syntax: str) -> Any:
    return ox.parse(path=str(page), format=FORMATS[syntax], base_iri=address, lenient=True)


def _jsonld(address: str, page: Path) -> Any:
    try:
        form = json.loads(page.read_text(encoding="utf-8-sig", errors="replace"))
        form = form if isinstance(form, dict) else {"@graph": form}
        text = json.dumps(with_context(form, Document(page, address))).encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableError("broken JSON, or JSON that ends too early", "Fetch the file again.") from error
    return ox.parse(text, ox.RdfFormat.JSON_LD, base_iri=address, lenient=True)


def _has_marks(page: Path) -> bool:
    rest = b""
    with page.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if any(mark in rest + chunk for mark in _MARKS):
                return True
            rest = chunk[-32:]
    return False
