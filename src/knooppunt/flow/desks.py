# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waiting work of all apps together, as a desk shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.functional import Promise

from knooppunt.flow.app import declared
from knooppunt.flow.waiting import Desk, Reminder, Row


@dataclass(frozen=True)
class Section:
    """What waits of one sort, and what helps."""

    code: str
    title: Promise | str
    button: Promise | str
    rows: list[Row] = field(default_factory=list)


def sections(desk: Desk, user: Any, most: int = 50) -> list[Section]:
    """What waits at a desk for who opened it: at most so many rows of each app in a section."""
    found: dict[str, Section] = {}
    waiting = [one for app in declared() for one in app.waiting if one.desk == desk]
    for one in sorted(waiting, key=lambda one: one.order):
        section = found.setdefault(one.section, Section(one.section, one.title, one.button))
        section.rows.extend(islice(one.rows(user), most))
    return list(found.values())


def reminders() -> dict[str, Reminder]:
    """How people are reminded of each kind of thing."""
    return {kind: reminder for app in declared() for kind, reminder in app.reminders.items()}
