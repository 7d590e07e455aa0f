# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The address of the next page of a source, as CKAN, catalogue services and Hydra give it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_SIZE = 1 << 18
_ROWS = 500
_COUNT = re.compile(rb'"count"\s*:\s*(\d+)')
_NEXT_RECORD = re.compile(rb"nextRecord\s*=\s*[\"'](\d+)")
_MATCHED = re.compile(rb"numberOfRecordsMatched\s*=\s*[\"'](\d+)")
_HYDRA = re.compile(
    rb"(?:hydra:next(?:Page)?|hydra/core#next(?:Page)?>?)\"?\s*:?\s*\[?\s*(?:\{\s*\"@id\"\s*:\s*|rdf:resource\s*=\s*)?[\"<]([^\">]+)"
)


def first(address: str) -> str:
    """The address to begin with: CKAN gives ten packages at a time unless it is asked for more."""
    if _is_ckan(address):
        return _with(address, {"rows": str(_ROWS), "start": "0"}, keep=True)
    return address


def following(address: str, page: Path) -> str:
    """The address of the page after this one, or an empty text."""
    with page.open("rb") as file:
        head = file.read(_SIZE)
        file.seek(max(page.stat().st_size - _SIZE, 0))
        text = head if page.stat().st_size <= _SIZE else head + b"\n" + file.read()
    if _is_ckan(address):
        return _next_ckan(address, text)
    if (record := _NEXT_RECORD.search(text)) and (matched := _MATCHED.search(text)):
        start = int(record[1])
        return _with(address, {"startPosition": str(start)}) if 0 < start <= int(matched[1]) else ""
    found = _HYDRA.search(text)
    return urljoin(address, found[1].decode("utf-8", "replace")) if found else ""


def _is_ckan(address: str) -> bool:
    return urlsplit(address).path.rstrip("/").endswith("package_search")


def _next_ckan(address: str, text: bytes) -> str:
    asked = dict(parse_qsl(urlsplit(address).query))
    start = int(asked.get("start", "0")) + int(asked.get("rows", "10"))
    count = _COUNT.search(text)
    return _with(address, {"start": str(start)}) if count and start < int(count[1]) else ""


def _with(address: str, values: dict[str, str], keep: bool = False) -> str:
    """The address with these values in its query; with `keep`, values that are there stay."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    lower = {name.lower(): name for name in asked}
    for name, value in values.items():
        known = lower.get(name.lower(), name)
        if not (keep and known in asked):
            asked[known] = value
    return urlunsplit(parts._replace(query=urlencode(asked)))
