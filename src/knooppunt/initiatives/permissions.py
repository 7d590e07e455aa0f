# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? What a person is to an initiative or a contact, and what each party may."""

from __future__ import annotations

from typing import Any

from knooppunt.initiatives import contactstates
from knooppunt.initiatives.models import Contact, ContactPerson, Initiative
from knooppunt.initiatives.states import FLOW, Party
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS, HubRole, Role
from knooppunt.web.answers import Answer

HUB_EDITORS = (HubRole.EDITOR, HubRole.ADMINISTRATOR)


def parties(user: Any, initiative: Initiative) -> set[Party]:
    """What a person is to an initiative: members of one organisation are nobody to another's."""
    found = set()
    if people.has_role(user, initiative.organisation, *EDITORS):
        found.add(Party.OWNER)
    if people.is_hub(user, *HUB_EDITORS):
        found.add(Party.HUB)
    return found


def may(user: Any, deed: str, initiative: Initiative) -> Answer:
    return FLOW.may_do(deed, parties(user, initiative))


def may_move(user: Any, initiative: Initiative, verb: str) -> Answer:
    return FLOW.may(verb, initiative.state, parties(user, initiative))


def speaks_for(user: Any, organisation: str) -> bool:
    """Edits for the organisation, or is its contact person and still works there."""
    if people.has_role(user, organisation, *EDITORS):
        return True
    is_contact = people.is_somebody(user) and ContactPerson.objects.filter(
        organisation=organisation, user=user
    )
    return bool(is_contact) and people.has_role(user, organisation, *Role)


def contact_parties(user: Any, contact: Contact) -> set[contactstates.Party]:
    """What a person is to a contact; one who speaks for both organisations is both."""
    found: set[contactstates.Party] = set()
    if speaks_for(user, contact.asker):
        found.add(contactstates.Party.ASKER)
    if speaks_for(user, contact.asked):
        found.add(contactstates.Party.ASKED)
    return found


def may_contact(user: Any, deed: str, contact: Contact) -> Answer:
    return contactstates.FLOW.may_do(deed, contact_parties(user, contact))


def may_move_contact(user: Any, contact: Contact, verb: str) -> Answer:
    return contactstates.FLOW.may(verb, contact.state, contact_parties(user, contact))
