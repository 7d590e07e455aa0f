# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of the desk: it runs on working days from nine to five, and not on Dutch holidays. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

OPENS, CLOSES = time(9), time(17)
HOURS = 8


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


def due(asked: datetime, hours: int) -> datetime:
    """The moment at which the desk has been open for so many hours since, in the time zone of `asked`."""
    at, left = asked, timedelta(hours=hours)
    while True:
        opens = at.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)
        closes = at.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)
        start = max(at, opens)
        if is_open(at.date()) and start < closes:
            if left <= closes - start:
                return start + left
            left -= closes - start
        at = opens + timedelta(days=1)
