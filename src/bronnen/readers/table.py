# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A CSV list of datasets of one's own: a header with names of fields, one dataset on each row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Final

from bronnen.readers.draft import Draft
from bronnen.readers.model import Document, Items, Refusal, Remark, UnreadableError
from bronnen.records import Thing
from bronnen.vocabulary import DCAT, FOAF

#: What people call a field, in Dutch and English, by the field that they mean.
HEADERS: Final = {
    "identifier": ("identifier", "id", "identificatie", "dataset id", "uri"),
    "title": ("title", "titel", "naam", "name", "dataset"),
    "description": ("description", "beschrijving", "omschrijving", "notes"),
    "publisher": ("publisher", "uitgever", "organisatie", "organization", "organisation", "aanbieder"),
    "theme": ("theme", "thema", "categorie", "category"),
    "keyword": ("keyword", "keywords", "trefwoord", "trefwoorden", "tags", "label"),
    "license": ("license", "licence", "licentie"),
    "issued": ("issued", "uitgegeven", "publicatiedatum", "created"),
    "modified": ("modified", "gewijzigd", "wijzigingsdatum", "updated"),
    "landing_page": ("landing page", "landingpage", "webpagina", "pagina", "page"),
    "access_url": ("access url", "accessurl", "url", "link", "toegangs url"),
    "download_url": ("download url", "downloadurl", "download"),
    "format": ("format", "formaat", "bestandsformaat"),
    "frequency": ("frequency", "frequentie", "accrual periodicity"),
    "spatial": ("spatial", "gebied", "ruimtelijke dekking"),
    "language": ("language", "taal"),
}
_FIELD = {header: name for name, headers in HEADERS.items() for header in headers}
_OF_DISTRIBUTION = ("access_url", "download_url", "format")
_DELIMITERS = ",;\t|"


def field_of(header: str) -> str | None:
    """The field that a column name means, whatever its case, blanks, hyphens or underscores."""
    words = header.strip().lstrip("\ufeff").replace("_", " ").replace("-", " ").lower()
    return _FIELD.get(" ".join(words.split()))


def is_list(line: str) -> bool:
    """Whether a first line is a header of a list of datasets: a title and one field more."""
    fields = {field_of(name) for name in next(csv.reader([line], delimiter=delimiter_of(line)), [])}
    return "title" in fields and len(fields - {None}) >= 2


def delimiter_of(line: str) -> str:
    """The delimiter that occurs most in the header."""
    return max(_DELIMITERS, key=line.count)


def read(document: Document) -> Items:
    """Records of one CSV file; encoding UTF-8, UTF-16 with a mark, else Windows-1252."""
    encoding = encoding_of(document)
    if encoding == "cp1252":
        yield Remark("file", "not UTF-8: read as Windows-1252")
    with document.path.open(encoding=encoding, errors="replace", newline="") as file:
        first = file.readline()
        if not is_list(first):
            raise UnreadableError(
                "a table without a column for the title and one known column more",
                "Name the columns title, description, publisher, license, url …",
            )
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter_of(first))
        header = next(rows)
        yield from _rows(rows, header, document.source)


def encoding_of(document: Document) -> str:
    """The encoding, by a mark or by whether all bytes are UTF-8."""
    with document.path.open("rb") as file:
        start = file.read(4)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
    try:
        with document.path.open(encoding="utf-8-sig") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _rows(rows: Iterator[list[str]], header: Sequence[str], source: str) -> Items:
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(
                f"row {number}", f"a row that cannot be read: {error}", "Quote the cell, or split it."
            )
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            cause = f"{len(row)} cells under {len(header)} column names"
            yield Refusal(f"row {number}", cause, "Quote cells that hold the delimiter.")
            continue
        yield _record(dict(zip(header, row, strict=False)), source)


def _record(cells: dict[str, str], source: str) -> Thing:
    draft, form = Draft(DCAT + "Dataset"), Draft(DCAT + "Distribution")
    has_form = False
    for header, cell in cells.items():
        name = field_of(header)
        if not cell.strip():
            continue
        if name in _OF_DISTRIBUTION:
            form.link(name or "", cell)
            has_form = True
        else:
            _put(draft, name, header, cell)
    if has_form:
        draft.put("distribution", form.nested())
    uri = next((c for h, c in cells.items() if field_of(h) == "identifier" and c.startswith("http")), None)
    return draft.record(uri, source)


def _put(draft: Draft, name: str | None, header: str, cell: str) -> None:
    if name is None:
        draft.keep("csv", {header.strip(): cell}, ())
    elif name == "keyword":
        for word in cell.replace("|", ";").replace(",", ";").split(";"):
            draft.text(name, word.strip())
    elif name == "publisher":
        agent = Draft(FOAF + "Agent")
        agent.text("name", cell)
        draft.put(name, agent.nested())
    elif name in ("issued", "modified"):
        draft.date(name, cell)
    elif name in ("title", "description", "identifier"):
        draft.text(name, cell)
    else:
        draft.link(name, cell)
