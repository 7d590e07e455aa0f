# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The copy that leaves: a workbook that we write, with values only.

No formulas, comments, hidden sheets or properties come along, and no columns on the largest contributors.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from knooppunt.facilities.outputs.cells import Understood
from knooppunt.facilities.outputs.checking import Report


def released_workbook(report: Report) -> bytes:
    """The tables of a checked output as XLSX, a sheet each; texts are written as text."""
    import xlsxwriter

    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(file, options) as book:
        for number, found in enumerate(report.tables, 1):
            sheet = book.add_worksheet(f"{number} {_sheet_name(found.table.name)}"[:31].strip())
            for row, cells in enumerate(_rows(found)):
                for column, cell in enumerate(cells):
                    _write(sheet, row, column, cell)
    return file.getvalue()


def _sheet_name(name: str) -> str:
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")


def _rows(found: Understood) -> list[list[Any]]:
    kept = [c for c in range(len(found.table.head)) if c not in found.largest]
    return [[row[c] for c in kept] for row in [found.table.head, *found.table.rows]]


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, bool) or cell is None or not isinstance(cell, int | float):
        sheet.write_string(row, column, "" if cell is None else str(cell)[:32_000])
    else:
        sheet.write_number(row, column, cell)
