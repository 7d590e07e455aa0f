# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this with answers and definitions? They belong to the hub, so to its editors."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.people import services as people
from knooppunt.people.roles import HubRole
from knooppunt.toolkit.models import Entry, Version
from knooppunt.toolkit.states import FLOW, Party
from knooppunt.web.answers import Answer

HUB_EDITORS = (HubRole.EDITOR, HubRole.ADMINISTRATOR)


def is_editor(user: Any) -> bool:
    return people.is_hub(user, *HUB_EDITORS)


def parties(user: Any, version: Version) -> set[Party]:
    """What a person is to a version: nobody is the second reader of what they wrote themselves."""
    if not is_editor(user):
        return set()
    return {Party.EDITOR} if version.written_by(user) else {Party.EDITOR, Party.READER}


def may_move(user: Any, version: Version, verb: str) -> Answer:
    if verb == "withdraw" and version.entry.kind == Entry.Kind.STEP:
        return Answer(False, _("Plans of organisations stand on every step: a step is never withdrawn."))
    return FLOW.may(verb, version.state, parties(user, version))
