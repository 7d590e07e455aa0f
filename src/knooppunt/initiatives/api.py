# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Initiatives in the API, to read; and in bulk, to carry to another hub. Contacts stay where they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.bilingual import check_record
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.initiatives import queries
from knooppunt.initiatives.models import Initiative
from knooppunt.initiatives.states import PUBLIC, State
from knooppunt.initiatives.wording import OFFERS, ORIGINS, SEEKS

router = Router(tags=["initiatives"])
TEXTS = (
    "organisation",
    "language",
    "title",
    "problem",
    "challenge",
    "place",
    "capacity",
    "lesson",
    "practice",
)
KEPT = ("translation", "source", "from_content")
CODES = {"origins": ORIGINS, "seeks": SEEKS, "offers": OFFERS}


class InitiativeOut(Resource):
    """Something an organisation is busy with; `translation` has the texts in the other language, if any."""

    id: str
    organisation: str
    language: str
    title: str
    problem: str
    challenge: str
    place: str
    origins: list[str]
    seeks: list[str]
    offers: list[str]
    capacity: str
    state: str
    lesson: str
    practice: str
    posted: datetime
    changed: datetime
    translation: dict[str, str]
    url: str


class InitiativePage(Resource):
    items: list[InitiativeOut]
    next: str | None = None


def shown(initiative: Initiative) -> dict[str, Any]:
    return {
        "id": initiative.slug,
        **{
            name: getattr(initiative, name)
            for name in (*TEXTS, *CODES, "state", "posted", "changed", "translation")
        },
        "url": f"{settings.PUBLIC_URL}/nl{path('initiatives:initiative', initiative.slug)}",
    }


@router.get("", response=responses(InitiativePage), by_alias=True, operation_id="listInitiatives")
def list_initiatives(
    request: HttpRequest,
    response: HttpResponse,
    organisation: Annotated[str, Field(max_length=100, description="Only what it is busy with.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Public initiatives, by identifier."""
    rows = queries.public()
    if organisation:
        rows = rows.filter(organisation=showable(organisation))
    return page(request, response, rows, shown, cursor=cursor, limit=limit, order="slug")


@router.get("/{id}", response=responses(InitiativeOut), by_alias=True, operation_id="getInitiative")
def get_initiative(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One initiative."""
    found = queries.find(showable(id))
    if found is None or found.state not in PUBLIC:
        raise Http404
    return shown(found)


def export() -> Iterable[dict[str, Any]]:
    """Every public initiative, by its address."""
    for initiative in queries.public().order_by("slug").iterator(chunk_size=200):
        row = {name: getattr(initiative, name) for name in (*TEXTS, *CODES, *KEPT, "state")}
        times = {name: getattr(initiative, name).isoformat() for name in ("posted", "changed")}
        yield {"slug": initiative.slug, **row, **times}


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write initiatives from an export; ValueError says what in a record is no initiative."""
    taken = 0
    for record in records:
        slug = record["slug"]
        if record["state"] not in PUBLIC:
            raise ValueError(f"initiative '{slug}': '{record['state']}' is no public state")
        check_record(record, ("title", "problem", "capacity", "lesson"))
        initiative = queries.find(slug) or Initiative(slug=slug)
        for name in TEXTS:
            setattr(initiative, name, str(record[name]))
        for name, labels in CODES.items():
            if unknown := set(record[name]) - set(labels):
                raise ValueError(
                    f"initiative '{slug}': {name} has no '{min(unknown)}'; use {', '.join(labels)}"
                )
            setattr(initiative, name, list(record[name]))
        for name in KEPT:
            setattr(initiative, name, record[name])
        initiative.state = State(record["state"])
        initiative.posted = datetime.fromisoformat(record["posted"])
        initiative.changed = datetime.fromisoformat(record["changed"])
        initiative.full_clean(exclude=["author"], validate_unique=False)
        catalogue.publish(initiative, detail={"deed": "import"})
        taken += 1
    return taken
