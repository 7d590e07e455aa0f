# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""All proposals for a text: overlaps resolved, and the text without what was found."""

from __future__ import annotations

from collections.abc import Iterable

from knooppunt.redaction.model import LABELS, Finding, Kind
from knooppunt.redaction.names import names
from knooppunt.redaction.numbers import numbers
from knooppunt.redaction.places import places

__all__ = ["Finding", "Kind", "find", "redact"]


def find(text: str) -> list[Finding]:
    """Every proposal, in order of place; of two that overlap the more certain one, then the longer."""
    proposals = [*numbers(text), *places(text), *names(text)]
    kept: list[Finding] = []
    taken = bytearray(len(text))
    for finding in sorted(proposals, key=lambda f: (-f.confidence, f.start - f.end, f.start)):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)


def redact(text: str, findings: Iterable[Finding], lang: str) -> str:
    """The text with each finding replaced by the name of its kind, in "nl" or "en"."""
    parts, at = [], 0
    for finding in sorted(findings, key=lambda f: f.start):
        parts += [text[at : finding.start], f"[{LABELS[lang][finding.kind.value]}]"]
        at = finding.end
    return "".join([*parts, text[at:]])
