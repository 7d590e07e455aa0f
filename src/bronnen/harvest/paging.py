# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way through the pages of a source, by its own counts and links; what was promised and what came."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree  # type: ignore[import-untyped]

from bronnen.harvest import rdfpaging
from bronnen.readers import ckan, dcatus, detect, rdf
from bronnen.readers.jsonstream import JsonStream
from bronnen.readers.lists import LISTS
from bronnen.readers.model import UnreadableError
from bronnen.unpack import is_packed

_MOST_PAGES: Final = 10_000
_MOST_REPEATED: Final = 20
_ROWS: Final = 500
_TOTALS: Final = ("count", "total", "totalItems", "total_count")
_RESULTS: Final = "SearchResults"


@dataclass(slots=True)
class Page:
    """What one page says: the names of its things, how many there are in all, and where others are.

    `guessed` tells that the next address is tried because it often exists: the source did not name it.
    """

    names: set[str] = field(default_factory=set)
    promised: int | None = None
    more: list[str] = field(default_factory=list)
    last: str = ""
    guessed: bool = False
    tree: bool = False


class Walk:
    """The addresses of a source, one after the other; ends at the end, or where `cut_short` says."""

    def __init__(self, source: str) -> None:
        address = _with(source, {"rows": str(_ROWS), "start": "0"}, keep=True) if _is_ckan(source) else source
        self._before = (
            _number(source, "start", 0) if _is_ckan(source) else _number(source, "startPosition", 1) - 1
        )
        self._queue = deque([address])
        self._seen: set[str] = set()
        self._names: set[str] = set()
        self._promised: int | None = None
        self._last = ""
        self._address = ""
        self._guessed = False
        self._repeated = 0
        self.pages = 0
        self.cut_short = ""

    def next(self) -> str:
        """The address to fetch now; an empty text at the end."""
        while self._queue and not self.cut_short:
            address = self._queue.popleft()
            if address in self._seen:
                continue
            if self.pages >= _MOST_PAGES:
                self.cut_short = f"more than {_MOST_PAGES} pages"
                break
            self._seen.add(address)
            self._address = address
            return address
        if self.pages > 1 and self._last and self._last not in self._seen and not self.cut_short:
            self.cut_short = "the last page that the source names was not reached"
        return ""

    def failed(self, cause: str, status: int) -> None:
        """A later page that did not come. One that was only guessed may be absent: that is the end."""
        if not (self._guessed and (400 <= status < 500 or self.pages == 1)):
            self.cut_short = f"page {self.pages + 1}: {cause}"

    def take(self, page: Path, linked: str) -> bool:
        """Notes what a page says, `linked` being its `Link` header; False when it adds nothing to read."""
        try:
            said = _read(self._address, page)
        except UnreadableError as error:
            if self.pages and not self._guessed:
                self.cut_short = f"page {self.pages + 1}: {error}"
            self.pages += 1
            return not self._guessed
        if self.pages and not said.names - self._names and not self._may_repeat(said):
            if said.names and not self._guessed:
                self.cut_short = f"page {self.pages + 1} gives again what came before"
            if self._guessed or said.names:
                return False
        self.pages += 1
        self._note(said)
        self._guessed = said.guessed and not linked
        self._queue.extend([linked] if linked else said.more)
        return True

    def _may_repeat(self, said: Page) -> bool:
        """Pages of a tree may hold the same things again, but not page after page without end."""
        self._repeated += bool(said.names)
        return said.tree and self._repeated <= _MOST_REPEATED

    def _note(self, said: Page) -> None:
        self._names |= said.names
        self._last = said.last or self._last
        if said.promised is not None:
            self._promised = max(said.promised, self._promised or 0)

    @property
    def promised(self) -> int | None:
        """How many the source says that there are from where reading began; None when it does not say."""
        return None if self._promised is None else max(self._promised - self._before, 0)

    @property
    def missing(self) -> int:
        """How many of those did not come."""
        return max((self.promised or 0) - len(self._names), 0)


def _read(address: str, page: Path) -> Page:
    if is_packed(page):
        return Page()
    found = detect.format_of(page)
    if found == "json":
        return _json(address, page)
    if found == "csw":
        return _csw(address, page)
    if found in rdf.FORMATS or found == "jsonld":
        said = rdfpaging.read(address, page, found)
        return Page(said.names, said.promised, said.more, said.last, tree=said.tree)
    return Page()


def _json(address: str, page: Path) -> Page:
    """CKAN says how many there are; `next` is an address; a data.json may have pages and say nothing."""
    said, given, datasets = Page(), 0, False
    with page.open(encoding="utf-8-sig", errors="replace") as file:
        stream = JsonStream(file)
        for form in stream.elements(*LISTS):
            given += 1
            said.names.add(_name_of(form))
            datasets = datasets or (dcatus.is_dataset(form) and not ckan.is_package(form))
    totals = (stream.head.get(key) for key in _TOTALS)
    said.promised = (
        next((one for one in totals if isinstance(one, int)), None) if given or _is_ckan(address) else None
    )
    following = stream.head.get("next")
    if _is_ckan(address):
        start = _number(address, "start", 0) + given
        said.more = [_with(address, {"start": str(start)})] if given and start < (said.promised or 0) else []
    elif isinstance(following, str) and following:
        said.more = [urljoin(address, following)]
    elif datasets and not stream.is_list:
        said.more = [_with(address, {"page": str(_number(address, "page", 1) + 1)})]
        said.guessed = True
    return said


def _name_of(form: Any) -> str:
    if isinstance(form, Mapping):
        for key in ("id", "@id", "identifier", "name"):
            if isinstance(form.get(key), str) and form[key]:
                return f"{key} {form[key]}"
    return _digest(json.dumps(form, sort_keys=True).encode("utf-8", "replace"))


def _csw(address: str, page: Path) -> Page:
    """The next record is where the service says, or after the last one given: a 0 may come too early."""
    said, given = Page(), 0
    following: int | None = None
    matched: int | None = None
    events = etree.iterparse(
        str(page), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for event, element in events:
            if event == "start" and etree.QName(element).localname == _RESULTS:
                matched, following = (
                    _attribute(element, "numberOfRecordsMatched"),
                    _attribute(element, "nextRecord"),
                )
            elif event == "end" and _is_result(element):
                given += 1
                said.names.add(_digest(etree.tostring(element, with_tail=False)))
                element.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"broken XML: {error.msg}"[:200], "Fetch it again.") from error
    said.promised = matched
    start = _number(address, "startPosition", 1)
    at = following if following and following > start else start + given
    if start < at <= (matched or 0):
        said.more = [_with(address, {"startPosition": str(at)})]
    return said


def _is_result(element: etree._Element) -> bool:
    parent = element.getparent()
    is_element = isinstance(element.tag, str) and parent is not None
    return is_element and etree.QName(parent).localname == _RESULTS


def _attribute(element: etree._Element, name: str) -> int | None:
    given = element.get(name, "").strip()
    return int(given) if given.isascii() and given.isdigit() else None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_ckan(address: str) -> bool:
    return urlsplit(address).path.rstrip("/").endswith("package_search")


def _number(address: str, name: str, otherwise: int) -> int:
    """A number in the query of an address, whatever the case of its name."""
    asked = _asked(parse_qsl(urlsplit(address).query))
    given = asked.get(name.lower(), "")
    return int(given) if given.isascii() and given.isdigit() else otherwise


def _asked(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in pairs}


def _with(address: str, values: dict[str, str], keep: bool = False) -> str:
    """The address with these values in its query, all else as it is; with `keep`, values there stay."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    present = _asked(pairs)
    lower = {name.lower(): value for name, value in values.items()}
    if not keep:
        pairs = [(name, lower.get(name.lower(), value)) for name, value in pairs]
    pairs += [(name, value) for name, value in values.items() if name.lower() not in present]
    return urlunsplit(parts._replace(query=urlencode(pairs)))
