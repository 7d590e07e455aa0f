# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading agendas: everything a page or card needs in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from knooppunt.agenda.models import (
    Action,
    BudgetAmount,
    BudgetLine,
    Edition,
    Ownership,
    ProgressReport,
)
from knooppunt.agenda.states import EditionState, Status


def editions() -> QuerySet[Edition]:
    """Editions that anyone may see, newest first."""
    return Edition.objects.filter(state__in=EditionState.public()).select_related("agenda__organisation")


def open_edition(organisation: str) -> Edition | None:
    """The newest edition of an organisation's own agenda that can still be filled."""
    return Edition.objects.filter(
        agenda__organisation__slug=organisation,
        agenda__national=False,
        state__in=(EditionState.DRAFT, EditionState.CURRENT),
    ).first()


def actions(edition: Edition | None = None) -> QuerySet[Action]:
    """Actions with what their cards and lists show; of one edition, or of all public ones."""
    found = Action.objects.select_related("chapter", "edition__agenda__organisation").prefetch_related(
        Prefetch("ownerships", Ownership.objects.select_related("owner")),
        "themes",
        "reports",
        Prefetch("contributes_to", Action.objects.select_related("edition")),
    )
    if edition is not None:
        return found.filter(edition=edition)
    return found.filter(edition__state__in=EditionState.public())


def action(key: str) -> Action | None:
    """The public action of a key such as `nl-digitaal-2019/4.6`."""
    edition, _, number = key.partition("/")
    return actions().filter(edition__key=edition, number=number).first()


@dataclass(frozen=True)
class Standing:
    """How an action stands: latest own status, latest reviewed status, last news."""

    self_status: str
    reviewed_status: str
    last_news: date | None
    months_silent: int | None


def standing(action: Action, today: date | None = None) -> Standing:
    """Latest statuses and the silence since the last report; uses prefetched reports."""
    reports = list(action.reports.all())
    if not reports:
        return Standing("", "", None, None)
    today = today or timezone.localdate()
    reviewed = next((r.reviewed_status for r in reports if r.reviewed_status), "")
    last: ProgressReport = reports[0]
    return Standing(last.self_status, reviewed, last.date, whole_months(last.date, today))


def longest_silent(
    actions: list[Action], today: date | None = None, months: int = 6, most: int = 5
) -> list[tuple[Action, int]]:
    """Actions without news for at least so many months, the longest silent first; complete ones are done."""
    silent = [
        (action, found.months_silent)
        for action in actions
        if (found := standing(action, today)).months_silent is not None
        and found.self_status != Status.COMPLETE
    ]
    return sorted((pair for pair in silent if pair[1] >= months), key=lambda pair: -pair[1])[:most]


def whole_months(since: date, until: date) -> int:
    """Full calendar months between two dates: from 31 January to 28 February is 0."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (until.day < since.day))


@dataclass(frozen=True)
class Total:
    """Money of all lines in one year; None where no line reported, partial sums are marked."""

    year: int
    planned: Decimal
    committed: Decimal | None
    spent: Decimal | None
    complete: bool


def budget_lines(edition: Edition) -> list[BudgetLine]:
    return list(edition.lines.prefetch_related("amounts", "actions"))


def totals(lines: list[BudgetLine]) -> list[Total]:
    """Sums per year over the lines; `complete` says that every line reported committed and spent money."""
    amounts: dict[int, list[BudgetAmount]] = {}
    for line in lines:
        for amount in line.amounts.all():
            amounts.setdefault(amount.year, []).append(amount)
    return [
        Total(
            year,
            sum((a.planned for a in of_year), Decimal()),
            _sum([a.committed for a in of_year]),
            _sum([a.spent for a in of_year]),
            all(a.committed is not None and a.spent is not None for a in of_year),
        )
        for year, of_year in sorted(amounts.items())
    ]


def _sum(values: list[Decimal | None]) -> Decimal | None:
    reported = [value for value in values if value is not None]
    return sum(reported, Decimal()) if reported else None


def report_years(edition: Edition, actions: list[Action]) -> list[int]:
    """The years one can report on: from publication to the last action or report, not after today.

    An open end counts until today while the edition is current.
    """
    today = timezone.localdate().year
    open_end = today if edition.state == EditionState.CURRENT else edition.published.year
    years = [edition.published.year, *(action.end or open_end for action in actions)]
    years += [report.date.year for action in actions for report in action.reports.all()]
    return list(range(edition.published.year, min(max(years), today) + 1))
