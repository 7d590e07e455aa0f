# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A portal on loopback that pages in five ways and fails in five ways."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bronnen.tests.harvest.test_fetch import send

RDF: Final = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"'
    ' xmlns:hydra="http://www.w3.org/ns/hydra/core#"'
)
ISO: Final = (
    '<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco">'
    "<gmd:fileIdentifier><gco:CharacterString>{}</gco:CharacterString></gmd:fileIdentifier></gmd:MD_Metadata>"
)
#: Where each way of paging begins.
PATHS: Final = {
    "ckan": "/api/3/action/package_search",
    "csw": "/csw?service=CSW&request=GetRecords&maxRecords=10",
    "hydra": "/catalog.rdf",
    "ldes": "/ldes/0.ttl",
    "data.json": "/data.json",
}


@dataclass(slots=True)
class Portal:
    """`has` records in pages of `size`; it says that it has `says`, and `fails` on the page `at`.

    Failing is one of `error` (a status 500), `end` (no next page), `repeat` (the first page again), `text`
    (a web page). `form` is how Hydra names the next page.
    """

    way: str
    has: int
    size: int
    says: int
    fails: str = ""
    at: int = 2
    form: str = "text"

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers one request."""
        parts = urlsplit(handler.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        start = self._start(parts.path, asked)
        page = start // self.size + 1
        if page == self.at and self.fails == "error":
            return send(handler, b"", 500)
        if page == self.at and self.fails == "text":
            return send(handler, b"<html><body>Busy</body></html>")
        if page >= self.at and self.fails == "repeat":
            start = 0
        numbers = range(start, min(start + self.size, self.has))
        ended = start + self.size >= self.has or (page == self.at and self.fails == "end")
        return send(handler, self._body(numbers, page, ended).encode())

    def _start(self, path: str, asked: dict[str, str]) -> int:
        if self.way == "ckan":
            return int(asked.get("start", "0"))
        if self.way == "csw":
            return int(asked.get("startPosition", "1")) - 1
        if self.way == "ldes":
            return int(path.rpartition("/")[2].removesuffix(".ttl")) * self.size
        return (int(asked.get("page", "1")) - 1) * self.size

    def _ckan(self, numbers: range, page: int, ended: bool) -> str:
        found = [] if self.fails == "end" and page >= self.at else [_package(n) for n in numbers]
        return json.dumps({"success": True, "result": {"count": self.says, "results": found}})

    def _csw(self, numbers: range, page: int, ended: bool) -> str:
        following = 0 if ended else numbers.stop + 1
        found = "".join(ISO.format(f"d{n}") for n in numbers)
        return (
            '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><csw:SearchResults'
            f' numberOfRecordsMatched="{self.says}" nextRecord="{following}">{found}</csw:SearchResults>'
            "</csw:GetRecordsResponse>"
        )

    def _hydra(self, numbers: range, page: int, ended: bool) -> str:
        found = "".join(f'<dcat:Dataset rdf:about="https://e.org/d/{n}"/>' for n in numbers)
        address = f"?page={page + 1}"
        forms = {
            "text": f"<hydra:nextPage>{address}</hydra:nextPage>",
            "resource": f'<hydra:next rdf:resource="{address}"/>',
            "element": f'<hydra:next><rdf:Description rdf:about="{address}"/></hydra:next>',
        }
        said = "" if ended else forms[self.form]
        return (
            f'<rdf:RDF {RDF}><hydra:PagedCollection rdf:about="?page={page}">'
            f"<hydra:totalItems>{self.says}</hydra:totalItems>{said}</hydra:PagedCollection>{found}</rdf:RDF>"
        )

    def _ldes(self, numbers: range, page: int, ended: bool) -> str:
        found = "".join(f"<https://e.org/d/{n}> a <http://www.w3.org/ns/dcat#Dataset> .\n" for n in numbers)
        relation = "" if ended else f"<> tree:relation [ a tree:Relation ; tree:node <{page}.ttl> ] .\n"
        total = f"<#all> <http://www.w3.org/ns/hydra/core#totalItems> {self.says} .\n"
        return f"@prefix tree: <https://w3id.org/tree#> .\n{total}{relation}{found}"

    def _datajson(self, numbers: range, page: int, ended: bool) -> str:
        found = [{"title": f"T{n}", "identifier": f"d{n}", "accessLevel": "public"} for n in numbers]
        return json.dumps({"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": found})

    def _body(self, numbers: range, page: int, ended: bool) -> str:
        bodies = {
            "ckan": self._ckan, "csw": self._csw, "hydra": self._hydra, "ldes": self._ldes,
            "data.json": self._datajson,
        }  # fmt: skip
        return bodies[self.way](numbers, page, ended)


def _package(number: int) -> dict[str, str]:
    return {"id": f"d{number}", "title": f"T{number}", "notes": "x"}
