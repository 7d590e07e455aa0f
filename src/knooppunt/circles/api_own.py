# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the owner of a token has to do with circles: where they take part, and introductions they may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Router

from knooppunt.api.face import reader, reads, responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource
from knooppunt.catalogue.kinds import path
from knooppunt.circles import permissions
from knooppunt.circles.introductionstates import State
from knooppunt.circles.models import Introduction, Member
from knooppunt.initiatives import services as initiatives

membership_router = Router(tags=["circles"])
introduction_router = Router(tags=["circles"])


class MembershipOut(Resource):
    """A circle in which you take part, for an organisation; private ones too."""

    circle: str
    title: str
    private: bool
    organisation: str
    leads: bool
    represents: bool
    since: datetime
    url: str


class MembershipPage(Resource):
    items: list[MembershipOut]
    next: str | None = None


class IntroductionOut(Resource):
    """An introduction of two organisations. What one of them answered is not told before both said yes."""

    id: int
    organisations: list[str]
    reason: str
    state: str
    made: datetime
    changed: datetime
    url: str


class IntroductionPage(Resource):
    items: list[IntroductionOut]
    next: str | None = None


def _membership(member: Member) -> dict[str, Any]:
    names = ("organisation", "leads", "represents", "since")
    return {
        "circle": member.circle.slug,
        "title": member.circle.title,
        "private": member.circle.private,
        **{name: getattr(member, name) for name in names},
        "url": f"{settings.PUBLIC_URL}/nl{path('circles:circle', member.circle.slug)}",
    }


@membership_router.get(
    "",
    response=responses(MembershipPage, reads(401, 403)),
    by_alias=True,
    operation_id="listCircleMemberships",
)
def list_memberships(
    request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50
) -> Any:
    """Circles in which the owner of the token takes part, for organisations where they work."""
    rows = permissions.memberships(reader(request)).select_related("circle")
    return page(request, response, rows, _membership, cursor=cursor, limit=limit)


def _introduction(introduction: Introduction) -> dict[str, Any]:
    answered = introduction.state in (State.ONE_YES, State.OTHER_YES)
    return {
        "id": introduction.pk,
        "organisations": [introduction.one, introduction.other],
        "state": State.PROPOSED if answered else introduction.state,
        **{name: getattr(introduction, name) for name in ("reason", "made")},
        "changed": introduction.made if answered else introduction.changed,  # the moment would tell it too
        "url": f"{settings.PUBLIC_URL}/nl{path('circles:introduction', introduction.pk)}",
    }


@introduction_router.get(
    "", response=responses(IntroductionPage, reads(401, 403)), by_alias=True, operation_id="listIntroductions"
)
def list_introductions(
    request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50
) -> Any:
    """Introductions of the organisations that the owner of the token speaks for; of all, for a connector."""
    user = reader(request)
    rows = Introduction.objects.all()
    if not permissions.is_connector(user):
        own = initiatives.speaks_for_all(user)
        rows = rows.filter(Q(one__in=own) | Q(other__in=own))
    return page(request, response, rows, _introduction, cursor=cursor, limit=limit)
