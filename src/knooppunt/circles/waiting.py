# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits at the connector's desk of circles, and who can move it on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.circles import letters, queries
from knooppunt.circles.models import Circle, Meeting
from knooppunt.flow.waiting import Desk, Found, Reminder, Row, Waiting

DAYS_ASLEEP = 90


def asleep() -> QuerySet[Circle]:
    """Open circles without a meeting ahead, or one in the last ninety days."""
    before = timezone.now() - timedelta(days=DAYS_ASLEEP)
    awake = Meeting.objects.filter(ends__gte=before, cancelled=False).values("circle")
    return queries.public().filter(made__lt=before).exclude(pk__in=awake)


def sleeping(user: Any) -> Iterator[Row]:
    for circle in asleep():
        yield Row(circle.words("title").text, "", None, circle.get_absolute_url(), "circle", circle.slug)


def _circle(key: str) -> Found | None:
    circle = queries.public().filter(slug=key).first()
    if circle is None:
        return None
    return Found(circle.title, letters.members(circle, leads=True), circle.get_absolute_url())


WAITING = (
    Waiting("asleep", _("Sleeping circles"), sleeping, Desk.CONNECTOR, 40, _("Ask to plan a meeting")),
)
REMINDERS = {
    "circle": Reminder(
        _("This circle did not meet for a while. Plan a meeting, or tell what is needed."), _circle
    )
}
