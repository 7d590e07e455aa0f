# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""JSON and JSON lines of CKAN and DCAT-US: each element of the list is read by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bronnen.readers import ckan, dcatus
from bronnen.readers.jsonstream import JsonStream
from bronnen.readers.model import Document, Item, Items, Refusal, UnreadableError
from bronnen.records import Thing

#: Where the list of datasets stands in a JSON file.
LISTS: Final = ("result", "results", "dataset", "datasets", "packages")
_SHAPE = "JSON of another shape than CKAN packages or DCAT-US datasets"
_CURE = "Give the answer of package_search, a list of packages, or a data.json."


def read(document: Document) -> Items:
    """Records of a JSON file with one list of datasets."""
    with document.path.open(encoding="utf-8-sig", errors="replace") as file:
        stream = JsonStream(file)
        number = kept = 0
        misfits: list[Item] = []
        try:
            for form in stream.elements(*LISTS):
                number += 1
                item = _item(form, f"element {number}", document.source)
                if isinstance(item, Thing):
                    kept += 1
                    yield item
                else:
                    misfits.append(item)
        except UnreadableError as error:
            yield Refusal(f"element {number + 1}", str(error), error.cure, broken=True)
            yield from misfits
            return
    if number == 0:
        yield from _single(stream.head, document.source)
    elif kept == 0:
        yield Refusal("file", f"{_SHAPE}: none of {number} elements is one", _CURE, broken=True)
    else:
        yield from misfits


def _single(head: dict[str, Any], source: str) -> Iterator[Item]:
    """An answer of package_show, or a dataset by itself."""
    if head.get("success") is False:
        yield Refusal(
            "file", "the catalogue answered with an error", "Ask again, or ask its keeper.", broken=True
        )
    else:
        item = _item(head, "file", source)
        yield replace(item, broken=True) if isinstance(item, Refusal) else item


def read_lines(document: Document) -> Items:
    """Records of JSON lines: a line that cannot be read is refused, the next is read."""
    with document.path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                form = json.loads(line)
            except (ValueError, RecursionError):
                yield Refusal(
                    f"line {number}", "a line that is not JSON", "Write one JSON object on each line."
                )
                continue
            yield _item(form, f"line {number}", document.source)


def _item(form: Any, position: str, source: str) -> Item:
    try:
        if dcatus.is_dataset(form) and not {"resources", "notes"} & set(form):
            return dcatus.record(form, source)
        if ckan.is_package(form):
            return ckan.record(form, source)
    except (TypeError, AttributeError, ValueError) as error:
        return Refusal(position, f"a field of an unexpected type ({type(error).__name__})", _CURE)
    has_title = isinstance(form, Mapping) and "title" in form
    return Refusal(position, _SHAPE if not has_title else "a title and nothing else that is known", _CURE)
