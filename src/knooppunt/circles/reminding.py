# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reminding, from the connector's worklist, the people who can move a thing on: once in thirty days."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import Card
from knooppunt.circles import letters, permissions, queries, worklist
from knooppunt.initiatives import services as initiatives
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS, HubRole, Role
from knooppunt.practices import queries as practices
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

# Who is reminded of a thing with this key, and where they go; None when there is no such thing.
Found = tuple[str, list[Any], str]
TEXTS = {
    "organisation": gettext_lazy(
        "Another organisation works on the same problem as yours. Take messages, so that others can "
        "reach you."
    ),
    "initiative": gettext_lazy(
        "Nothing was heard of this for a while. How does it stand? Tell it on its page, also when it "
        "stopped: others start from what you learned."
    ),
    "contact": gettext_lazy("Another organisation asked you something, and waits for your answer."),
    "circle": gettext_lazy("This circle did not meet for a while. Plan a meeting, or tell what is needed."),
    "practice": gettext_lazy("Its review day has come. Is it still right?"),
    "faq": gettext_lazy("Its review day has come. Is it still right?"),
    "term": gettext_lazy("Its review day has come. Is it still right?"),
}


def _organisation(key: str) -> Found | None:
    card = Card.objects.filter(kind="organisation", key=key).first()
    if card is None:
        return None
    return _title(card), list(people.people_with(key, *Role)), reverse("initiatives:contacts")


def _initiative(key: str) -> Found | None:
    card = Card.objects.filter(kind="initiative", key=key).first()
    if card is None:
        return None
    owners = card.facets.filter(facet="organisation").values_list("code", flat=True)
    readers = {user.pk: user for slug in owners for user in people.people_with(slug, *EDITORS)}
    return _title(card), list(readers.values()), reverse("initiatives:initiative", args=[key])


def _title(card: Card) -> str:
    return card.title_nl or card.title_en


def _practice(key: str) -> Found | None:
    card = Card.objects.filter(kind="practice", key=key).first()
    practice = practices.find(key) if card else None
    if card is None or practice is None:
        return None
    return (
        _title(card),
        list(people.people_with(practice.organisation, *EDITORS)),
        practice.get_absolute_url(),
    )


def _contact(key: str) -> Found | None:
    contact = initiatives.waiting_contacts(0).filter(pk=key).first() if key.isdecimal() else None
    if contact is None:
        return None
    return (
        _("A question to your organisation"),
        letters.contact_people(contact.asked),
        contact.get_absolute_url(),
    )


def _circle(key: str) -> Found | None:
    circle = queries.public().filter(slug=key).first()
    if circle is None:
        return None
    return circle.title, letters.members(circle, leads=True), circle.get_absolute_url()


def _of_toolkit(kind: str, key: str) -> Found | None:
    """What the hub's own editors keep."""
    card = Card.objects.filter(kind=kind, key=key).first()
    if card is None:
        return None
    return _title(card), people.staff(HubRole.EDITOR), reverse(f"toolkit:{kind}", args=[key])


FINDERS: dict[str, Callable[[str], Found | None]] = {
    "organisation": _organisation,
    "initiative": _initiative,
    "contact": _contact,
    "circle": _circle,
    "practice": _practice,
    "faq": partial(_of_toolkit, "faq"),
    "term": partial(_of_toolkit, "term"),
}


@transaction.atomic
def remind_of(kind: str, key: str, *, actor: Any) -> int:
    """Mail the people who can move it on; gives how many. KeyError: there is no such thing."""
    require(permissions.is_connector(actor))
    found = FINDERS[kind](key)
    if found is None:
        raise KeyError(key)
    title, readers, address = found
    if at := worklist.reminded(kind, key):
        raise NotNowError(
            _("They were reminded on %(date)s. Give them thirty days.") % {"date": date_format(at)}
        )
    if not readers:
        raise NotNowError(_("Nobody of them has an account here yet. Call them, or bring others in."))
    audit(worklist.REMINDED, kind, key, actor=actor)
    letters.tell_reminded(readers, title, TEXTS[kind], address)
    return len(readers)
