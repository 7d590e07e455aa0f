# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? What a person is to a version, and what each party may; tests walk every cell."""

from __future__ import annotations

from typing import Any

from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS, HubRole, Role
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import FLOW, Party
from knooppunt.web.answers import Answer

READERS = (*EDITORS, Role.DATA_STEWARD)
HUB_EDITORS = (HubRole.EDITOR, HubRole.ADMINISTRATOR)


def parties_to(user: Any, organisation: str) -> set[Party]:
    """What a person is to the practices of an organisation."""
    found = set()
    if not people.is_somebody(user):
        return found
    if people.has_role(user, organisation, *EDITORS):
        found.add(Party.WRITER)
    if people.has_role(user, organisation, *READERS):
        found.add(Party.READER)
    if people.is_hub(user, *HUB_EDITORS):
        found.add(Party.HUB)
    return found


def parties(user: Any, version: Version) -> set[Party]:
    """What a person is to a version: nobody is the second reader of what they wrote themselves."""
    found = parties_to(user, version.practice.organisation)
    if Party.READER in found and version.written_by(user):
        found.discard(Party.READER)
    return found


def may(user: Any, deed: str, version: Version) -> Answer:
    return FLOW.may_do(deed, parties(user, version))


def may_start(user: Any, organisation: str) -> Answer:
    """Start a practice, or a new version of one, for an organisation."""
    return FLOW.may_do("start", parties_to(user, organisation))


def may_move(user: Any, version: Version, verb: str) -> Answer:
    return FLOW.may(verb, version.state, parties(user, version))


def reuse_for(user: Any, practice: Practice) -> list[str]:
    """The organisations for which this person may say that they reused the practice: any but its keepers."""
    own = set(people.standing().since(practice.organisation))
    told = set(practice.reuses.values_list("organisation", flat=True))
    may_tell = [*people.writes_for(user), *(slug for slug in people.edits_for(user) if slug in told)]
    return [slug for slug in dict.fromkeys(may_tell) if slug not in own]
