# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of a table file, one after the other: XLSX or CSV, however a spreadsheet wrote it.

ValueError, in one sentence with a cure, for a file that is no table or that would fill the memory.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

MOST_UNPACKED = 1_000_000_000
MOST_CELL = 200_000
Row = tuple[int, list[Any]]


def rows(path: Path) -> Iterator[Row]:
    """Number (as the spreadsheet shows it, the header is 1) and cells of each row."""
    if path.suffix.lower() == ".csv":
        return _csv_rows(path)
    if path.suffix.lower() == ".xlsx":
        return _xlsx_rows(path)
    raise ValueError(_("%(file)s: give a file that ends in .xlsx or .csv.") % {"file": path.name})


def _xlsx_rows(path: Path) -> Iterator[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_size(path)
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        yield from enumerate(sheet.iter_rows(), sheet.start[0] + 1 if sheet.start else 1)
    except CalamineError as error:
        message = _("%(file)s: this is not a spreadsheet that we can read (%(why)s). Save it again as .xlsx.")
        raise ValueError(message % {"file": path.name, "why": error}) from error


def _check_size(path: Path) -> None:
    """An xlsx file is a zip: refuse one that unpacks to more than a gigabyte."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        message = _("%(file)s: this is not an .xlsx file. Save it again from your spreadsheet.")
        raise ValueError(message % {"file": path.name}) from error
    if unpacked > MOST_UNPACKED:
        raise ValueError(_("%(file)s: the file unpacks to too much. Split it.") % {"file": path.name})


def _csv_rows(path: Path) -> Iterator[Row]:
    encoding = "utf-8-sig" if _is_utf8(path) else "cp1252"
    csv.field_size_limit(MOST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield number, [error]
            else:
                yield number, list(cells)


def _is_utf8(path: Path) -> bool:
    """Excel writes Dutch CSV in Windows-1252; everything else writes UTF-8."""
    with path.open(encoding="utf-8") as file:
        try:
            while file.read(1 << 20):
                pass
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(header: str) -> str:
    return max((";", ",", "\t"), key=header.count)
