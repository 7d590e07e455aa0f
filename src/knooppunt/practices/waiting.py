# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits at the connector's desk of best practices, and who can move it on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.wording import words
from knooppunt.flow.waiting import Desk, Found, Reminder, Row, Waiting
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS
from knooppunt.practices import queries


def past_review(user: Any) -> Iterator[Row]:
    """Practices whose review day has come."""
    for version in queries.past_review():
        slug = version.practice.slug
        address = reverse("practices:practice", args=[slug])
        title = words(version.content["title"]).text
        yield Row(title, str(_("practice")), version.review_due, address, "practice", slug)


def _practice(key: str) -> Found | None:
    card = Card.objects.filter(kind="practice", key=key).first()
    practice = queries.find(key) if card else None
    if card is None or practice is None:
        return None
    readers = list(people.people_with(practice.organisation, *EDITORS))
    return Found(card.title_nl or card.title_en, readers, practice.get_absolute_url())


WAITING = (
    Waiting(
        "review", _("Past their review date"), past_review, Desk.CONNECTOR, 50, _("Ask to look at it again")
    ),
)
REMINDERS = {"practice": Reminder(_("Its review day has come. Is it still right?"), _practice)}
