# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What readers are given and what they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bronnen.records import Thing


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read. `source` names where it came from and is part of the identity of what has no IRI."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that could not be taken: where it stands, why, and what to do about it.

    `broken` tells that reading did not reach the end, so that what is missing may still exist.
    """

    position: str
    cause: str
    cure: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was read otherwise than it was written; the record is kept."""

    position: str
    cause: str


class UnreadableError(Exception):
    """The whole document is of no use; the message says why, `cure` what to do."""

    def __init__(self, cause: str, cure: str) -> None:
        super().__init__(cause)
        self.cure = cure


Item = Thing | Refusal | Remark
Items = Iterator[Item]
