# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How good the proposals are, on the labelled set of our own: precision and recall per kind."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from knooppunt.redaction.finding import find
from knooppunt.redaction.model import Kind

LABELLED = Path(__file__).parent / "labelled.txt"
# Measured on, and never looked at to mend a rule.
HELD_OUT = Path(__file__).parent / "held_out.txt"
_MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")
Span = tuple[str, int, int]


def cases(file: Path = LABELLED) -> list[tuple[str, list[Span]]]:
    """Each labelled text without its marks, and what was marked: kind, start, end."""
    lines = file.read_text("utf-8").splitlines()
    return [_case(line.replace("\\n", "\n")) for line in lines if line and not line.startswith("#")]


def _case(marked: str) -> tuple[str, list[Span]]:
    text, spans, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((Kind(match[1]).value, len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    return text + marked[at:], spans


def measure(file: Path = LABELLED) -> dict[str, Any]:
    """Precision and recall, strict: a proposal is right when kind, start and end are those of a mark.

    `covered` is milder: the share of marks of which every sign is inside proposals, of whatever kind.
    """
    right: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    texts = cases(file)
    for text, spans in texts:
        found = {(f.kind.value, f.start, f.end) for f in find(text)}
        hidden = {place for _, start, end in found for place in range(start, end)}
        proposed.update(kind for kind, _, _ in found)
        marked.update(kind for kind, _, _ in spans)
        right.update(kind for kind, _, _ in found & set(spans))
        covered.update(kind for kind, start, end in spans if hidden.issuperset(range(start, end)))
    rows = {kind.value: _row(right[kind], proposed[kind], marked[kind], covered[kind]) for kind in Kind}
    total = _row(*(sum(counts.values()) for counts in (right, proposed, marked, covered)))
    return {"cases": len(texts), "all": total, "kinds": rows}


def _row(right: int, proposed: int, marked: int, covered: int) -> dict[str, Any]:
    share = {
        "precision": right / proposed if proposed else 1.0,
        "recall": right / marked if marked else 1.0,
        "covered": covered / marked if marked else 1.0,
    }
    return {"marked": marked, "proposed": proposed, **{k: round(v, 3) for k, v in share.items()}}
