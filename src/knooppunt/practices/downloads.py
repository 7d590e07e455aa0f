# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The template for an import, as a workbook and as CSV."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knooppunt.practices import queries, wording
from knooppunt.practices.columns import COLUMNS
from knooppunt.web.csvfile import download, download_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def template_csv(request: HttpRequest) -> HttpResponse:
    """Only the header, in the reader's language."""
    header = [column.name(request.LANGUAGE_CODE) for column in COLUMNS]
    return download_csv(request, [header], f"{_('practices')}.csv")


@require_safe
def template_xlsx(request: HttpRequest) -> HttpResponse:
    """A sheet to fill, with choices in the cells, and a sheet that explains the columns."""
    from xlsxwriter import Workbook

    language, target = request.LANGUAGE_CODE, BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("practices"))
        sheet.write_row(0, 0, [column.name(language) for column in COLUMNS], bold)
        sheet.set_column(0, len(COLUMNS) - 1, 24, wrap)
        sheet.freeze_panes(1, 1)
        for key, choices in _choices().items():
            place = next(i for i, column in enumerate(COLUMNS) if column.key == key)
            sheet.data_validation(1, place, 100_000, place, {"validate": "list", "source": choices})
        told = book.add_worksheet(_("explained"))
        told.write_row(0, 0, [_("Column"), _("What to write"), _("Must be filled")], bold)
        for row, column in enumerate(COLUMNS, 1):
            needed = _("yes") if column.required else _("no")
            told.write_row(row, 0, [column.name(language), str(column.help), needed], wrap)
        told.set_column(0, 0, 24)
        told.set_column(1, 1, 70)
        row = len(COLUMNS) + 2
        told.write(row, 0, _("Challenges"), bold)
        for i, card in enumerate(queries.challenges(), 1):
            told.write_string(row + i, 0, card.in_language("title", language)[0])
    return download(target.getvalue(), XLSX, f"{_('practices')}.xlsx")


def _choices() -> dict[str, list[str]]:
    """Columns with a fixed choice of one."""
    return {
        "language": ["nl", "en"],
        "stage": [str(label) for label in wording.STAGES.values()],
        "starter": [str(label) for label in wording.FITS.values()],
    }
