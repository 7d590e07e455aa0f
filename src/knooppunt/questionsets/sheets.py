# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Spreadsheets with questions: the sheets that have a column of questions and a column of answers."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from knooppunt.catalogue.contentfile import ContentError, Problem
from knooppunt.questionsets.model import Dependency, Option, Question, QuestionSet

SUFFIXES = (".xls", ".xlsx", ".ods", ".xlsm", ".xlsb")
SIZE = 8_000_000
UNPACKED = 100_000_000
# Column names as the known sheets write them, in capitals without spaces or signs.
COLUMNS = {
    "id": ("ID", "QUESTIONID", "QUESTIONNUM", "NUMMER", "VRAAGNUMMER"),
    "text": ("QUESTIONTEXT", "QUESTION", "VRAAG"),
    "help": ("QUESTIONNOTES", "INFO", "NOTES", "TOELICHTING"),
    "dependency": ("DEPENDENCY", "DEPENDSON", "AFHANKELIJKHEID"),
    "answer": ("ANSWERTEXT", "ANSWER", "INDICATOR", "ANTWOORD"),
    "answer_id": ("ANSWERID", "INDICATORID"),
    "score": ("MATURITYSCORE", "SCORE", "LEVEL"),
    "multiple": ("ISMULTI",),
    "positive": ("POSITIVE", "POSITIEF"),
}
HEADER_ROWS = 5


def recognises(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def read(path: Path, name: str) -> list[QuestionSet]:
    """A set per sheet with questions; a sheet without is named as not read."""
    _refuse_large(path, name)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}
    except CalamineError as error:
        message = _("This spreadsheet cannot be read.")
        raise ContentError([Problem(name, 1, message, _("Save it again as XLSX."))]) from error
    return [_sheet(name, sheet, rows) for sheet, rows in sheets.items()]


def _refuse_large(path: Path, name: str) -> None:
    size = path.stat().st_size
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            size = max(size, sum(item.file_size for item in archive.infolist()) * SIZE // UNPACKED)
    if size > SIZE:
        message = _("The file is larger than %(size)s bytes.") % {"size": SIZE}
        raise ContentError([Problem(name, 1, message, _("Split it into smaller sets."))])


def _sheet(file: str, sheet: str, rows: list[list[Any]]) -> QuestionSet:
    found = QuestionSet(file, sheet)
    for start, row in enumerate(rows[:HEADER_ROWS]):
        columns = _columns(row)
        if {"text", "answer"} <= set(columns):
            _read_rows(found, rows, start + 1, columns)
            used = {columns[name] for name in columns}
            for i, cell in enumerate(row):
                if _text(cell) and i not in used and _holds(rows[start + 1 :], i):
                    if _name(cell) in _DESCRIBES:
                        continue
                    found.skip(f"{sheet}/{_text(cell)}", _("A column that is not read."))
            return found
    found.skip(sheet, _("This sheet has no column of questions beside a column of answers."))
    return found


# Columns that say where a question belongs or how the sheet was made.
_DESCRIBES = frozenset(
    ("DIMENSION", "ACTIVITY", "CATEGORY", "CATEGORYID", "SUBCATEGORY", "SUBCATEGORYID", "INTERNALNOTES")
)


def _holds(rows: list[list[Any]], i: int) -> bool:
    return any(i < len(row) and _text(row[i]) for row in rows)


def _columns(row: list[Any]) -> dict[str, int]:
    names = {_name(cell): i for i, cell in reversed(list(enumerate(row)))}
    return {
        key: next(names[name] for name in choices if name in names)
        for key, choices in COLUMNS.items()
        if any(name in names for name in choices)
    }


def _name(cell: Any) -> str:
    return "".join(c for c in str(cell).upper() if c.isalnum())


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _read_rows(found: QuestionSet, rows: list[list[Any]], start: int, columns: dict[str, int]) -> None:
    """A row with a new question starts it; a row without, or with the same one, adds an answer to it."""
    question: Question | None = None
    waits: list[tuple[Question, str]] = []
    for number, row in enumerate(rows[start:], start + 1):
        cells = {key: _text(row[i]) if i < len(row) else "" for key, i in columns.items()}
        if cells["text"] and (question is None or _key(cells, question) != question.id):
            kind = "multiple" if cells.get("multiple") == "1" else "choice"
            key = cells.get("id") or str(len(found.items) + 1)
            question = Question(key, cells["text"], kind, number, cells.get("help", ""))
            found.items.append(question)
        if question is None:
            if any(cells.values()):
                found.skip(f"{found.name}/{number}", _("A row before the first question."))
            continue
        if cells.get("dependency") and (question, cells["dependency"]) not in waits:
            waits.append((question, cells["dependency"]))
        if cells["answer"]:
            value = cells.get("answer_id") or str(len(question.options) + 1)
            positive = {"Y": True, "J": True, "N": False}.get(cells.get("positive", "").upper()[:1])
            score = _number(cells.get("score", ""))
            question.options.append(Option(value, cells["answer"], score, positive=positive))
    for question, on in waits:
        question.dependencies.append(_dependency(found, on))


def _dependency(found: QuestionSet, on: str) -> Dependency:
    """On a question: any positive answer to it; on an answer: that one."""
    holder = next((q for q in found.items if any(o.value == on for o in q.options)), None)
    known = any(question.id == on for question in found.items)
    if known or holder is None:
        return Dependency("show", on, "positive")
    return Dependency("show", holder.id, "contains", on)


def _key(cells: dict[str, str], question: Question) -> str:
    """Which question a row is about: by its number, else by its text."""
    if cells.get("id"):
        return cells["id"]
    return question.id if cells["text"] == question.text else ""


def _number(text: str) -> float | None:
    digits = text.removeprefix("Level ")
    return float(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None
