# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one follows, for programs: the same as the page does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from ninja import Field, Router, Status

from knooppunt.api.face import WRITE_PROBLEMS, responses, writer
from knooppunt.api.problems import ProblemError
from knooppunt.api.schemas import Resource
from knooppunt.catalogue import following, queries
from knooppunt.catalogue.models import Card, Follow
from knooppunt.catalogue.texts import showable

router = Router(tags=["follows"])


class FollowIn(Resource):
    """Either a card (kind and id) or a search (the query string of the search page)."""

    kind: str = Field("", max_length=40)
    id: str = Field("", max_length=200)
    search: str = Field("", max_length=1000)
    webhook_url: str = Field("", max_length=500, description="https address that is called for each change")


class FollowOut(Resource):
    id: int
    kind: str
    card: str
    search: str
    channel: str
    since: datetime


class FollowList(Resource):
    items: list[FollowOut]


def shown(follow: Follow) -> dict[str, Any]:
    return {
        **{"id": follow.pk, "kind": follow.kind, "card": follow.key, "search": follow.search},
        **{"channel": follow.channel, "since": follow.since},
    }


@router.get("", response=responses(FollowList, WRITE_PROBLEMS), by_alias=True, operation_id="listFollows")
def list_follows(request: HttpRequest) -> Any:
    """All that the owner of the token follows."""
    return {"items": [shown(follow) for follow in writer(request).follows.order_by("pk")]}


@router.post(
    "", response=responses(FollowOut, WRITE_PROBLEMS, status=201), by_alias=True, operation_id="createFollow"
)
def create_follow(request: HttpRequest, wanted: FollowIn) -> Any:
    """Follow a card or a search. Following twice is following once."""
    user = writer(request)
    card = Card.objects.filter(kind=showable(wanted.kind), key=showable(wanted.id)).first()
    if bool(wanted.kind or wanted.id) == bool(wanted.search):
        raise ProblemError(400, "Give either kind and id, or search.")
    if not wanted.search and card is None:
        raise ProblemError(404, "There is no public card of this kind and id.")
    search = queries.read(QueryDict(showable(wanted.search))) if wanted.search else None
    try:
        made = following.follow(
            user, card=card, search=search, webhook_url=wanted.webhook_url, language=user.language
        )
    except following.CannotFollowError as error:
        raise ProblemError(409, str(error)) from error
    return Status(201, shown(made))


@router.delete("/{int:id}", response=responses(None, WRITE_PROBLEMS, status=204), operation_id="deleteFollow")
def delete_follow(request: HttpRequest, id: int) -> Any:  # noqa: A002 - the name in the contract
    """Stop following."""
    try:
        following.stop(writer(request), id)
    except (Follow.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    return Status(204, None)
