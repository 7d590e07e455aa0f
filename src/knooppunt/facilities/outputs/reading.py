# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file becomes tables. What it is, its content says and not its name.

ValueError, in one sentence with a cure, for what is no table, holds a program, or would fill the memory.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

MOST_BYTES = 10_000_000
MOST_UNPACKED = 200_000_000
MOST_CELLS = 500_000
MOST_SHEETS = 50
FORMULA = ("=", "+", "-", "@")


@dataclass
class OutputTable:
    """One table: the name of its sheet, its head, its rows (as wide as the head), and what stood around it.

    `first_row` is the number of the first row below the head, as a spreadsheet shows it.
    """

    name: str
    head: list[str]
    rows: list[list[Any]]
    notes: list[str] = field(default_factory=list)
    first_row: int = 2
    hidden: bool = False


def read_tables(path: Path) -> list[OutputTable]:
    """The tables of a CSV or XLSX file, a sheet each; empty sheets are left out."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(
            _("%(file)s is larger than %(size)s MB. An output is a summary: give the tables alone.")
            % {"file": path.name, "size": MOST_BYTES // 1_000_000}
        )
    with path.open("rb") as file:
        start = file.read(8)
    sheets = _workbook(path) if start.startswith(b"PK\x03\x04") else [_csv(path, start)]
    tables = [table for name, hidden, rows in sheets if (table := _table(name, hidden, rows))]
    if not tables:
        raise ValueError(
            _("%(file)s holds no table: give a head and at least one row.") % {"file": path.name}
        )
    return tables


def _workbook(path: Path) -> list[tuple[str, bool, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    _check_archive(path)
    try:
        book = CalamineWorkbook.from_path(path)
        metas = list(book.sheets_metadata)[:MOST_SHEETS]
        found, cells = [], 0
        for meta in metas:
            sheet = book.get_sheet_by_name(meta.name)
            cells += sheet.total_height * sheet.total_width
            _check_cells(path, cells)
            rows = sheet.to_python(skip_empty_area=False)
            found.append((meta.name, meta.visible != SheetVisibleEnum.Visible, rows))
    except CalamineError as error:
        message = _("%(file)s: this is not a spreadsheet that we can read. Save it again as .xlsx.")
        raise ValueError(message % {"file": path.name}) from error
    return found


def _check_archive(path: Path) -> None:
    """An xlsx file is a zip: refuse one that unpacks to too much, or that holds macros."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        message = _("%(file)s: this file is damaged. Save it again from your spreadsheet.")
        raise ValueError(message % {"file": path.name}) from error
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ValueError(
            _("%(file)s: the file unpacks to too much. Give the tables alone.") % {"file": path.name}
        )
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise ValueError(
            _("%(file)s: this workbook holds macros. Save it as .xlsx without them.") % {"file": path.name}
        )


def _check_cells(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        message = _("%(file)s has more than %(most)s cells. An output is a summary: give the tables alone.")
        raise ValueError(message % {"file": path.name, "most": MOST_CELLS})


def _csv(path: Path, start: bytes) -> tuple[str, bool, list[list[Any]]]:
    content = path.read_bytes()
    text = _decode(path, content, start)
    lines = text.splitlines()
    delimiter = max((";", ",", "\t", "|"), key=lambda sign: sum(line.count(sign) for line in lines[:20]))
    rows, cells = [], 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            _check_cells(path, cells)
            rows.append(list(row))
    except csv.Error as error:
        message = _("%(file)s: this is not a table that we can read (%(why)s).")
        raise ValueError(message % {"file": path.name, "why": error}) from error
    if max((len(row) for row in rows), default=0) < 2:
        raise ValueError(
            _("%(file)s is not a table: give CSV or XLSX with a head and at least two columns.")
            % {"file": path.name}
        )
    return path.stem, False, rows


def _decode(path: Path, content: bytes, start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise ValueError(
            _("%(file)s is not a table: give CSV or XLSX with a head and at least two columns.")
            % {"file": path.name}
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _table(name: str, hidden: bool, rows: list[list[Any]]) -> OutputTable | None:
    """The table on a sheet: lines with one cell above it and below it are notes; None for an empty sheet."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(_is_filled(cell) for cell in row)]
    width = max((len(_trimmed(row)) for _number, row in filled), default=0)
    notes: list[str] = []
    while filled and width > 1 and _is_note(filled[0][1]):
        notes.append(_said(filled.pop(0)[1]))
    while len(filled) > 1 and width > 1 and _is_note(filled[-1][1]):
        notes.append(_said(filled.pop()[1]))
    if len(filled) < 2:
        return None
    head = [_as_text(cell) for cell in _padded(filled[0][1], width)]
    body = [_padded(row, width) for _number, row in filled[1:]]
    return OutputTable(name, head, body, notes, filled[1][0], hidden)


def _is_filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _trimmed(row: list[Any]) -> list[Any]:
    while row and not _is_filled(row[-1]):
        row = row[:-1]
    return row


def _is_note(row: list[Any]) -> bool:
    return sum(map(_is_filled, row)) == 1 and _is_filled(row[0])


def _said(row: list[Any]) -> str:
    return next(_as_text(cell) for cell in row if _is_filled(cell))


def _padded(row: list[Any], width: int) -> list[Any]:
    return [*row[:width], *([""] * (width - len(row)))]


def _as_text(cell: Any) -> str:
    return " ".join(str(cell).split())


def texts(table: OutputTable) -> Iterable[tuple[int, int, str]]:
    """Every text in the table with its row (as a spreadsheet shows it) and column (from 1)."""
    for offset, row in enumerate(table.rows):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and cell.strip():
                yield table.first_row + offset, column, cell
