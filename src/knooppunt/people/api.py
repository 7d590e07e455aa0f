# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations in the API, in bulk and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Field, Router

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.texts import showable
from knooppunt.people import queries
from knooppunt.people.models import Organisation, OrganisationKind, Succession

router = Router(tags=["organisations"])
FACTS = (
    *("kind", "name_nl", "name_en", "code", "oin", "place"),
    *("latitude", "longitude", "inhabitants", "urbanity"),
)


class OrganisationOut(Resource):
    """A public body or partner, with official identifiers and public figures."""

    id: str
    kind: OrganisationKind
    name: Text
    code: str
    oin: str
    province: str | None
    place: str
    latitude: float | None
    longitude: float | None
    inhabitants: int | None
    urbanity: int | None
    url: str


class SuccessorOut(Resource):
    organisation: str
    since: date


class OrganisationDetail(OrganisationOut):
    """The same, with what stands in its place since when."""

    successors: list[SuccessorOut]
    predecessors: list[SuccessorOut]


class OrganisationPage(Resource):
    items: list[OrganisationOut]
    next: str | None = None


def shown(organisation: Organisation) -> dict[str, Any]:
    facts = {name: getattr(organisation, name) for name in FACTS if not name.startswith("name_")}
    return facts | {
        "id": organisation.slug,
        "name": Text.of(organisation, "name"),
        "province": organisation.parent.slug if organisation.parent else None,
        "url": f"{settings.PUBLIC_URL}/nl/organisaties/{organisation.slug}",
    }


@router.get("", response=responses(OrganisationPage), by_alias=True, operation_id="listOrganisations")
def list_organisations(
    request: HttpRequest,
    response: HttpResponse,
    kind: OrganisationKind | None = None,
    code: Annotated[str, Field(max_length=20, description="Official code, such as gm0363.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """All organisations, by identifier."""
    rows = Organisation.objects.select_related("parent")
    if kind:
        rows = rows.filter(kind=kind)
    if code:
        rows = rows.filter(code=showable(code).lower())
    return page(request, response, rows, shown, cursor=cursor, limit=limit, order="slug")


@router.get("/{id}", response=responses(OrganisationDetail), by_alias=True, operation_id="getOrganisation")
def get_organisation(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One organisation, with its successors and predecessors."""
    found = queries.organisation(showable(id))
    if found is None:
        raise Http404
    successors = found.successions.select_related("successor").order_by("date", "pk")
    predecessors = found.predecessions.select_related("predecessor").order_by("date", "pk")
    return shown(found) | {
        "successors": [{"organisation": s.successor.slug, "since": s.date} for s in successors],
        "predecessors": [{"organisation": s.predecessor.slug, "since": s.date} for s in predecessors],
    }


def export() -> Iterable[dict[str, Any]]:
    """Every organisation with its facts, and who stands in its place."""
    rows = Organisation.objects.select_related("parent").prefetch_related("successions__successor")
    for organisation in rows.order_by("slug").iterator(chunk_size=500):
        yield {
            "slug": organisation.slug,
            **{name: getattr(organisation, name) for name in FACTS},
            "parent": organisation.parent.slug if organisation.parent else None,
            "successors": sorted(
                [s.successor.slug, s.date.isoformat()] for s in organisation.successions.all()
            ),
        }


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write organisations from an export: first all of them, then what points from one to another."""
    taken, pointing = 0, []
    for record in records:
        organisation, _made = Organisation.objects.update_or_create(
            slug=record["slug"], defaults={name: record[name] for name in FACTS}
        )
        pointing.append((organisation.pk, record["parent"], record["successors"]))
        taken += 1
    ids = dict(Organisation.objects.values_list("slug", "pk"))
    for pk, parent, successors in pointing:
        Organisation.objects.filter(pk=pk).update(parent=ids[parent] if parent else None)
        for slug, since in successors:
            Succession.objects.update_or_create(
                predecessor_id=pk, successor_id=ids[slug], defaults={"date": date.fromisoformat(since)}
            )
    catalogue.publish_many(queries.organisations().filter(pk__in=[pk for pk, _p, _s in pointing]))
    return taken


def table(language: str, rows: Iterable[Organisation] | None = None) -> Iterator[list[Any]]:
    """These organisations (default: all) for a spreadsheet."""
    with override(language):
        yield [
            *(_("Name"), _("Kind"), _("Code"), "OIN", _("Province"), _("Place"), _("Inhabitants")),
            *(_("Urbanity"), _("Latitude"), _("Longitude"), "slug"),
        ]
        name = f"name_{language}"
        for o in queries.organisations() if rows is None else rows:
            yield [
                *(getattr(o, name), o.get_kind_display(), o.code, o.oin),
                *(getattr(o.parent, name) if o.parent else "", o.place, o.inhabitants, o.urbanity),
                *(o.latitude, o.longitude, o.slug),
            ]
