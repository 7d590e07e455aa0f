# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? What a person is to a version, and what each party may; tests walk every cell."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS, HubRole, Role
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import Party, move_from

READERS = (*EDITORS, Role.DATA_STEWARD)
HUB_EDITORS = (HubRole.EDITOR, HubRole.ADMINISTRATOR)
# Deeds that are no moves. Who reads for the organisation sees the draft and comments; only writers write.
DEEDS: dict[str, frozenset[Party]] = {
    "see": frozenset({Party.WRITER, Party.READER, Party.HUB}),
    "comment": frozenset({Party.WRITER, Party.READER, Party.HUB}),
    "write": frozenset({Party.WRITER}),
    "start": frozenset({Party.WRITER}),
    "offer-contact": frozenset({Party.WRITER, Party.READER}),
}


def keepers(organisation: str) -> list[str]:
    """Slugs of those who keep what this organisation wrote: itself, or what stands in its place by now."""
    return [organisation, *(o.slug for o in people.current(organisation) if o.slug != organisation)]


def _has_role(user: Any, organisation: str, *roles: Role) -> bool:
    return any(people.has_role(user, slug, *roles) for slug in keepers(organisation))


def parties_to(user: Any, organisation: str) -> set[Party]:
    """What a person is to the practices of an organisation."""
    found = set()
    if not people.is_somebody(user):
        return found
    if _has_role(user, organisation, *EDITORS):
        found.add(Party.WRITER)
    if _has_role(user, organisation, *READERS):
        found.add(Party.READER)
    if people.is_hub(user, *HUB_EDITORS):
        found.add(Party.HUB)
    return found


def parties(user: Any, version: Version) -> set[Party]:
    """What a person is to a version: nobody is the second reader of what they wrote themselves."""
    found = parties_to(user, version.practice.organisation)
    if Party.READER in found and version.writers.filter(pk=user.pk).exists():
        found.discard(Party.READER)
    return found


def may(user: Any, deed: str, version: Version) -> bool:
    return bool(DEEDS[deed] & parties(user, version))


def may_start(user: Any, organisation: str) -> bool:
    """Start a practice, or a new version of one, for an organisation."""
    return bool(DEEDS["start"] & parties_to(user, organisation))


def may_move(user: Any, version: Version, verb: str) -> bool:
    move = move_from(verb, version.state)
    return move is not None and bool(move.parties & parties(user, version))


def reuse_for(user: Any, practice: Practice) -> list[str]:
    """The organisations for which this person may say that they reused the practice: any but its keepers."""
    own = set(keepers(practice.organisation))
    return [slug for slug in people.edits_for(user) if slug not in own]


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
