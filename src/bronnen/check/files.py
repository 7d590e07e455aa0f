# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The profile of a small table file, and what of it is not as its distribution claims."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bronnen.check.mqa import iris
from bronnen.records import Distribution, Literal

_SIGNS: Final = (
    (b"PK\x03\x04", "ZIP"), (b"\x1f\x8b", "GZIP"), (b"%PDF", "PDF"), (b"\xd0\xcf\x11\xe0", "XLS"),
)  # fmt: skip
_DELIMITERS: Final = ";,\t|"
#: Formats as they are claimed, by the end of their IRI, and what a file of that format looks like.
_LOOKS: Final = {
    "CSV": {"CSV"}, "TEXT/CSV": {"CSV"}, "TSV": {"CSV"}, "TEXT/TAB-SEPARATED-VALUES": {"CSV"},
    "JSON": {"JSON"}, "APPLICATION/JSON": {"JSON"}, "GEOJSON": {"JSON"}, "APPLICATION/GEO+JSON": {"JSON"},
    "JSON_LD": {"JSON"}, "XML": {"XML"}, "APPLICATION/XML": {"XML"}, "TEXT/XML": {"XML"}, "GML": {"XML"},
    "XLSX": {"ZIP"}, "ODS": {"ZIP"}, "ZIP": {"ZIP"}, "APPLICATION/ZIP": {"ZIP"}, "SHP": {"ZIP"},
    "XLS": {"XLS", "ZIP"}, "PDF": {"PDF"}, "APPLICATION/PDF": {"PDF"},
}  # fmt: skip
_TABLES: Final = frozenset({"CSV", "TEXT/CSV", "TSV", "TEXT/TAB-SEPARATED-VALUES"})


@dataclass(slots=True)
class Profile:
    """What a file is: its looks, and for a table its encoding, columns and rows. No cell is kept."""

    looks: str
    size: int
    encoding: str = ""
    delimiter: str = ""
    columns: list[str] = field(default_factory=list)
    rows: int = 0
    uneven: int = 0

    def to_json(self) -> str:
        """The form in which a history keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def from_json(text: str) -> Profile:
    """The profile of a form."""
    return Profile(**json.loads(text))


def claims(distribution: Distribution) -> set[str]:
    """The formats that a distribution names, in capitals: the end of the IRI or the text."""
    found = set()
    for iri in iris(distribution.format + distribution.media_type):
        is_media_type = "media-types/" in iri
        found.add((iri.split("media-types/")[1] if is_media_type else iri.rsplit("/", 1)[-1]).upper())
    found |= {
        v.value.upper() for v in distribution.format + distribution.media_type if isinstance(v, Literal)
    }
    return found


def is_table(distribution: Distribution) -> bool:
    """Whether a distribution says to be a table in text."""
    return bool(claims(distribution) & _TABLES)


def profile(path: Path) -> Profile:
    """What a file is; a table is read to its end, row by row."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(1 << 16)
    for sign, looks in _SIGNS:
        if head.startswith(sign):
            return Profile(looks, size)
    encoding = _encoding(path)
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if text[:1] == "<":
        is_page = "<html" in text[:2000].lower() or text[:14].lower() == "<!doctype html"
        return Profile("HTML" if is_page else "XML", size, encoding)
    if text[:1] in ("{", "[") and _is_json(text, len(head) < size):
        return Profile("JSON", size, encoding)
    return _table(path, size, encoding)


def _is_json(text: str, cut: bool) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return cut
    return True


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with path.open(encoding="utf-8") as lines:
            for _ in lines:
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _table(path: Path, size: int, encoding: str) -> Profile:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = file.readline().lstrip("\ufeff")
        delimiter = max(_DELIMITERS, key=first.count)
        file.seek(0)
        rows = _rows(file, delimiter)
        columns = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
        widths = Counter(len(row) for row in rows if row)
    found = Profile("CSV", size, encoding, delimiter, columns[:1000], widths.total())
    found.uneven = sum(count for width, count in widths.items() if width != len(columns))
    return found


def _rows(file: io.TextIOBase, delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(file, delimiter=delimiter)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield ["", ""] * 500  # A row that cannot be read is uneven whatever the columns are.


def broken_rules(found: Profile, distribution: Distribution) -> list[str]:
    """The ends of the rules (`format`, `empty` …) that a file with this profile breaks."""
    claimed = claims(distribution)
    fits = [look for claim in claimed for look in _LOOKS.get(claim, ())]
    if fits and found.looks not in fits:
        return ["format"]
    broken = _of_table(found) if claimed & _TABLES else []
    sizes = [value.value for value in distribution.byte_size if isinstance(value, Literal)]
    if len(sizes) == 1 and sizes[0].isdecimal() and abs(int(sizes[0]) - found.size) > found.size / 10:
        broken.append("size")
    return broken


def _of_table(found: Profile) -> list[str]:
    named = [name for name in found.columns if name]
    tests: dict[str, Any] = {
        "empty": found.rows == 0,
        "encoding": found.encoding != "utf-8",
        "rows": found.uneven > 0,
        "columns": len(named) < len(found.columns) or len(set(named)) < len(named),
    }
    return [name for name, is_broken in tests.items() if is_broken]
