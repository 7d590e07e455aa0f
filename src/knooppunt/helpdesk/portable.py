# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the help desk goes to another hub: its desks, without their teams, and what suggestions learned.

Questions stay where they were asked: they belong to persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from knooppunt.helpdesk.models import Desk, Helped
from knooppunt.toolkit.services import Theme

TEXTS = ("title", "about", "language")


def export_desks() -> Iterable[dict[str, Any]]:
    """Every desk, by its address."""
    for desk in Desk.objects.order_by("slug"):
        yield {
            "slug": desk.slug,
            **{name: getattr(desk, name) for name in TEXTS},
            "theme": desk.theme,
            "starts": desk.starts.isoformat(),
            "ends": desk.ends.isoformat() if desk.ends else None,
        }


def load_desks(records: Iterator[dict[str, Any]]) -> int:
    """Write desks from an export; a team that is here stays."""
    taken = 0
    for record in records:
        desk = Desk.objects.filter(slug=record["slug"]).first() or Desk(slug=record["slug"])
        for name in TEXTS:
            setattr(desk, name, str(record[name]))
        desk.theme = Theme(record["theme"]).value if record["theme"] else ""
        desk.starts = date.fromisoformat(record["starts"])
        desk.ends = date.fromisoformat(record["ends"]) if record["ends"] else None
        desk.full_clean(validate_unique=False)
        desk.save()
        taken += 1
    return taken


def export_helped() -> Iterable[dict[str, Any]]:
    """The counts of every answer that helped, by kind and key."""
    yield from Helped.objects.order_by("kind", "key").values("kind", "key", "count", "accepted")


def load_helped(records: Iterator[dict[str, Any]]) -> int:
    """Write counts from an export; those that are here are replaced."""
    taken = 0
    for record in records:
        counts = {name: int(record[name]) for name in ("count", "accepted")}
        if min(counts.values()) < 0:
            raise ValueError(f"{record['kind']}:{record['key']} helped less than no time")
        Helped.objects.update_or_create(kind=record["kind"], key=record["key"], defaults=counts)
        taken += 1
    return taken
