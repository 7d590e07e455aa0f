# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facilities in the API, to read; and in bulk, to carry to another hub. Requests stay where they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.contentfile import Document
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.facilities import queries
from knooppunt.facilities.contentcheck import check
from knooppunt.facilities.models import Facility

router = Router(tags=["facilities"])
Offer = Literal["people", "compute", "software", "data", "secure_room"]
Audience = Literal["central", "provinces", "municipalities", "water_boards", "research", "companies"]


class DominanceOut(Resource):
    """The n largest contributors together have at most the share k of a total."""

    n: int
    k: float


class PolicyOut(Resource):
    """What may leave a facility, as `knooppunt outputs check` reads it."""

    policy: str
    version: int
    minimum_cell: int
    zeros_disclosive: bool = False
    dominance: DominanceOut | None = None
    p_percent: float | None = None
    differencing: bool = True


class FacilityOut(Resource):
    """Something that an organisation lets others use; what was not reported is named."""

    id: str
    title: Text
    summary: Text
    kept_by: str
    offers: list[Offer]
    audience: list[Audience]
    mode: Literal["on_site", "remote", "both", "not_reported"]
    place: str
    costs: Text
    waiting: Text
    conditions: Text
    output_policy: PolicyOut | None
    not_reported: list[str]
    url: str


class FacilityPage(Resource):
    items: list[FacilityOut]
    next: str | None = None


def shown(facility: Facility) -> dict[str, Any]:
    content = facility.content
    return {
        "id": facility.slug,
        **{f: Text(**(content.get(f) or {})) for f in ("title", "summary", "costs", "waiting", "conditions")},
        **{f: content[f] for f in ("offers", "audience", "mode", "not_reported")},
        "kept_by": facility.organisation,
        "place": content.get("place", ""),
        "output_policy": facility.policy,
        "url": f"{settings.PUBLIC_URL}/nl{path('facilities:facility', facility.slug)}",
    }


@router.get("", response=responses(FacilityPage), by_alias=True, operation_id="listFacilities")
def list_facilities(
    request: HttpRequest,
    response: HttpResponse,
    organisation: Annotated[str, Field(max_length=100, description="Only what it keeps.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Facilities that take requests, by identifier."""
    rows = Facility.objects.filter(open=True)
    if organisation:
        rows = rows.filter(organisation=showable(organisation))
    return page(request, response, rows, shown, cursor=cursor, limit=limit, order="slug")


@router.get("/{id}", response=responses(FacilityOut), by_alias=True, operation_id="getFacility")
def get_facility(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One facility."""
    found = queries.find(showable(id))
    if found is None or not found.open:
        raise Http404
    return shown(found)


def export() -> Iterable[dict[str, Any]]:
    """Every open facility, by its address."""
    for facility in Facility.objects.filter(open=True).iterator(chunk_size=200):
        yield {
            "slug": facility.slug,
            "organisation": facility.organisation,
            "from_content": facility.from_content,
            "content": facility.content,
        }


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write facilities from an export; ContentError for one that is none."""
    taken = 0
    for record in records:
        check(Document(record["content"]))
        facility = queries.find(record["slug"]) or Facility(slug=record["slug"])
        facility.organisation, facility.content = record["organisation"], record["content"]
        facility.from_content, facility.open = bool(record["from_content"]), True
        catalogue.publish(facility, detail={"deed": "import"})
        taken += 1
    return taken
