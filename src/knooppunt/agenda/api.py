# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Actions in the API, to read and to report on; agendas in bulk; actions as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, Literal

import ninja
import yaml
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Field, Router

from knooppunt.agenda import exporting, queries, services
from knooppunt.agenda.contentcheck import check
from knooppunt.agenda.loading import load_edition
from knooppunt.agenda.models import Action, Edition, Ownership, ProgressReport
from knooppunt.agenda.states import Status
from knooppunt.agenda.wording import localised, reviewed_status, self_status
from knooppunt.api.face import WRITE_PROBLEMS, responses, writer
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue.contentfile import read_texts
from knooppunt.catalogue.texts import showable

router = Router(tags=["actions"])


class ReportOut(Resource):
    """What was reported on a day, and what a reviewer made of it."""

    date: date
    self_status: Status
    reviewed_status: Literal["", *Status.values]  # type: ignore[valid-type]
    text: Text
    evidence: Text
    evidence_url: str


class ActionOut(Resource):
    """One action of a public agenda."""

    id: str
    agenda: str
    number: str
    title: Text
    description: Text
    leads: list[str]
    partners: list[str]
    commissioners: list[str]
    themes: list[str]
    start: int
    end: int | None
    tentative: bool
    place: str
    url: str
    reports: list[ReportOut]


class ActionPage(Resource):
    items: list[ActionOut]
    next: str | None = None


class ReportIn(Resource):
    """Progress on an action of yours, in one language."""

    status: Status
    date: date
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    language: Literal["nl", "en"]
    evidence: Annotated[str, Field(max_length=300)] = ""
    evidence_url: Annotated[str, Field(max_length=500, pattern="^(https?://.+)?$")] = ""


def shown_report(report: ProgressReport) -> dict[str, Any]:
    fields = ("date", "self_status", "reviewed_status", "evidence_url")
    texts = {"text": Text.of(report, "text"), "evidence": Text.of(report, "evidence")}
    return {name: getattr(report, name) for name in fields} | texts


def shown(action: Action) -> dict[str, Any]:
    owners = {
        name: [owner.slug for owner in action.owners_in(role)]
        for name, role in (("leads", "lead"), ("partners", "partner"), ("commissioners", "commissioner"))
    }
    return {
        "id": str(action),
        "agenda": action.edition.key,
        "number": action.number,
        "title": Text.of(action, "title"),
        "description": Text.of(action, "description"),
        **owners,
        "themes": [theme.slug for theme in action.themes.all()],
        **{name: getattr(action, name) for name in ("start", "end", "tentative", "place")},
        "url": f"{settings.PUBLIC_URL}/nl/agenda/{action.edition.key}/{action.number}",
        "reports": [shown_report(report) for report in action.reports.all()],
    }


def _action(agenda: str, number: str) -> Action:
    found = queries.action(f"{showable(agenda)}/{showable(number)}")
    if found is None:
        raise Http404
    return found


@router.get("", response=responses(ActionPage), by_alias=True, operation_id="listActions")
def list_actions(
    request: HttpRequest,
    response: HttpResponse,
    agenda: Annotated[str, Field(max_length=80, description="Only of this edition.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Actions of all public agendas, with what was reported."""
    rows = queries.actions()
    if agenda:
        rows = rows.filter(edition__key=showable(agenda))
    return page(request, response, rows, shown, cursor=cursor, limit=limit)


@router.get("/{agenda}/{number}", response=responses(ActionOut), by_alias=True, operation_id="getAction")
def get_action(request: HttpRequest, agenda: str, number: str) -> Any:
    """One action."""
    return shown(_action(agenda, number))


@router.post(
    "/{agenda}/{number}/reports",
    response=responses(ReportOut, WRITE_PROBLEMS, status=201),
    by_alias=True,
    operation_id="createReport",
)
def create_report(request: HttpRequest, agenda: str, number: str, report: ReportIn) -> Any:
    """Report how far an action of your organisation is."""
    actor, texts = writer(request), report.language
    made = services.report_progress(
        _action(agenda, number),
        actor=actor,
        status=report.status,
        moment=report.date,
        text={f"text_{texts}": showable(report.text)},
        evidence={
            f"evidence_{texts}": showable(report.evidence),
            "evidence_url": showable(report.evidence_url),
        },
    )
    return ninja.Status(201, shown_report(made))


def export() -> Iterable[dict[str, Any]]:
    """Every public edition, in the form of its content file; those that others follow up come first."""
    editions = Edition.objects.filter(pk__in=queries.editions()).select_related("agenda__organisation")
    for edition in editions.order_by("-agenda__national", "published", "key"):
        yield {"national": edition.agenda.national, "content": exporting.as_data(edition)}


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write editions from an export."""
    taken = 0
    for record in records:
        text = yaml.safe_dump(record["content"], allow_unicode=True, sort_keys=False)
        document = read_texts([("agenda.yaml", text.encode())])
        check(document)
        load_edition(document, national=bool(record["national"]))
        taken += 1
    return taken


def table(language: str) -> Iterator[list[Any]]:
    """Actions of all public agendas for a spreadsheet."""
    with override(language):
        yield [
            *(_("Agenda"), _("Number"), _("Title"), _("Start"), _("End"), _("Certain")),
            *(_("Carried out by"), _("Takes part"), _("Commissioned by")),
            *(_("Own status"), _("Reviewed status"), _("Last news")),
        ]
        for action in queries.actions().order_by("edition", "position"):
            standing = queries.standing(action)
            owners = [
                ", ".join(localised(owner, "name") for owner in action.owners_in(role))
                for role in Ownership.Role
            ]
            yield [
                *(action.edition.key, action.number, localised(action, "title"), action.start, action.end),
                _("possible") if action.tentative else _("planned"),
                *owners,
                self_status(standing.self_status),
                reviewed_status(standing.reviewed_status),
                standing.last_news,
            ]
