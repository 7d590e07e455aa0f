# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables as CSV that a spreadsheet opens as it is, and other files to save."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Iterable[Any]], language: str) -> str:
    """CSV that a spreadsheet opens as it is: Dutch lists are separated by semicolons, with decimal commas.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    writer.writerows([_cell(value, language) for value in row] for row in rows)
    return "\ufeff" + text.getvalue()


def _cell(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if value is None or isinstance(value, int | date):
        return value
    number = f"{value.normalize():f}" if hasattr(value, "normalize") else f"{value:.10g}"
    return number.replace(".", ",") if language == "nl" else number


def download(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """A file to save under this name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def download_csv(request: HttpRequest, rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    return download(as_csv(rows, request.LANGUAGE_CODE), "text/csv; charset=utf-8", name)
