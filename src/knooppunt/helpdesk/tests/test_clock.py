# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from knooppunt.helpdesk.clock import due, easter, holidays, is_open, open_time

HOURS = st.integers(1, 80).map(lambda n: timedelta(hours=n))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


def test_known_days():
    assert [easter(year) for year in (2019, 2024, 2026)] == [
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2026, 4, 5),
    ]
    assert date(2025, 4, 26) in holidays(2025)  # the 27th was a Sunday
    assert date(2025, 5, 5) in holidays(2025)
    assert date(2026, 5, 5) not in holidays(2026)
    assert not is_open(date(2026, 5, 14))  # Ascension Day


def test_a_question_on_friday_afternoon_waits_for_monday():
    two = timedelta(hours=2)
    assert due(datetime(2026, 11, 20, 16, tzinfo=UTC), two) == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert due(datetime(2026, 12, 24, 16, tzinfo=UTC), two) == datetime(2026, 12, 28, 10, tzinfo=UTC)


@given(MOMENTS, HOURS)
def test_it_is_due_while_the_desk_is_open_and_never_too_soon(asked, work):
    at = due(asked, work)
    assert at >= asked + work
    assert is_open(at.date())
    assert 9 <= at.hour <= 17


@given(MOMENTS, HOURS, HOURS)
def test_hours_add_up(asked, first, second):
    assert due(due(asked, first), second) == due(asked, first + second)


@given(MOMENTS, HOURS)
def test_open_time_is_what_was_worked_until_it_is_due(asked, work):
    assert open_time(asked, due(asked, work)) == work
    assert open_time(asked, asked) == timedelta()
