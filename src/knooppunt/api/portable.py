# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hub's content as a folder of open files, and back into an empty hub.

Rule: exporting, importing into an empty hub, and exporting again gives the same bytes. Accounts and what
belongs to them (drafts, follows, tokens) are not content and stay out; a person downloads their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

FORMAT = 1
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class Part:
    """One app's content. `export` yields records in a fixed order, each plain data with a natural key;
    `load` writes them, each or its batch whole, and says how many it took. Lower `order` is loaded first.
    """

    order: int
    title: str
    export: Callable[[], Iterable[dict[str, Any]]]
    load: Callable[[Iterator[dict[str, Any]]], int]


_parts: dict[str, Part] = {}


def register(
    name: str,
    title: str,
    *,
    order: int,
    export: Callable[[], Iterable[dict[str, Any]]],
    load: Callable[[Iterator[dict[str, Any]]], int],
) -> None:
    _parts[name] = Part(order, title, export, load)


def parts() -> list[tuple[str, Part]]:
    return sorted(_parts.items(), key=lambda item: (item[1].order, item[0]))


def lines(name: str) -> Iterator[str]:
    """The records of one part, a JSON object per line."""
    for record in _parts[name].export():
        yield json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n"


def export(folder: Path) -> dict[str, int]:
    """Write every part to `folder`; ValueError when something else is in the way. Records per part."""
    folder.mkdir(parents=True, exist_ok=True)
    foreign = [f.name for f in folder.iterdir() if f.name not in {DESCRIPTOR, *_files()}]
    if foreign:
        names = ", ".join(sorted(foreign)[:3])
        raise ValueError(f"{folder} holds other files ({names}): give an empty folder")
    counted = {}
    for name, _part in parts():
        counted[name] = 0
        with (folder / f"{name}.ndjson").open("w", encoding="utf-8") as file:
            for line in lines(name):
                file.write(line)
                counted[name] += 1
    descriptor = {
        "name": "knooppunt",
        "format": FORMAT,
        "licenses": [{"name": "CC0-1.0"}],
        "resources": [
            {"name": name, "title": part.title, "path": f"{name}.ndjson", "format": "ndjson"}
            for name, part in parts()
        ],
    }
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")
    return counted


def _files() -> set[str]:
    return {f"{name}.ndjson" for name, _part in parts()}


def load(folder: Path) -> dict[str, int]:
    """Read an exported folder, each part whole or not at all. Records per part.

    ValueError names file and line of what cannot be read; the parts before it stand, and running it again
    after the repair goes on.
    """
    _check(folder / DESCRIPTOR)
    return {
        name: _load(part, folder / f"{name}.ndjson")
        for name, part in parts()
        if (folder / f"{name}.ndjson").is_file()
    }


def _check(descriptor: Path) -> None:
    if not descriptor.is_file():
        raise ValueError(f"{descriptor} is missing: give a folder made by knooppunt export")
    try:
        version = json.loads(descriptor.read_text(encoding="utf-8")).get("format")
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{descriptor} cannot be read ({error}): export the folder again") from error
    if version != FORMAT:
        raise ValueError(f"{descriptor} has format {version}; this hub reads format {FORMAT}")


def _load(part: Part, file: Path) -> int:
    records = Records(file)
    try:
        with transaction.atomic():
            return part.load(iter(records))
    except KeyError as error:
        raise ValueError(f"{file.name}, line {records.line}: {error} is missing or unknown") from error
    except (ValueError, TypeError, AttributeError, ValidationError) as error:
        raise ValueError(f"{file.name}, line {records.line}: {error}") from error


class Records:
    """The records of a file, one JSON object per line, and the line that was read last."""

    def __init__(self, file: Path) -> None:
        self.file, self.line = file, 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        with self.file.open(encoding="utf-8") as source:
            for self.line, text in enumerate(source, 1):
                record = json.loads(text)
                if not isinstance(record, dict):
                    raise TypeError("give one JSON object per line")
                yield record
