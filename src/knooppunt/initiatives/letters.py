# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail on contacts: from the hub to the people who speak for one side. No address of the other is in it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import override

from knooppunt.initiatives import permissions
from knooppunt.initiatives.models import Contact
from knooppunt.jobs import letters
from knooppunt.people import services as people


def readers(contact: Contact, organisation: str) -> list[Any]:
    """The contact persons of a side; on the asking side also who asked, while they speak for it."""
    places = people.standing().since(organisation)
    active = get_user_model().objects.filter(
        is_active=True,
        contact_for__organisation__in=places,
        memberships__organisation__slug__in=places,
    )
    found = set(active)
    author = contact.author
    asked = organisation == contact.asker and author is not None and author.is_active
    if asked and permissions.speaks_for(author, organisation):
        found.add(author)
    return sorted(found, key=lambda user: user.pk)


def tell(contact: Contact, organisation: str, what: Any, *, actor: Any, note: str = "") -> None:
    """Tell one side what the other did, in each reader's language."""
    other = people.organisation(contact.other(organisation))
    for user in readers(contact, organisation):
        if actor is not None and user.pk == actor.pk:
            continue
        with override(user.language):
            name = people.shown_name(other) if other else ""
            context = {
                "name": name,
                "what": str(what),
                "note": note,
                "address": settings.PUBLIC_URL + contact.get_absolute_url(),
            }
        letters.write(user.email, "initiatives/mail/contact", context, user.language)
