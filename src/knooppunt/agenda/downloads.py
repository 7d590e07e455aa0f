# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of an edition: tables as CSV, the content file, the yearly report as accessible PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knooppunt.agenda import exporting, queries, yearreport
from knooppunt.agenda.models import Ownership
from knooppunt.agenda.pictures import money_unit
from knooppunt.agenda.views import find_edition
from knooppunt.agenda.wording import localised, reviewed_status, self_status
from knooppunt.circles.services import introductions_by_year
from knooppunt.web.csvfile import download, download_csv


@require_safe
def actions_csv(request: HttpRequest, edition: str) -> HttpResponse:
    """Every action with years, owners, statuses: the table of the timeline."""
    found = find_edition(request, edition)
    heading = [
        *(_("Number"), _("Chapter"), _("Title"), _("Start"), _("End"), _("Certain")),
        *(_("Carried out by"), _("Takes part"), _("Commissioned by")),
        *(_("Own status"), _("Reviewed status"), _("Last news")),
    ]
    rows = [heading]
    for action in queries.actions(found):
        standing = queries.standing(action)
        owners = [
            ", ".join(localised(owner, "name") for owner in action.owners_in(role)) for role in Ownership.Role
        ]
        rows.append(
            [
                action.number,
                localised(action.chapter, "title") if action.chapter else "",
                localised(action, "title"),
                action.start,
                action.end,
                _("possible") if action.tentative else _("planned"),
                *owners,
                self_status(standing.self_status),
                reviewed_status(standing.reviewed_status),
                standing.last_news.isoformat() if standing.last_news else "",
            ]
        )
    return download_csv(request, rows, f"{found.key}-acties.csv")


@require_safe
def budget_csv(request: HttpRequest, edition: str) -> HttpResponse:
    """One row per line and year; an empty amount was not reported."""
    found = find_edition(request, edition)
    unit = money_unit(found)
    rows: list[list[Any]] = [
        [_("Line"), _("Title"), _("Year"), _("Planned"), _("Committed"), _("Spent"), _("Unit"), _("Actions")]
    ]
    for line in queries.budget_lines(found):
        numbers = ", ".join(action.number for action in line.actions.all())
        rows += [
            [line.key, localised(line, "title"), a.year, a.planned, a.committed, a.spent, unit, numbers]
            for a in line.amounts.all()
        ]
    return download_csv(request, rows, f"{found.key}-begroting.csv")


@require_safe
def introductions_csv(request: HttpRequest, edition: str) -> HttpResponse:
    """Introductions of organisations by the hub's connectors, per year; only with the national agenda."""
    found = find_edition(request, edition)
    if not found.agenda.national:
        raise Http404
    rows: list[list[Any]] = [
        [_("Year"), _("Proposed"), _("Both said yes"), _("Declined"), _("Told what came of it")]
    ]
    rows += [list(year.values()) for year in introductions_by_year()]
    return download_csv(request, rows, f"{found.key}-kennismakingen.csv")


@require_safe
def content_file(request: HttpRequest, edition: str) -> HttpResponse:
    """The edition in the form of a content file, to keep, edit and send back."""
    found = find_edition(request, edition)
    return download(exporting.as_yaml(found), "application/yaml; charset=utf-8", f"{found.key}.yaml")


@require_safe
def yearly_report(request: HttpRequest, edition: str, year: int) -> HttpResponse:
    """The report over one year, made on the spot from what was reported."""
    found = find_edition(request, edition)
    actions = list(queries.actions(found).prefetch_related("effects"))
    if year not in queries.report_years(found, actions):
        raise Http404
    name = f"{found.key}-verslag-{year}-{request.LANGUAGE_CODE}.pdf"
    return download(yearreport.pdf(found, actions, year), "application/pdf", name)
