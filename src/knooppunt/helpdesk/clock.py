# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of the desk: it runs on working days from nine to five, and not on Dutch holidays. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.easter import easter

OPENS, CLOSES = time(9), time(17)
TERM = timedelta(hours=16)  # of open desk, for an answer


@lru_cache(maxsize=32)
def holidays(year: int) -> frozenset[date]:
    """Days on which Dutch public bodies are closed: the official ones and Good Friday."""
    from holidays import country_holidays  # takes a while to load, and few pages ask

    return frozenset({*country_holidays("NL", years=year), easter(year) - timedelta(days=2)})


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def due(since: datetime, work: timedelta) -> datetime:
    """The moment at which the desk has been open for so long since, in the time zone of `since`."""
    left = work
    for opens, closes in _open_from(since):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("the desk opens again and again")


def open_time(start: datetime, end: datetime) -> timedelta:
    """How long the desk is open between the two, in the time zone of `start`; nothing when `end` is first."""
    total = timedelta()
    for opens, closes in _open_from(start):
        if opens >= end:
            return total
        total += min(closes, end) - opens
    raise AssertionError("the desk opens again and again")


def _open_from(at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each part of a day from `at` on in which the desk is open."""
    while True:
        opens = at.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)
        closes = at.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)
        if is_open(at.date()) and at < closes:
            yield max(at, opens), closes
        at = opens + timedelta(days=1)
