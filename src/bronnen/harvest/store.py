# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The folder of a harvest: records of each source in one NDJSON file, and what is known of each source.

Every file is written beside its name and then renamed, records before state: a run that is killed leaves each
source as it was or as it will be, and state that is older than its records only costs reading them again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bronnen.harvest.joins import Key
from bronnen.records import Thing, from_json

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LISTED_LINE = re.compile(r'\{"kind":"(\w+)","id":("(?:[^"\\]|\\.)*")')


class BusyError(Exception):
    """Another run is writing in this folder."""


@dataclass(slots=True)
class State:
    """What is known of one source after it was read."""

    source: str
    digest: str
    readers: int
    etag: str = ""
    last_modified: str = ""
    kinds: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    doubles: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    findings: dict[str, int] = field(default_factory=dict)
    promised: int | None = None
    missing: int = 0
    incomplete: bool = False


class Store:
    """A folder with harvested records."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._states = folder / "state"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """For one run at a time; BusyError for a second one. Left-overs of a killed run are removed."""
        self._states.mkdir(parents=True, exist_ok=True)
        with (self._states / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BusyError("another harvest is writing in this folder") from None
            for left in (*self.folder.glob("*.part"), *self._states.glob("*.part")):
                left.unlink()
            yield

    def state(self, source: str) -> State | None:
        """What is known of a source; None when it was never read to a result."""
        path = self._states / f"{slug(source)}.json"
        if not path.is_file() or not self.path(source).is_file():
            return None
        return State(**json.loads(path.read_text(encoding="utf-8")))

    def path(self, source: str) -> Path:
        """The file with the records of a source."""
        return self.folder / f"{slug(source)}.ndjson"

    def lines(self, source: str) -> Iterator[tuple[str, str, str]]:
        """(kind, id, line) of each record of a source."""
        if not self.path(source).is_file():
            return
        with self.path(source).open(encoding="utf-8", newline="\n") as file:
            for line in file:
                if found := _LISTED_LINE.match(line):
                    yield found[1], json.loads(found[2]), line

    def write(self, state: State, lines: Iterable[str], keys: Iterable[tuple[str, Key]]) -> None:
        """Puts the records of a source in the place of the earlier ones."""
        name = slug(state.source)
        _replace(self.path(state.source), lines)
        rows = (json.dumps([id_, *key], ensure_ascii=False) + "\n" for id_, key in keys)
        _replace(self._states / f"{name}.keys", rows)
        _replace(self._states / f"{name}.json", [json.dumps(asdict(state), ensure_ascii=False, indent=1)])

    def keys(self) -> Iterator[tuple[str, str, Key]]:
        """(source, id, key) of everything that may be the same as something else."""
        for path in sorted(self._states.glob("*.keys")):
            with path.open(encoding="utf-8", newline="\n") as file:
                for line in file:
                    id_, reason, key = json.loads(line)
                    yield path.stem, id_, (reason, key)

    def write_joins(self, joins: Iterable[dict[str, Any]]) -> int:
        """Writes which records are the same; gives how many joins there are."""
        lines = [json.dumps(join, ensure_ascii=False) + "\n" for join in joins]
        _replace(self._states / "joins.jsonl", lines)
        return len(lines)

    def joins(self) -> int | None:
        """How many joins the last run found; None when none was written."""
        path = self._states / "joins.jsonl"
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return sum(1 for _ in file)


def slug(source: str) -> str:
    """A file name for a source: readable, and different for different sources."""
    tail = re.split(r"[/\\]", source.rstrip("/"))[-1].lower()
    mark = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{_NOT_PLAIN.sub('-', tail).strip('-')[:60] or 'source'}-{mark}"


def records(folder: Path) -> Iterator[Thing]:
    """All records of a folder that `bronnen harvest` wrote, source by source."""
    for path in sorted(folder.glob("*.ndjson")):
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield from_json(json.loads(line))


def _replace(path: Path, lines: Iterable[str]) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
