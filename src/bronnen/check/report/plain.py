# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result as JSON with every finding, or as a table of what to fix first."""

from __future__ import annotations

import json
from typing import IO, Final

from bronnen.check import causes
from bronnen.check.model import Finding
from bronnen.check.run import Result
from bronnen.check.worklist import Cause

TOP: Final = 10
WORDS: Final = {
    "nl": {
        "first": "Herstel dit eerst", "datasets": "datasets", "points": "punten", "duty": "wettelijke plicht",
        "score": "Kwaliteitsscore", "of": "van", "found": "Gevonden", "violation": "fout",
        "warning": "advies", "info": "tip", "nothing": "Niets gevonden.", "refused": "Niet gelezen",
        "mean": "gemiddeld", "more": "en nog {number} keer",
        "links": "Verwijzingen zijn niet nagegaan; die 80 punten zijn niet gegeven.",
    },
    "en": {
        "first": "Fix this first", "datasets": "datasets", "points": "points", "duty": "legal duty",
        "score": "Quality score", "of": "of", "found": "Found", "violation": "violation", "warning": "advice",
        "info": "hint", "nothing": "Nothing found.", "refused": "Not read", "mean": "on average",
        "more": "and {number} more times",
        "links": "Links were not checked; those 80 points were not given.",
    },
}  # fmt: skip


def write_json(result: Result, output: IO[bytes], language: str) -> None:
    """One JSON object: `findings` as they come, then `totals` and `worklist`. Both languages are in it."""
    head = {"source": result.source, "profile": result.profile}
    output.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "findings": [')
    first = True
    for item in result.items():
        if isinstance(item, Finding):
            output.write((b"\n" if first else b",\n") + _line(item.to_json()))
            first = False
    worklist = [cause.to_json() for cause in result.worklist.causes()]
    output.write(b'],\n"totals": ' + _line(result.totals()) + b',\n"worklist": ' + _line(worklist) + b"}\n")


def write_unreadable(source: str, profile: str, refused: list[dict[str, str]], output: IO[bytes]) -> None:
    """The same form for a source without a single record: what was refused, as findings."""
    findings = [causes.finding(one).to_json() for one in refused]
    totals = {"records": {}, "findings": len(findings), "violation": len(findings), "refused": refused}
    form = {"source": source, "profile": profile, "findings": findings, "totals": totals, "worklist": []}
    output.write(_line(form) + b"\n")


def _line(form: object) -> bytes:
    return json.dumps(form, ensure_ascii=False).encode("utf-8", "replace")


def write_table(result: Result, output: IO[bytes], language: str) -> None:
    """The ten causes to fix first, and the score, for a terminal."""
    for _ in result.items():
        pass
    words = WORDS[language]
    totals = result.totals()
    score = totals["mqa"]
    lines = [
        f"{words['score']}: {score['mean']} {words['of']} {score['most']} "
        f"({words['mean']}, {score['datasets']} datasets)",
        *([] if score["links_measured"] else [words["links"]]),
        f"{words['found']}: "
        + ", ".join(f"{totals[name]} × {words[name]}" for name in ("violation", "warning", "info")),
    ]
    causes = result.worklist.causes()[:TOP]
    lines += ["", words["first"], ""] if causes else ["", words["nothing"]]
    for number, cause in enumerate(causes, 1):
        lines += [f"{number:2}. {headline(cause, language)}", f"    {getattr(cause.rule.message, language)}"]
    lines += refusals(result.refused, words)
    output.write(("\n".join(lines) + "\n").encode("utf-8", "replace"))


def refusals(refused: list[dict[str, str]], words: dict[str, str]) -> list[str]:
    """A line per source and cause, with the first place and how many more there are; JSON has every place."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in refused:
        places.setdefault((one["source"], one["cause"]), []).append(one["position"])
    return [
        f"{words['refused']}: {source}, {found[0]}"
        + (f" ({words['more'].format(number=len(found) - 1)})" if len(found) > 1 else "")
        + f": {cause}"
        for (source, cause), found in places.items()
    ]


def headline(cause: Cause, language: str) -> str:
    """How many datasets, points and duties a repair is about."""
    words = WORDS[language]
    parts = [f"{cause.datasets} {words['datasets']}", f"+{cause.points} {words['points']}"]
    if cause.rule.duty:
        parts.append(words["duty"])
    return f"[{words[cause.rule.severity.value]}] {', '.join(parts)} – {cause.rule.id}"
