# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? Rules on roles and organisations; tests walk the whole table."""

from __future__ import annotations

from typing import Any

from knooppunt.agenda.models import Action, Edition, Ownership, ProgressReport
from knooppunt.agenda.states import FLOW, Party
from knooppunt.people.roles import HubRole
from knooppunt.people.services import edits_for, is_hub, writes_for
from knooppunt.web.answers import Answer

REVIEWERS = (HubRole.CONNECTOR, HubRole.ADMINISTRATOR)


def kept_by(user: Any) -> str:
    """The organisation whose agenda this person keeps; "" for who edits for none.

    Who edits for several keeps the agenda of the one joined first.
    """
    return next(iter(writes_for(user)), "")


def may_keep_an_agenda(user: Any) -> bool:
    """Editors of an organisation keep that organisation's agenda."""
    return bool(kept_by(user))


def may_keep(user: Any, edition: Edition) -> bool:
    return edition.agenda.organisation.slug in edits_for(user)


def parties(user: Any, edition: Edition) -> set[Party]:
    """What a person is to an edition, in the words of the table of moves."""
    found = {Party.KEEPER} if may_keep(user, edition) else set()
    if is_hub(user, HubRole.ADMINISTRATOR):
        found.add(Party.HUB)
    return found


def may_move(user: Any, edition: Edition, verb: str) -> Answer:
    return FLOW.may(verb, edition.state, parties(user, edition))


def may_report(user: Any, action: Action) -> bool:
    """Editors of organisations that carry the action out or take part, and keepers of its agenda.

    Who only commissioned an action does not report on it.
    """
    edited = set(edits_for(user))
    doing = (Ownership.Role.LEAD, Ownership.Role.PARTNER)
    return action.edition.agenda.organisation.slug in edited or any(
        o.owner.slug in edited and o.role in doing for o in action.ownerships.all()
    )


def may_review(user: Any, report: ProgressReport) -> bool:
    """Connectors and administrators of the hub, but never the author of the report."""
    return is_hub(user, *REVIEWERS) and report.author_id != user.pk


def may_see(user: Any, edition: Edition) -> bool:
    """What is public anyone may see; a draft only its keepers."""
    return edition.is_public or may_keep(user, edition)
