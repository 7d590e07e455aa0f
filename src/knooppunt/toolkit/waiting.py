# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits of the toolkit: at the connector's desk, and for the privacy officer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.wording import words
from knooppunt.flow.waiting import Desk, Found, Reminder, Row, Waiting
from knooppunt.people import services as people
from knooppunt.people.roles import HubRole
from knooppunt.toolkit import officer, queries


def past_review(user: Any) -> Iterator[Row]:
    """Answers whose review day has come."""
    for version in queries.expired():
        entry = version.entry
        kind = str(entry.get_kind_display())
        address = entry.get_absolute_url()
        yield Row(words(version.title).text, kind, version.review_due, address, entry.kind, entry.slug)


def to_sign(user: Any) -> Iterator[Row]:
    """Forms for this privacy officer to sign or refuse; with the organisation, for who has several."""
    waiting = list(officer.forms_waiting(user))
    several = len(officer.officer_for(user)) > 1
    known = {
        o.slug: people.shown_name(o) for o in people.organisations({form.organisation for form in waiting})
    }
    for form in waiting:
        day = date_format(timezone.localtime(form.changed), "DATE_FORMAT")
        detail = _("To sign or refuse, since %(day)s") % {"day": day}
        if several and form.organisation in known:
            detail = f"{detail} · {known[form.organisation]}"
        yield Row(form.title, detail, form.changed, form.get_absolute_url())


def _entry(kind: str, key: str) -> Found | None:
    """What the hub's own editors keep."""
    card = Card.objects.filter(kind=kind, key=key).first()
    if card is None:
        return None
    address = reverse(f"toolkit:{kind}", args=[key])
    return Found(card.title_nl or card.title_en, people.staff(HubRole.EDITOR), address)


WAITING = (
    Waiting(
        "review", gettext_lazy("Past their review date"), past_review, Desk.CONNECTOR, 51,
        gettext_lazy("Ask to look at it again"),
    ),
    Waiting("forms", gettext_lazy("What waits for you"), to_sign, Desk.OFFICER, 10),
)  # fmt: skip
REMINDERS = {
    kind: Reminder(gettext_lazy("Its review day has come. Is it still right?"), partial(_entry, kind))
    for kind in ("faq", "term")
}
