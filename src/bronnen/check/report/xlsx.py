# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A workbook: what to fix first, publishers, datasets and findings, each on a sheet; row by row to disk.

Text from a catalogue is never taken as a formula or a link.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO, Any, Final

import xlsxwriter

from bronnen.check.model import Finding
from bronnen.check.names import short
from bronnen.check.report.plain import WORDS
from bronnen.check.run import Result

_MOST_ROWS: Final = 1_048_575
_LONGEST: Final = 32_000
_HEADS: Final[dict[str, Any]] = {
    "nl": {
        "worklist": ("Eerst herstellen", ["Nr", "Wat", "Soort", "Datasets", "Bevindingen", "Punten",
                                          "Wettelijke plicht", "Regel", "Voorbeeld", "Vaakste waarde"]),
        "publishers": ("Uitgevers", ["Uitgever", "Datasets", "Fouten", "Gemiddelde score"]),
        "datasets": ("Datasets", ["Dataset", "Titel", "Uitgever", "Score", "Oordeel", "Fouten", "Adviezen"]),
        "findings": ("Bevindingen", ["Dataset", "Waar", "Eigenschap", "Soort", "Wat", "Waarde", "Punten",
                                     "Regel"]),
        "cut": "Er zijn meer rijen dan op dit blad passen. Alle bevindingen staan in de JSON.",
    },
    "en": {
        "worklist": ("Fix first", ["No.", "What", "Severity", "Datasets", "Findings", "Points", "Legal duty",
                                   "Rule", "Example", "Most frequent value"]),
        "publishers": ("Publishers", ["Publisher", "Datasets", "Violations", "Mean score"]),
        "datasets": ("Datasets", ["Dataset", "Title", "Publisher", "Score", "Rating", "Violations",
                                  "Advice"]),
        "findings": ("Findings", ["Dataset", "Where", "Property", "Severity", "What", "Value", "Points",
                                  "Rule"]),
        "cut": "There are more rows than fit on this sheet. All findings are in the JSON.",
    },
}  # fmt: skip
_RATINGS: Final = {"excellent": "uitstekend", "good": "goed", "sufficient": "voldoende", "bad": "slecht"}


def write(result: Result, output: IO[bytes], language: str) -> None:
    """The workbook; it is made in a temporary file, since its parts are not in order."""
    with tempfile.TemporaryDirectory(prefix="bronnen-xlsx-") as work:
        path = Path(work) / "check.xlsx"
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "tmpdir": work,
        }
        with xlsxwriter.Workbook(path, options) as book:
            _fill(result, book, language)
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                output.write(chunk)


class _Sheet:
    def __init__(self, book: Any, title: str, head: list[str], cut: str) -> None:
        self._sheet = book.add_worksheet(title)
        self._sheet.set_column(0, len(head) - 1, 24)
        self._sheet.freeze_panes(1, 0)
        self._cut = cut
        self._at = 0
        self.row(head, book.add_format({"bold": True}))

    def row(self, cells: list[Any], form: Any = None) -> None:
        if self._at > _MOST_ROWS:
            return
        for at, cell in enumerate([self._cut] if self._at == _MOST_ROWS else cells):
            if isinstance(cell, str):
                self._sheet.write_string(self._at, at, cell[:_LONGEST], form)
            else:
                self._sheet.write_number(self._at, at, cell, form)
        self._at += 1


def _fill(result: Result, book: Any, language: str) -> None:
    heads, words = _HEADS[language], WORDS[language]
    worklist, publishers, datasets, findings = (
        _Sheet(book, heads[name][0], heads[name][1], heads["cut"])
        for name in ("worklist", "publishers", "datasets", "findings")
    )
    for item in result.items():
        if isinstance(item, Finding):
            rule = item.rule
            said = getattr(rule.message, language)
            severity = words[rule.severity.value]
            place = [item.dataset, item.focus, short(item.path)]
            findings.row([*place, severity, said, item.value, item.points, rule.id])
        else:
            rating = _RATINGS[item.rating] if language == "nl" else item.rating
            datasets.row(
                [item.dataset, item.title, item.publisher, item.total, rating, item.violations, item.warnings]
            )
    for number, cause in enumerate(result.worklist.causes(), 1):
        rule = cause.rule
        most = next(iter(cause.values.most_common(1)), ("", 0))[0]
        counts = [cause.datasets, cause.findings, cause.points]
        said = getattr(rule.message, language)
        example = next(iter(cause.examples), "")
        worklist.row([number, said, words[rule.severity.value], *counts, rule.duty, rule.id, example, most])
    for name, one in result.worklist.publishers().items():
        form = one.to_json()
        publishers.row([name, form["datasets"], form["violations"], form["mean"]])
