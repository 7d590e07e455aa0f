# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Designs in the API, and in the export to another hub."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource
from knooppunt.catalogue import services as catalogue
from knooppunt.flow import drafts
from tests.toykind.models import Design
from tests.toykind.states import State

router = Router(tags=["designs"])
SILENT = {"include_in_schema": False}  # the contract of the hub names no toys


class DesignOut(Resource):
    """How a toy is made."""

    id: str
    organisation: str
    title: dict[str, str]
    text: dict[str, str]


class DesignPage(Resource):
    items: list[DesignOut]
    next: str | None = None


def shown(design: Design) -> dict[str, Any]:
    content = design.public.content if design.public else {}
    return {"id": design.slug, "organisation": design.organisation, **content}


@router.get("", response=responses(DesignPage), by_alias=True, operation_id="listDesigns", **SILENT)
def list_designs(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Published designs, by identifier."""
    rows = Design.objects.filter(versions__state=State.PUBLISHED)
    return page(request, response, rows, shown, cursor=cursor, limit=limit, order="slug")


@router.get("/{id}", response=responses(DesignOut), by_alias=True, operation_id="getDesign", **SILENT)
def get_design(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One design."""
    found = Design.objects.filter(slug=id, versions__state=State.PUBLISHED).first()
    if found is None:
        raise Http404
    return shown(found)


def export() -> Iterator[dict[str, Any]]:
    for design in Design.objects.filter(versions__state=State.PUBLISHED).order_by("slug"):
        yield {"slug": design.slug, "organisation": design.organisation, "content": design.public.content}


def load(records: Iterator[dict[str, Any]]) -> int:
    taken = 0
    for record in records:
        design, _made = Design.objects.get_or_create(
            slug=record["slug"], defaults={"organisation": record["organisation"]}
        )
        design.versions.exclude(state=State.REPLACED).update(state=State.REPLACED)
        drafts.add(design.versions, record["content"], None)
        design.versions.filter(pk=design.versions.first().pk).update(state=State.PUBLISHED)
        catalogue.publish(design, detail={"deed": "import"})
        taken += 1
    return taken
