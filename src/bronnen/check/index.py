# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a folder of records describes, and where: 24 bytes for each record, however long it is.

Keys are 64-bit hashes of IRIs, salted by each process. Two of a million records share one with a chance of
about 3 in 10^8; then one could be taken for the other.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

import numpy as np

from bronnen.check.requirements import SUBCLASSES
from bronnen.records import Thing, from_json

_HEAD = re.compile(
    rb'\{"kind":"(\w+)"(?:,"id":("(?:[^"\\]|\\.)*"))?(?:,"types":\[("(?:[^"\\]|\\.)*"(?:,"(?:[^"\\]|\\.)*")*)\])?'
)
_MASK: Final = (1 << 64) - 1
_FILE_BITS: Final = 44


class Index:
    """The records of a folder by IRI. `classes` are the classes that may be asked for, 62 at most."""

    def __init__(self, folder: Path, classes: Iterable[str], exact: bool) -> None:
        self.files = sorted(folder.glob("*.ndjson"))
        self._bits = {class_: 1 << at for at, class_ in enumerate(sorted(set(classes)))}
        self._exact = exact
        self._open: dict[int, IO[bytes]] = {}
        self._masks: dict[bytes, int] = {}
        self._keys, self._found, self._places = array("Q"), array("Q"), array("Q")
        self.kinds: dict[str, int] = {}
        self.marked: set[int] = set()
        self.served: set[int] = set()
        for number, path in enumerate(self.files):
            self._scan(number, path)
        self._sort()
        self._done = bytearray(len(self._keys))

    def is_known(self, iri: str) -> bool:
        """Whether there is a record of this IRI."""
        return self._at(iri) >= 0

    def is_typed(self, iri: str) -> bool:
        """Whether a record of this IRI says what it is, with at least one class."""
        at = self._at(iri)
        return at >= 0 and bool(self._found[at])

    def has_class(self, iri: str, class_: str) -> bool:
        """Whether a record of this IRI has this class."""
        key, bit = hash(iri) & _MASK, self._bits[class_]
        at = bisect_left(self._keys, key)
        while at < len(self._keys) and self._keys[at] == key:
            if self._found[at] & bit:
                return True
            at += 1
        return False

    def fetch(self, iri: str) -> Thing | None:
        """The record of this IRI, from its place in the files."""
        at = self._at(iri)
        if at < 0:
            return None
        number, offset = self._places[at] >> _FILE_BITS, self._places[at] & ((1 << _FILE_BITS) - 1)
        file = self._open.get(number)
        if file is None:
            file = self._open[number] = self.files[number].open("rb")
        file.seek(offset)
        return from_json(json.loads(file.readline()))

    def take(self, iri: str) -> bool:
        """Whether this is the first time that this IRI is taken; True for one that has no record."""
        at = self._at(iri)
        if at < 0:
            return True
        first = not self._done[at]
        self._done[at] = 1
        return first

    def is_marked(self, iri: str) -> bool:
        """Whether this is a dataset, series or service that says to be of high value."""
        return hash(iri) in self.marked

    def is_served(self, iri: str) -> bool:
        """Whether a data service says to give this dataset."""
        return hash(iri) in self.served

    def lines(self) -> Iterator[tuple[str, bytes, str]]:
        """Kind, line and catalogue of each record, in the order of the files."""
        for path in self.files:
            with path.open("rb") as file:
                for line in file:
                    if found := _HEAD.match(line):
                        yield found[1].decode(), line, path.stem

    def close(self) -> None:
        """Closes the files."""
        for file in self._open.values():
            file.close()

    def _scan(self, number: int, path: Path) -> None:
        place = number << _FILE_BITS
        with path.open("rb") as file:
            for line in file:
                if found := _HEAD.match(line):
                    self._note(found, line, place)
                place += len(line)

    def _note(self, found: re.Match[bytes], line: bytes, place: int) -> None:
        kind = found[1].decode()
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        id_ = json.loads(found[2]) if found[2] else ""
        types = found[3] or b""
        mask = self._masks.get(types)
        if mask is None:
            mask = self._masks[types] = self._mask(json.loads(b"[" + types + b"]"))
        self._keys.append(hash(id_) & _MASK)
        self._found.append(mask)
        self._places.append(place)
        if b'"hvd_category"' in line or b"reg_impl/2023/138" in line:
            form = json.loads(line)
            if "hvd_category" in form or any(is_hvd_act(one) for one in form.get("legislation", ())):
                self.marked.add(hash(id_))
        if kind == "DataService":
            for value in json.loads(line).get("serves_dataset", ()):
                if isinstance(value, dict) and "iri" in value:
                    self.served.add(hash(value["iri"]))

    def _mask(self, types: list[str]) -> int:
        mask = (1 << 63) if types else 0
        for type_ in types:
            mask |= self._bits.get(type_, 0)
            broader = None if self._exact else SUBCLASSES.get(type_)
            while broader is not None:
                mask |= self._bits.get(broader, 0)
                broader = SUBCLASSES.get(broader)
        return mask

    def _sort(self) -> None:
        keys = np.frombuffer(self._keys, dtype=np.uint64)
        order = np.argsort(keys, kind="stable")
        for name in ("_keys", "_found", "_places"):
            values = np.frombuffer(getattr(self, name), dtype=np.uint64)[order]
            setattr(self, name, array("Q", values.tobytes()))

    def _at(self, iri: str) -> int:
        key = hash(iri) & _MASK
        at = bisect_left(self._keys, key)
        return at if at < len(self._keys) and self._keys[at] == key else -1


def is_hvd_act(value: object) -> bool:
    """Whether a value in the JSON form refers to the regulation on high value datasets."""
    return isinstance(value, dict) and "reg_impl/2023/138" in str(value.get("iri", ""))
