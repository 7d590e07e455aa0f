# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is public, whatever its kind: cards, search, and each thing as linked data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Query, Router
from pydantic import StringConstraints

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue import finding
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.queries import Search
from knooppunt.catalogue.texts import showable

router = Router(tags=["cards"])
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
LINKED_DATA = "application/ld+json"


class FacetOut(Resource):
    facet: str
    code: str
    label: Text


class CardOut(Resource):
    """A card: what anyone may find of one published thing."""

    kind: str
    id: str
    title: Text
    summary: Text
    language: Annotated[str, Field(description="nl or en for what users wrote in one language; else empty")]
    url: str
    facets: list[FacetOut]
    starts: date | None
    ends: date | None
    place: str
    latitude: float | None
    longitude: float | None
    published: datetime
    updated: datetime


class CardPage(Resource):
    items: list[CardOut]
    next: str | None = None


class HitOut(Resource):
    """A card that a search found, with why."""

    kind: str
    id: str
    title: str
    url: str
    score: float
    why: str


class HitPage(Resource):
    items: list[HitOut]
    total: int


def shown(card: Card) -> dict[str, Any]:
    facets = [{"facet": f.facet, "code": f.code, "label": Text.of(f, "label")} for f in card.facets.all()]
    return {
        "kind": card.kind,
        "id": card.key,
        "title": Text.of(card, "title"),
        "summary": Text.of(card, "summary"),
        "language": card.language,
        "url": f"{settings.PUBLIC_URL}/nl{card.url}",
        "facets": sorted(facets, key=lambda f: (f["facet"], f["code"])),
        **{name: getattr(card, name) for name in ("starts", "ends", "place", "latitude", "longitude")},
        **{"published": card.published, "updated": card.updated},
    }


@router.get("/cards", response=responses(CardPage), by_alias=True, operation_id="listCards")
def list_cards(
    request: HttpRequest,
    response: HttpResponse,
    kind: Annotated[str, Field(max_length=40, description="Only this kind.")] = "",
    organisation: Annotated[str, Field(max_length=100, description="Only of this organisation.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """All cards, oldest first."""
    rows = Card.objects.prefetch_related("facets")
    if kind:
        rows = rows.filter(kind=showable(kind))
    if organisation:
        rows = rows.filter(facets__facet="organisation", facets__code=showable(organisation))
    return page(request, response, rows, shown, cursor=cursor, limit=limit)


@router.get("/cards/{kind}/{path:id}", response=responses(CardOut), by_alias=True, operation_id="getCard")
def get_card(request: HttpRequest, kind: Kind, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One card; with `Accept: application/ld+json` the thing itself as schema.org."""
    card = Card.objects.prefetch_related("facets").filter(kind=kind, key=showable(id)).first()
    if card is None:
        raise Http404
    if LINKED_DATA in request.META.get("HTTP_ACCEPT", ""):
        return linked_data(card)
    return shown(card)


def linked_data(card: Card) -> HttpResponse:
    kind = kinds.get(card.kind)
    thing = kind.find(card.key) if kind else None
    if kind is None or thing is None:
        raise Http404
    return JsonResponse(kind.json_ld(thing, card.language or "nl"), content_type=LINKED_DATA)


class SearchIn(Resource):
    q: str = Field("", max_length=1000, description="Words to search for, in Dutch or English.")
    kind: str = Field("", max_length=40, description="Only this kind.")
    language: Literal["nl", "en"] = Field("nl", description="Language of the reader.")
    limit: Limit = 20
    page: int = Field(1, ge=1, le=10, description="Page of results.")


@router.get("/search", response=responses(HitPage), by_alias=True, operation_id="search")
def search(request: HttpRequest, wanted: Query[SearchIn]) -> Any:
    """The best cards for some words, as on the site, each with why it was found."""
    asked = Search(
        text=" ".join(showable(wanted.q).split()),
        kinds=(wanted.kind,) if wanted.kind in kinds else (),
        page=wanted.page,
    )
    found = finding.search(asked, wanted.language, size=wanted.limit, facets=False)
    rows = [finding.as_row(hit, wanted.language) for hit in found.hits]
    for row in rows:
        row["url"] = settings.PUBLIC_URL + row["url"] if row["url"].startswith("/") else row["url"]
    return {"items": rows, "total": found.total}
