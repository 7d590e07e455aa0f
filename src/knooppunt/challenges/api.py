# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges in the API and in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.contentfile import ContentError, Document
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.challenges import queries
from knooppunt.challenges.contentcheck import SHAPE
from knooppunt.challenges.models import Challenge

router = Router(tags=["challenges"])


class VariableOut(Resource):
    """Data that help with a challenge: who holds them, how to get them, on which ground."""

    variable: Text
    holders: list[str]
    others: Text
    access: Literal["open", "partly_open", "on_request", "shared_lab", "closed", "unknown"]
    route: Text
    ground: Text
    basis: Literal["agenda", "own"]


class ChallengeOut(Resource):
    """A societal challenge with its data table."""

    id: str
    title: Text
    summary: Text
    description: Text
    themes: list[str]
    data: list[VariableOut]
    url: str


class ChallengePage(Resource):
    items: list[ChallengeOut]
    next: str | None = None


def text(value: dict[str, str] | None) -> Text:
    return Text(**(value or {}))


def shown(challenge: Challenge) -> dict[str, Any]:
    content = challenge.content
    return {
        "id": challenge.slug,
        **{field: text(content[field]) for field in ("title", "summary", "description")},
        "themes": content["themes"],
        "data": [_variable(row) for row in content["data"]],
        "url": f"{settings.PUBLIC_URL}/nl{path('challenges:challenge', challenge.slug)}",
    }


def _variable(row: dict[str, Any]) -> dict[str, Any]:
    texts = {field: text(row.get(field)) for field in ("variable", "others", "route", "ground")}
    return texts | {"holders": row.get("holders", []), "access": row["access"], "basis": row["basis"]}


@router.get("", response=responses(ChallengePage), by_alias=True, operation_id="listChallenges")
def list_challenges(
    request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50
) -> Any:
    """The societal challenges, by identifier."""
    return page(request, response, Challenge.objects.all(), shown, cursor=cursor, limit=limit, order="slug")


@router.get("/{id}", response=responses(ChallengeOut), by_alias=True, operation_id="getChallenge")
def get_challenge(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One challenge."""
    found = queries.find(showable(id))
    if found is None:
        raise Http404
    return shown(found)


def export() -> Iterable[dict[str, Any]]:
    """Every challenge as its content file has it."""
    for challenge in Challenge.objects.order_by("slug"):
        yield challenge.content


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write challenges from an export."""
    taken = []
    for content in records:
        if problems := list(SHAPE.problems(Document(content))):
            raise ContentError(problems)
        challenge, _made = Challenge.objects.update_or_create(
            slug=content["challenge"], defaults={"position": content["position"], "content": content}
        )
        taken.append(challenge)
    catalogue.publish_many(taken)
    return len(taken)
