# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The columns of a table of practices: one name in each language, what to write, and what must be there.

The template to download, the import and the documentation are made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    """A column: its key in code, its names, whether a row must fill it, and what to write."""

    key: str
    nl: str
    en: str
    help: Promise | str
    required: bool = False

    def name(self, language: str) -> str:
        return self.en if language == "en" else self.nl


COLUMNS = (
    Column("title", "titel", "title", _("What was done, in a few words."), required=True),
    Column("summary", "samenvatting", "summary", _("In one sentence."), required=True),
    Column("organisation", "organisatie", "organisation", _("As in the hub: Gemeente Breda."), required=True),
    Column("challenges", "opgaven", "challenges", _("One or more, with ; between them."), required=True),
    Column("language", "taal", "language", _("nl or en; empty is nl.")),
    Column("stage", "fase", "stage", _("How far is it: announced, tried out, running, in use, ended.")),
    Column("partners", "partners", "partners", _("Names of organisations, with ; between them.")),
    Column("place", "plaats", "place", _("Where it is, when that is not where the organisation is.")),
    Column("problem", "probleem", "problem", _("What went wrong, and for whom.")),
    Column("approach", "aanpak", "approach", _("What was done, in which steps.")),
    Column("data", "gegevens", "data", _("Which data were used, with ; between them.")),
    Column("origin", "herkomst", "origin", _("Sensors, administration, survey, third party.")),
    Column("legal_ground", "grondslag", "legal ground", _("On which law or agreement.")),
    Column("capacity", "inzet", "capacity", _("People and time.")),
    Column("cost", "kosten", "cost", _("What it cost to make, and a year.")),
    Column("result", "resultaat", "result", _("What changed, in numbers if possible.")),
    Column("evidence", "bewijs", "evidence", _("Where others can see that.")),
    Column("failed", "mislukt", "failed", _("What did not work.")),
    Column("again", "opnieuw doen", "do again", _("What one would do again.")),
    Column("starter", "voor starters", "for starters", _("yes, partly or no.")),
    Column("starter_why", "waarom wel of niet", "why or why not", _("Why it fits starters, or not.")),
    Column("link", "link", "link", _("A public address with more, https://…")),
)  # fmt: skip
BY_NAME = {name: column for column in COLUMNS for name in (column.key, column.nl, column.en)}


def plain(cell: Any) -> str:
    """A cell as text: 2019.0 is 2019, a date is written year first, nothing is empty."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return (cell.isoformat() if hasattr(cell, "isoformat") else str(cell)).strip()
