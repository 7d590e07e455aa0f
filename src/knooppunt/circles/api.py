# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open circles with their meetings in the API, to read; and in bulk, to carry to another hub.

Private circles, notes, and who takes part stay where they are: a person downloads their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.bilingual import check_record, is_list_of_texts
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.circles import queries
from knooppunt.circles.models import Circle, Meeting

router = Router(tags=["circles"])
TEXTS = ("language", "title", "purpose", "challenge", "elsewhere")
KEPT = ("translation", "named", "source", "from_content")
MEETING = ("title", "place", "places", "agenda", "cancelled", "revision")
MOMENTS = ("starts", "ends", "changed")


class MeetingOut(Resource):
    """A meeting: when, where and about what. Notes are for who takes part."""

    title: str
    starts: datetime
    ends: datetime
    place: str
    places: int | None
    agenda: str
    cancelled: bool
    url: str


class CircleOut(Resource):
    """An open circle; `organisations` take part, `named` are the organisations that its source names."""

    id: str
    language: str
    title: str
    purpose: str
    challenge: str
    elsewhere: str
    translation: dict[str, str]
    organisations: list[str]
    named: list[str]
    meetings: list[MeetingOut]
    url: str


class CirclePage(Resource):
    items: list[CircleOut]
    next: str | None = None


def shown(circle: Circle) -> dict[str, Any]:
    address = path("circles:circle", circle.slug)
    return {
        "id": circle.slug,
        **{name: getattr(circle, name) for name in (*TEXTS, "translation", "named")},
        "organisations": sorted(set(circle.members.values_list("organisation", flat=True))),
        "meetings": [
            {
                name: getattr(meeting, name)
                for name in ("title", "starts", "ends", "place", "places", "agenda", "cancelled")
            }
            | {"url": f"{settings.PUBLIC_URL}/nl{path('circles:meeting', circle.slug, meeting.pk)}"}
            for meeting in circle.meetings.all()
        ],
        "url": f"{settings.PUBLIC_URL}/nl{address}",
    }


@router.get("", response=responses(CirclePage), by_alias=True, operation_id="listCircles")
def list_circles(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Open circles, by identifier."""
    rows = queries.public().prefetch_related("meetings")
    return page(request, response, rows, shown, cursor=cursor, limit=limit, order="slug")


@router.get("/{id}", response=responses(CircleOut), by_alias=True, operation_id="getCircle")
def get_circle(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One open circle."""
    found = queries.public().filter(slug=showable(id)).first()
    if found is None:
        raise Http404
    return shown(found)


def export() -> Iterable[dict[str, Any]]:
    """Every open circle with its meetings, by its address."""
    for circle in queries.public().prefetch_related("meetings").order_by("slug").iterator(chunk_size=200):
        meetings = [
            {name: getattr(meeting, name) for name in MEETING}
            | {name: getattr(meeting, name).isoformat() for name in MOMENTS}
            for meeting in circle.meetings.all()
        ]
        row = {name: getattr(circle, name) for name in (*TEXTS, *KEPT)}
        yield {"slug": circle.slug, **row, "made": circle.made.isoformat(), "meetings": meetings}


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write circles from an export; a private circle that has the address here stays as it is."""
    return sum(map(_load, records))


@transaction.atomic
def _load(record: dict[str, Any]) -> bool:
    check_record(record, ("title", "purpose"))
    if not is_list_of_texts(record["named"]):
        raise ValueError("named: give a list of slugs of organisations")
    circle = queries.find(record["slug"]) or Circle(slug=record["slug"])
    if circle.private:
        raise ValueError(
            f"circle '{circle.slug}': here a private circle has this address; change one of the two"
        )
    for name in TEXTS:
        setattr(circle, name, str(record[name]))
    for name in KEPT:
        setattr(circle, name, record[name])
    circle.made = datetime.fromisoformat(record["made"])
    circle.full_clean(exclude=["made_by"], validate_unique=False)
    catalogue.publish(circle, detail={"deed": "import"})
    for given in record["meetings"]:
        starts, ends, changed = (datetime.fromisoformat(given[name]) for name in MOMENTS)
        meeting = circle.meetings.filter(starts=starts, title=given["title"]).first() or Meeting(
            circle=circle
        )
        for name in MEETING:
            setattr(meeting, name, given[name])
        # Their members were reminded, or not, where the meeting was planned.
        meeting.starts, meeting.ends, meeting.changed, meeting.reminded = starts, ends, changed, True
        meeting.full_clean()
        meeting.save()
    return True
