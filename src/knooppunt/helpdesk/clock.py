# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of the desk: it runs on working days from nine to five, and not on Dutch holidays. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

OPENS, CLOSES = time(9), time(17)
TERM = timedelta(hours=16)  # of open desk, for an answer


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> set[date]:
    """Days on which Dutch public bodies are closed; Liberation Day once in five years."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= timedelta(days=1)
    days = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26), kings_day}
    days |= {sunday + timedelta(days=n) for n in (-2, 1, 39, 50)}
    return days | ({date(year, 5, 5)} if year % 5 == 0 else set())


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
