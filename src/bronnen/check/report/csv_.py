# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worklist as CSV for a Dutch spreadsheet: semicolons, UTF-8 with a mark, text that is no formula."""

from __future__ import annotations

import csv
import io
from typing import IO, Final

from bronnen.check.report.plain import WORDS
from bronnen.check.run import Result

_HEAD: Final = {
    "nl": ("regel", "soort", "datasets", "bevindingen", "punten", "wettelijke plicht", "wat", "voorbeeld"),
    "en": ("rule", "severity", "datasets", "findings", "points", "legal duty", "what", "example"),
}


def write(result: Result, output: IO[bytes], language: str) -> None:
    """One row for each cause, the one to fix first on top."""
    for _ in result.items():
        pass
    words = WORDS[language]
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(_HEAD[language])
    for cause in result.worklist.causes():
        rule = cause.rule
        said = getattr(rule.message, language)
        counts = (cause.datasets, cause.findings, cause.points)
        example = _safe(next(iter(cause.examples), ""))
        rows.writerow([rule.id, words[rule.severity.value], *counts, rule.duty, said, example])
    output.write(b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace"))


def _safe(text: str) -> str:
    """A cell that a spreadsheet would take as a formula is marked as text."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
