# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hub's tables for people with a spreadsheet: CSV and XLSX at addresses that stay the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.functional import Promise

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # what a spreadsheet holds in a cell


@dataclass(frozen=True)
class Table:
    """One table: `rows(language)` yields the heading first."""

    label: Promise | str
    rows: Callable[[str], Iterable[list[Any]]]


_tables: dict[str, Table] = {}


def register(name: str, label: Promise | str, rows: Callable[[str], Iterable[list[Any]]]) -> None:
    _tables[name] = Table(label, rows)


def all_tables() -> list[tuple[str, Table]]:
    return sorted(_tables.items())


def get(name: str) -> Table | None:
    return _tables.get(name)


def as_xlsx(rows: Iterable[list[Any]], sheet: str) -> bytes:
    """A workbook with one sheet, written row by row; the heading stays in sight.

    Texts are written as texts: nothing becomes a formula or a link.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                 "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}
    )  # fmt: skip
    page = book.add_worksheet(sheet[:31])
    page.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            _write(page, number, column, value, bold if number == 0 else None)
    book.close()
    return target.getvalue()


def _write(page: Any, row: int, column: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if isinstance(value, bool | int | float | date) or hasattr(value, "as_tuple"):
        page.write(row, column, value)
    else:
        page.write_string(row, column, str(value)[:LONGEST_CELL], form)
