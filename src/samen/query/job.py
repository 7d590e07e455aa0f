# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What parties need to know of a run, and what they give back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..holder import Binding


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a holder says about its upload of a table: padded rows, and words per part."""

    table: str
    holder: str
    rows: int
    words: Mapping[str, int]
    """Length of each part by its name."""
    commitments: Mapping[str, str] = field(default_factory=dict)
    """Per column what its data are bound to (``keeping``): other data have another."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run. ``inbox`` has a folder per party with the parts that holders left for it."""

    text: str
    """The study file."""
    fingerprint: str
    session: str
    inbox: str
    manifests: tuple[Manifest, ...]
    released: tuple[Mapping[str, Any], ...] = ()
    """Ledger entries of the tables of this study."""
    language: str = ""
    """Of what party 0 tells on stderr about its progress; empty: nothing."""
    ledger: str = ""
    """Where party 0 keeps the ledger that stands for all three in a rehearsal; empty: nowhere."""
    judge: bool = True
    """False in rehearsals on synthetic rows: differences that are too small do not stop the run."""

    def binding(self, manifest: Manifest, part: str) -> Binding:
        return Binding(self.fingerprint, manifest.holder, f"{manifest.table} {part}", self.session)

    def file(self, party: int, manifest: Manifest, part: str) -> Path:
        return Path(self.inbox) / f"party{party}" / f"{manifest.table}.{manifest.holder}.{part}"

    def of_table(self, table: str) -> list[Manifest]:
        return [manifest for manifest in self.manifests if manifest.table == table]


@dataclass(slots=True)
class Outcome:
    """What a party knows at the end: the opened values, and what the run cost here."""

    answers: list[Any] = field(default_factory=list)
    quality: list[Any] = field(default_factory=list)
    """Findings of the report on the joint data."""
    labelled: list[Any] = field(default_factory=list)
    """Answers to questions with secret labels."""
    released: list[dict[str, Any]] = field(default_factory=list)
    """What the ledger is to keep."""
    opened: dict[str, int] = field(default_factory=dict)
    phases: dict[str, float] = field(default_factory=dict)
    phase_bytes: dict[str, int] = field(default_factory=dict)
    rounds: int = 0
    sent_bytes: int = 0
    cpu_seconds: float = 0.0
    peak_megabytes: float = 0.0
