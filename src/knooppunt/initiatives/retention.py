# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long initiatives and contacts are kept, and what of it is a person's to take away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knooppunt.initiatives.models import Contact, ContactPerson, Initiative, Message, Step
from knooppunt.initiatives.states import State

KEEP_WITHDRAWN = timedelta(days=365)
KEEP_CONTACTS = timedelta(days=2 * 365)
MODELS = tuple(
    f"initiatives.{name}" for name in ("Initiative", "Step", "ContactPerson", "Contact", "Message")
)


def own_data(user: Any) -> dict[str, Any]:
    """This app's part of what a person may download: what they posted, moved, asked and wrote."""
    return {
        "initiatives": list(Initiative.objects.filter(author=user).values("slug", "title", "state")),
        "moves": [
            {"initiative": s.initiative.slug, "verb": s.verb, "at": s.at.isoformat(), "note": s.note}
            for s in Step.objects.filter(actor=user).select_related("initiative")
        ],
        "contactFor": list(ContactPerson.objects.filter(user=user).values_list("organisation", flat=True)),
        "asked": list(Contact.objects.filter(author=user).values("id", "asker", "asked", "state")),
        "messages": [
            {"contact": m.contact_id, "text": m.text, "at": m.at.isoformat()}
            for m in Message.objects.filter(author=user)
        ],
    }


def forget() -> int:
    """Remove what was withdrawn a year ago, and contacts that rest for two years. Run daily."""
    now = timezone.now()
    old = Initiative.objects.filter(state=State.WITHDRAWN, changed__lt=now - KEEP_WITHDRAWN)
    rest = Contact.objects.filter(changed__lt=now - KEEP_CONTACTS)
    return int(old.delete()[0]) + int(rest.delete()[0])
