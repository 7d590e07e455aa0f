# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? Rules on roles and organisations; tests walk the whole table."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from knooppunt.agenda.models import Action, Edition, Ownership, ProgressReport
from knooppunt.agenda.states import Party, move_from
from knooppunt.people.models import Role

EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
REVIEWERS = (Role.CONNECTOR, Role.ADMINISTRATOR)


def may_keep_an_agenda(user: Any) -> bool:
    """Editors who belong to an organisation keep that organisation's agenda."""
    return bool(user.is_authenticated and user.is_active and user.role in EDITORS and user.organisation)


def may_keep(user: Any, edition: Edition) -> bool:
    return may_keep_an_agenda(user) and user.organisation == edition.agenda.organisation.slug


def parties(user: Any, edition: Edition) -> set[Party]:
    """What a person is to an edition, in the words of the table of moves."""
    found = {Party.KEEPER} if may_keep(user, edition) else set()
    if user.is_authenticated and user.is_active and user.role == Role.ADMINISTRATOR:
        found.add(Party.HUB)
    return found


def may_move(user: Any, edition: Edition, verb: str) -> bool:
    move = move_from(verb, edition.state)
    return move is not None and bool(move.parties & parties(user, edition))


def may_report(user: Any, action: Action) -> bool:
    """Editors of organisations that carry the action out or take part, and keepers of its agenda.

    Who only commissioned an action does not report on it.
    """
    if not may_keep_an_agenda(user):
        return False
    doing = (Ownership.Role.LEAD, Ownership.Role.PARTNER)
    return may_keep(user, action.edition) or any(
        o.owner.slug == user.organisation and o.role in doing for o in action.ownerships.all()
    )


def may_review(user: Any, report: ProgressReport) -> bool:
    """Connectors and administrators of the hub, but never the author of the report."""
    allowed = user.is_authenticated and user.is_active and user.role in REVIEWERS
    return bool(allowed and report.author_id != user.pk)


def may_see(user: Any, edition: Edition) -> bool:
    """What is public anyone may see; a draft only its keepers."""
    return edition.is_public or may_keep(user, edition)


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
