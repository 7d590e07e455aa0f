# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of organisations that comes with the hub, and who stands for whom since when."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from knooppunt.catalogue import services as catalogue
from knooppunt.people import mergers
from knooppunt.people.models import Organisation, OrganisationKind, Succession

CONTENT = Path(__file__).parent / "content"
TEXT = ("kind", "name_nl", "name_en", "code", "oin", "place")
NUMBERS = {"latitude": float, "longitude": float, "inhabitants": int, "urbanity": int}


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV whose first lines may be comments (#)."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@transaction.atomic
def load_content(content: Path = CONTENT) -> str:
    """Bring the organisations up to date with the table; again changes nothing. One line on what it did."""
    found = {o.slug: o for o in Organisation.objects.all()}
    changed = []
    successions = rows(content / "successions.csv")
    for row in [*rows(content / "organisations.csv"), *_former(successions)]:
        organisation = found.get(row["slug"]) or Organisation(slug=row["slug"])
        values = _values(row)
        if organisation.pk is None or any(getattr(organisation, k) != v for k, v in values.items()):
            for name, value in values.items():
                setattr(organisation, name, value)
            organisation.save()
            changed.append(organisation)
            found[organisation.slug] = organisation
    changed += _place(rows(content / "organisations.csv"), found)
    changed += _succeed(successions, found)
    fresh = Organisation.objects.filter(pk__in=[o.pk for o in changed]).select_related("parent")
    catalogue.publish_many(fresh)
    mergers.follow()
    return f"{len(found)} organisations; written: {len(fresh)}"


def _former(successions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of municipalities that ended: they are in no other table."""
    return [
        {"kind": OrganisationKind.MUNICIPALITY, "place": row["name_nl"].removeprefix("Gemeente ")} | row
        for row in successions
        if row["name_nl"]
    ]


def _values(row: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: row.get(name, "") for name in TEXT}
    return values | {name: read(row[name]) if row.get(name) else None for name, read in NUMBERS.items()}


def _place(table: list[dict[str, str]], found: dict[str, Organisation]) -> list[Organisation]:
    """Lay each municipality in its province."""
    moved = []
    for row in table:
        organisation, parent = found[row["slug"]], found.get(row["parent"])
        if parent is not None and organisation.parent_id != parent.pk:
            organisation.parent = parent
            organisation.save(update_fields=["parent"])
            moved.append(organisation)
    return moved


def _succeed(table: list[dict[str, str]], found: dict[str, Organisation]) -> list[Organisation]:
    changed = []
    for row in table:
        pair = {"predecessor": found[row["slug"]], "successor": found[row["successor"]]}
        _row, made = Succession.objects.update_or_create(
            **pair, defaults={"date": date.fromisoformat(row["date"])}
        )
        changed += pair.values() if made else ()
    return changed
