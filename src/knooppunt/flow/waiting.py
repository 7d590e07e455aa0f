# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for whom, and where it comes from: apps declare it, and no desk knows an app by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise


class Desk(StrEnum):
    """The pages on which waiting work is shown."""

    CONNECTOR = "connector"  # the connector's worklist
    OFFICER = "officer"  # the home of the privacy officer


@dataclass(frozen=True)
class Row:
    """Something that waits: what, how it stands, since when, where one goes; and when somebody was reminded.

    Without `kind` nobody is reminded: the page itself has the button that helps.
    """

    title: str
    detail: str = ""
    since: date | datetime | None = None
    address: str = ""
    kind: str = ""
    key: str = ""
    reminded: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """Work of one sort. `rows(user)` gives what waits for who opens the desk, the longest waiting first.

    Apps that give the same `section` share it, in their order; `button` says what helps.
    """

    section: str
    title: Promise | str
    rows: Callable[[Any], Iterable[Row]]
    desk: Desk
    order: int
    button: Promise | str = ""


@dataclass(frozen=True)
class Found:
    """A thing that waits, the people who can move it on, and where they go."""

    title: str
    readers: list[Any]
    address: str


@dataclass(frozen=True)
class Reminder:
    """How the people are found who can move a thing of this kind on, and what they are asked."""

    text: Promise | str
    find: Callable[[str], Found | None]
