# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this with answers and definitions? They belong to the hub, so to its editors."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from knooppunt.people import services as people
from knooppunt.people.roles import HubRole
from knooppunt.toolkit.models import Entry, Version
from knooppunt.toolkit.states import Party, move_from

HUB_EDITORS = (HubRole.EDITOR, HubRole.ADMINISTRATOR)
DEEDS: dict[str, frozenset[Party]] = {
    "see drafts": frozenset({Party.EDITOR, Party.READER}),
    "write": frozenset({Party.EDITOR}),
    "renew": frozenset({Party.EDITOR}),
}


def is_editor(user: Any) -> bool:
    return people.is_hub(user, *HUB_EDITORS)


def parties(user: Any, version: Version) -> set[Party]:
    """What a person is to a version: nobody is the second reader of what they wrote themselves."""
    if not is_editor(user):
        return set()
    wrote = version.writers.filter(pk=user.pk).exists()
    return {Party.EDITOR} if wrote else {Party.EDITOR, Party.READER}


def may_move(user: Any, version: Version, verb: str) -> bool:
    move = move_from(verb, version.state)
    if verb == "withdraw" and version.entry.kind == Entry.Kind.STEP:
        return False  # plans of organisations stand on every step
    return move is not None and bool(move.parties & parties(user, version))


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
