# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits at the connector's desk of initiatives and contacts, and who can move it on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.catalogue.models import Card
from knooppunt.flow.waiting import Desk, Found, Reminder, Row, Waiting
from knooppunt.initiatives import letters, queries
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS, Role

DAYS_SILENT, DAYS_WAITING, SHOWN = 60, 14, 50


def silent(user: Any) -> Iterator[Row]:
    """Initiatives of which nothing was heard for two months."""
    for one in queries.without_follow_up(DAYS_SILENT):
        yield Row(
            one.words("title").text, str(one.get_state_display()), one.changed, one.get_absolute_url(),
            "initiative", one.slug,
        )  # fmt: skip


def untaken(user: Any) -> Iterator[Row]:
    """Questions between organisations that nobody took for two weeks; nobody else sees their page."""
    contacts = list(islice(queries.waiting_contacts(DAYS_WAITING), SHOWN))
    known = queries.names([slug for c in contacts for slug in (c.asker, c.asked)])
    for contact in contacts:
        asker, asked = (
            people.shown_name(known[slug]) if slug in known else slug
            for slug in (contact.asker, contact.asked)
        )
        yield Row(f"{asker} → {asked}", "", contact.made, "", "contact", str(contact.pk))


def _organisation(key: str) -> Found | None:
    card = Card.objects.filter(kind="organisation", key=key).first()
    if card is None:
        return None
    return Found(_title(card), list(people.people_with(key, *Role)), reverse("initiatives:contacts"))


def _initiative(key: str) -> Found | None:
    card = Card.objects.filter(kind="initiative", key=key).first()
    one = queries.find(key)
    if card is None or one is None:
        return None
    return Found(_title(card), list(people.people_with(one.organisation, *EDITORS)), one.get_absolute_url())


def _contact(key: str) -> Found | None:
    contact = queries.waiting_contacts(0).filter(pk=key).first() if key.isdecimal() else None
    if contact is None:
        return None
    readers = letters.readers(contact, contact.asked)
    return Found(_("A question to your organisation"), readers, contact.get_absolute_url())


def _title(card: Card) -> str:
    return card.title_nl or card.title_en


WAITING = (
    Waiting(
        "silent", gettext_lazy("Initiatives without follow-up"), silent, Desk.CONNECTOR, 10,
        gettext_lazy("Ask how it stands"),
    ),
    Waiting(
        "waiting", gettext_lazy("Questions between organisations that nobody took"), untaken, Desk.CONNECTOR,
        20, gettext_lazy("Remind them"),
    ),
)  # fmt: skip
REMINDERS = {
    "organisation": Reminder(
        gettext_lazy(
            "Another organisation works on the same problem as yours. Take messages, so that others can "
            "reach you."
        ),
        _organisation,
    ),
    "initiative": Reminder(
        gettext_lazy(
            "Nothing was heard of this for a while. How does it stand? Tell it on its page, also when it "
            "stopped: others start from what you learned."
        ),
        _initiative,
    ),
    "contact": Reminder(
        gettext_lazy("Another organisation asked you something, and waits for your answer."), _contact
    ),
}
