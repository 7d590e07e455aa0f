# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? What a person is to a question, and what each party may."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.helpdesk.models import Desk, Question
from knooppunt.helpdesk.states import FLOW, OF_RENEWAL, Party
from knooppunt.people import services as people
from knooppunt.people.roles import HubRole
from knooppunt.web.answers import Answer

EXPERTS = (HubRole.EDITOR, HubRole.CONNECTOR, HubRole.ADMINISTRATOR)
READERS = (HubRole.EDITOR, HubRole.ADMINISTRATOR)
DESK_KEEPERS = (HubRole.CONNECTOR, HubRole.ADMINISTRATOR)


def is_expert(user: Any) -> bool:
    return people.is_hub(user, *EXPERTS)


def reads(user: Any) -> bool:
    """May read proposals as second, and say what the ranking forgets."""
    return people.is_hub(user, *READERS)


def keeps_desks(user: Any) -> bool:
    """May open a desk with a team, and change it."""
    return people.is_hub(user, *DESK_KEEPERS)


def open_desks(user: Any) -> list[Desk]:
    """The desks that are open now and have this person in their team."""
    return [desk for desk in user.desks.all() if desk.is_open] if people.is_somebody(user) else []


def works_here(user: Any) -> bool:
    return is_expert(user) or bool(open_desks(user))


def parties(user: Any, question: Question, *, by_key: bool = False) -> set[Party]:
    """What a person is to a question. `by_key`: the session came in with the key of the asker's link."""
    found: set[Party] = set()
    if by_key or (people.is_somebody(user) and question.author_id == user.pk):
        found.add(Party.ASKER)
    if is_expert(user) or question.desk_id in [desk.pk for desk in open_desks(user)]:
        found.add(Party.EXPERT)
    if reads(user) and question.writer_id != user.pk:
        found.add(Party.READER)
    return found


def may(deed: str, found: set[Party]) -> Answer:
    return FLOW.may_do(deed, found)


def may_ask_for(user: Any, organisation: str) -> bool:
    """Who works at an organisation may ask for it."""
    return organisation in people.works_at(user)


def may_move(found: set[Party], question: Question, verb: str) -> Answer:
    if verb in OF_RENEWAL and not question.renews:
        return Answer(False, _("This question brings no published answer back."))
    return FLOW.may(verb, question.state, found)
