# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? One table of deeds and roles; tests walk every cell of it.

The docs page `reference/who-may-what.md` is generated from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.people import queries
from knooppunt.people.models import Organisation
from knooppunt.people.roles import HubRole, Role
from knooppunt.web.answers import RefusedError


@dataclass(frozen=True)
class Rule:
    """Who may do a deed: anyone signed in, roles at the organisation it is about, roles in the hub."""

    label: Promise | str
    anyone: bool = False
    roles: frozenset[Role] = frozenset()
    hub: frozenset[HubRole] = frozenset()


ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
STAFF = frozenset({HubRole.CONNECTOR, HubRole.ADMINISTRATOR})
HUB_ADMINISTRATORS = frozenset({HubRole.ADMINISTRATOR})

RULES = {
    "see-members": Rule(_("See who works for the organisation here"), roles=frozenset(Role), hub=STAFF),
    "invite": Rule(
        _("Invite someone for a role"), roles=ADMINISTRATORS | {Role.CONNECTOR}, hub=HUB_ADMINISTRATORS
    ),
    "invite-administrator": Rule(
        _("Invite an administrator of the organisation"), roles=ADMINISTRATORS, hub=HUB_ADMINISTRATORS
    ),
    "decide-claim": Rule(_("Grant or refuse a request for a role"), roles=ADMINISTRATORS, hub=STAFF),
    "grant": Rule(_("Give a member another role"), roles=ADMINISTRATORS, hub=HUB_ADMINISTRATORS),
    "revoke": Rule(_("Take a role back"), roles=ADMINISTRATORS, hub=HUB_ADMINISTRATORS),
    "claim": Rule(_("Ask for a role at an organisation"), anyone=True),
    "own-profile": Rule(_("Change, download or erase what is yours"), anyone=True),
    "contact": Rule(_("Send a person a message through the hub"), anyone=True),
}


def may(user: Any, deed: str, organisation: Organisation | None = None) -> bool:
    """True when the table lets this person do the deed, for this organisation where it is about one."""
    rule = RULES[deed]
    if not queries.is_somebody(user):
        return False
    if rule.anyone or queries.is_hub(user, *rule.hub):
        return True
    return (
        bool(rule.roles)
        and organisation is not None
        and queries.has_role(user, organisation.slug, *rule.roles)
    )


def require(user: Any, deed: str, organisation: Organisation | None = None) -> None:
    if not may(user, deed, organisation):
        rule = RULES[deed]
        roles = ", ".join(str(role.label) for role in (*Role, *HubRole) if role in rule.roles | rule.hub)
        why = str(_("For this you need one of these roles: %(roles)s.")) % {"roles": roles}
        raise RefusedError(why if roles else "")
