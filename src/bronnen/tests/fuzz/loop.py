# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The loop: an input that reaches lines of ours that none reached before is kept and changed further."""

from __future__ import annotations

import gc
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from bronnen.harvest.findings import findings
from bronnen.readers import Document, Refusal, read
from bronnen.records import Thing, from_json, to_json, to_line
from bronnen.tests.harvest.test_hostile import SEEDS

WATCHED = ("bronnen/readers/", "bronnen/records.py", "bronnen/identity.py", "bronnen/harvest/findings.py")
LONGEST = 20_000
#: Pieces that mean something to one of the readers.
WORDS = [
    b'"@id"', b'"@graph"', b'"@type"', b'"@context"', b'"@list"', b'"@value"', b"null", b"true",
    b"1e999", b"[]",
    b"{}", b'"resources"', b'"extras"', b'"distribution"', b'"temporal"', b'"a/b"', b'"license_id"', b"_:b",
    b"<rdf:li/>", b"rdf:nodeID='b'", b"rdf:parseType='Collection'", b"xml:lang='en_US'", b"<![CDATA[", b"]]>",
    b"&amp;", b"&#0;", b'"x"@en_US', b'"31-02-2024"^^xsd:date', b"<a b>", b" a [] ;", b"<< <a> <b> <c> >>",
    b"\xff", b"\xef\xbb\xbf", b"\x00", b"\xed\xa0\x80", b"{", b"}", b"\n", b";", b'"', b"'",
]  # fmt: skip


class Fuzzer:
    """Inputs that were kept, the lines that they reached, and what crashed."""

    def __init__(self, chance: random.Random) -> None:
        self.corpus: list[tuple[str, bytes]] = [(name, text.encode()) for name, text in SEEDS.items()]
        self.reached: set[tuple[str, int]] = set()
        self.crashes: list[tuple[bytes, BaseException]] = []
        self.runs = 0
        self._chance = chance
        self._folder = tempfile.TemporaryDirectory(prefix="bronnen-fuzz-")
        for name, content in list(self.corpus):
            self._try(name, content)

    def step(self) -> None:
        """One changed input; kept when it reached something new."""
        name, content = self._chance.choice(self.corpus)
        changed = self._changed(content)[:LONGEST]
        if self._try(name, changed):
            self.corpus.append((name, changed))

    def _changed(self, content: bytes) -> bytes:
        chance = self._chance
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(content) + 1)
            end = min(at + chance.randint(0, 30), len(content))
            other = chance.choice(self.corpus)[1]
            start = chance.randrange(len(other) + 1)
            piece = chance.choice([
                b"", chance.choice(WORDS), content[at:end] * 2, other[start : start + 40],
                chance.randbytes(2),
            ])  # fmt: skip
            content = content[:at] + piece + content[end:]
        return content

    def _try(self, name: str, content: bytes) -> bool:
        """Whether the input reached a line for the first time."""
        path = Path(self._folder.name) / name
        path.write_bytes(content)
        before = len(self.reached)
        self.runs += 1
        sys.settrace(self._trace())
        try:
            exercise(path)
        except Exception as error:  # A crash is what is looked for.
            self.crashes.append((content, error))
        finally:
            sys.settrace(None)
            gc.enable()
        return len(self.reached) > before

    def _trace(self) -> Callable[[FrameType, str, Any], Any]:
        reached = self.reached

        def lines(frame: FrameType, event: str, argument: Any) -> Any:
            if event == "line":
                reached.add((frame.f_code.co_filename, frame.f_lineno))
            return lines

        def calls(frame: FrameType, event: str, argument: Any) -> Any:
            return lines if any(part in frame.f_code.co_filename for part in WATCHED) else None

        return calls


def exercise(path: Path) -> None:
    """Reads a file; what comes of it must keep the promises of readers and records."""
    for item in read(Document(path, "fuzz")):
        if isinstance(item, Thing):
            list(findings(item))
            if to_json(from_json(to_json(item))) != to_json(item):
                raise AssertionError("a record that is not its own line")
            to_line(item).encode("utf-8", "surrogatepass")
        elif isinstance(item, Refusal) and not (item.cause and item.cure):
            raise AssertionError(f"a refusal without cause or cure: {item}")
