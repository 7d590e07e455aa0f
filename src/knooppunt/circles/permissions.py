# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? What a person is to a circle or an introduction, and what each party may."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from knooppunt.circles.introductionstates import FLOW, Party
from knooppunt.circles.models import Circle, Introduction, Member
from knooppunt.flow.table import Deeds
from knooppunt.initiatives import services as initiatives
from knooppunt.people import services as people
from knooppunt.people.roles import HubRole, Role
from knooppunt.web.answers import YES, Answer

CONNECTORS = (HubRole.CONNECTOR, HubRole.ADMINISTRATOR)


class CircleParty(models.TextChoices):
    """What a person is to a circle."""

    LEADER = "leader", _("someone who made the circle, or was made its leader")
    MEMBER = "member", _("someone who takes part in the circle")
    CONNECTOR = "connector", _("a connector or administrator of the hub")
    ANYONE = "anyone", _("someone who is signed in and has a role at an organisation")


CIRCLE_DEEDS: dict[str, frozenset[CircleParty]] = {
    "see-private": frozenset({CircleParty.LEADER, CircleParty.MEMBER}),
    "join-open": frozenset({CircleParty.ANYONE}),
    "plan-meeting": frozenset({CircleParty.LEADER, CircleParty.MEMBER}),
    "write-notes": frozenset({CircleParty.LEADER, CircleParty.MEMBER}),
    "come-to-meeting": frozenset({CircleParty.LEADER, CircleParty.MEMBER}),
    "change": frozenset({CircleParty.LEADER, CircleParty.CONNECTOR}),
    "arrange-members": frozenset({CircleParty.LEADER}),
    "invite": frozenset({CircleParty.LEADER, CircleParty.CONNECTOR}),
}


CIRCLE = Deeds(CircleParty, CIRCLE_DEEDS)


def is_connector(user: Any) -> bool:
    return people.is_hub(user, *CONNECTORS)


def circle_parties(user: Any, circle: Circle) -> set[CircleParty]:
    """What a person is to a circle. Staff of the hub is nobody to a private circle."""
    if not people.is_somebody(user):
        return set()
    found = {CircleParty.ANYONE} if people.roles_of(user) else set()
    member = member_of(user, circle)
    if member is not None:
        found.add(CircleParty.MEMBER)
        if member.leads:
            found.add(CircleParty.LEADER)
    if is_connector(user) and not circle.private:
        found.add(CircleParty.CONNECTOR)
    return found


def member_of(user: Any, circle: Circle) -> Member | None:
    """How a person takes part; who no longer works at the organisation takes part no more."""
    member = circle.members.filter(user=user).first() if people.is_somebody(user) else None
    if member is None or not people.has_role(user, member.organisation, *Role):
        return None
    return member


def memberships(user: Any) -> QuerySet[Member]:
    """Where a person takes part, for organisations where they work."""
    return Member.objects.filter(user=user, organisation__in=people.roles_of(user))


def may_circle(user: Any, deed: str, circle: Circle) -> Answer:
    return CIRCLE.may(deed, circle_parties(user, circle))


def may_see_circle(user: Any, circle: Circle) -> Answer:
    return may_circle(user, "see-private", circle) if circle.private else YES


def parties(user: Any, introduction: Introduction) -> set[Party]:
    found = set()
    if initiatives.speaks_for(user, introduction.one):
        found.add(Party.ONE)
    if initiatives.speaks_for(user, introduction.other):
        found.add(Party.OTHER)
    if is_connector(user):
        found.add(Party.CONNECTOR)
    return found


def may(user: Any, deed: str, introduction: Introduction) -> Answer:
    return FLOW.may_do(deed, parties(user, introduction))


def may_move(user: Any, introduction: Introduction, verb: str) -> Answer:
    return FLOW.may(verb, introduction.state, parties(user, introduction))
