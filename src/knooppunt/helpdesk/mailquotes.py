# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a writer says, and what their mail program repeated below it. Nothing is thrown away. Pure, linear."""

from __future__ import annotations

import re

_COMPARED = re.compile(r">\s?=?\s*[€$]?\s?\d")
_ATTRIBUTION = re.compile(
    r"(?:Op|On|Am|Le) [^\n]{0,300}\b(?:schreef|geschreven|wrote|schrieb|écrit)\b[^\n]{0,200}:"
    r"|[^\n]{0,200}\b(?:schreef op|wrote on)\b[^\n]{0,200}:",
    re.I,
)
_BEGINS = re.compile(r"(?:Op|On|Am|Le) [^\n]{0,200}\d|[^\n]{0,200}\b(?:schreef op|wrote on)\b", re.I)
_ORIGINAL = re.compile(
    r"-{3,} ?(?:Oorspronkelijk bericht|Original Message|Original Appointment|Oorspronkelijke afspraak"
    r"|Ursprüngliche Nachricht) ?-{3,}",
    re.I,
)
_FIRST = re.compile(r"\*?(?:Van|From|Von|De)\s?:\*?\s", re.I)
_OTHER = re.compile(
    r"\*?(?:Verzonden|Sent|Gesendet|Datum|Date|Aan|To|An|Cc|Onderwerp|Subject|Betreff|Objet)\s?:", re.I
)
_RULE = re.compile(r"[_-]{5,}")
_FORWARDED = re.compile(r"\s*(?:fw|fwd|doorst|wg|tr)\s*:", re.I)
_ANSWERS = re.compile(r"\s*(?:re|antw|aw|sv|betr)\s*:", re.I)
HEADERS_WITHIN = 6


def fold(text: str, subject: str, *, is_answer: bool) -> tuple[str, str]:
    """The writer's own text, and what was folded away: a thread below it, or lines marked as quoted.

    Lines that only look quoted ("> 10 people") and quotations in a message that answers nothing are the
    writer's own. What is forwarded is what the message is about. When it is all there is, nothing is folded.
    """
    lines = text.splitlines()
    if _FORWARDED.match(subject):
        return text.strip(), ""
    is_answer = is_answer or bool(_ANSWERS.match(subject))
    end = _thread(lines)
    own: list[str] = []
    away: list[str] = []
    at = 0
    while at < end:
        stop, is_quote = _next(lines, at, end, is_answer=is_answer)
        (away if is_quote else own).extend(lines[at:stop])
        at = stop
    away += lines[end:]
    kept = "\n".join(own).strip()
    return (kept, "\n".join(away).strip()) if kept else (text.strip(), "")


def _thread(lines: list[str]) -> int:
    """Where the earlier message begins that Outlook and others repeat whole; the end when there is none."""
    for at, line in enumerate(lines):
        stripped = line.strip()
        if _ORIGINAL.fullmatch(stripped[:100]):
            return at
        if _FIRST.match(stripped) and _is_head(lines, at):
            return _before(lines, at)
    return len(lines)


def _is_head(lines: list[str], at: int) -> bool:
    """A first header with at least two others close below it."""
    return sum(bool(_OTHER.match(line.strip())) for line in lines[at + 1 : at + HEADERS_WITHIN]) >= 2


def _before(lines: list[str], at: int) -> int:
    """The rule above a head belongs to it."""
    above = at - 1
    while above > at - 3 and above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _RULE.fullmatch(lines[above].strip()[:200]) else at


def _next(lines: list[str], at: int, end: int, *, is_answer: bool) -> tuple[int, bool]:
    """The next piece: where it ends, and whether it is a quotation."""
    if length := _attribution(lines, at, end):
        start = at + length
        while start < min(end, at + length + 3) and not lines[start].strip():
            start += 1
        stop = _quoted(lines, start, end)
        if stop > start:
            return stop, True
        if "@" in "".join(lines[at : at + length]) and start < end:
            return end, True  # the earlier message without marks, as converters of HTML leave it
        return at + 1, False
    stop = _quoted(lines, at, end)
    if stop == at:
        return at + 1, False
    return stop, is_answer and not all(_COMPARED.match(line) for line in lines[at:stop])


def _attribution(lines: list[str], at: int, end: int) -> int:
    """How many lines say who wrote what follows ("Op … schreef …:", wrapped or not); 0 when none do."""
    if not _BEGINS.match(lines[at].strip()[:500]):
        return 0
    said = ""
    for length, line in enumerate(lines[at : min(end, at + 3)], 1):
        said = f"{said} {line.strip()}".strip()[:700]
        if line.rstrip().endswith(":"):
            return length if _ATTRIBUTION.fullmatch(said) else 0
    return 0


def _quoted(lines: list[str], at: int, end: int) -> int:
    while at < end and lines[at].startswith(">"):
        at += 1
    return at
