# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a privacy officer sees of the help desk: what the organisations asked, and texts to read as second.

A question is there when its asker put it for the organisation: without who asked, and without personal data
that was found in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from knooppunt.helpdesk import permissions
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.states import Party, State
from knooppunt.people import services as people
from knooppunt.people.roles import Role
from knooppunt.redaction import find, redact


@dataclass(frozen=True)
class Asked:
    """A question of the organisation, as its officer may see it. `slug` is of the published answer."""

    organisation: str
    text: str
    language: str
    state: str
    slug: str


def officer_for(user: Any) -> list[str]:
    """The organisations whose privacy officer this is."""
    return [slug for slug, roles in people.roles_of(user).items() if Role.PRIVACY_OFFICER in roles]


def is_officer(user: Any) -> bool:
    return bool(officer_for(user))


def asked_by(organisations: list[str]) -> list[Asked]:
    """What was asked for these organisations, the newest first."""
    rows = Question.objects.filter(organisation__in=organisations).order_by("organisation", "-asked", "-pk")
    return [
        Asked(
            q.organisation, redact(q.text, find(q.text), q.language), q.language,
            str(State(q.state).label), q.slug,
        )
        for q in rows
    ]  # fmt: skip


def to_read(user: Any) -> list[Question]:
    """Proposed answers that this person may publish as second reader, the longest waiting first."""
    waiting: QuerySet[Question] = Question.objects.filter(state=State.PROPOSED).order_by("changed", "pk")
    if not permissions.reads(user):
        return []
    return [question for question in waiting if Party.READER in permissions.parties(user, question)]
