# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From records to pictures with their tables, in the reader's language: what the templates show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.html import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knooppunt.agenda import charts, queries
from knooppunt.agenda.models import Action, BudgetLine, Chapter, Edition
from knooppunt.agenda.states import Status
from knooppunt.agenda.wording import amount, localised, reviewed_status, self_status, years


@dataclass(frozen=True)
class Row:
    """One action in a list: its picture, its years in words, how it stands."""

    action: Action
    picture: SafeString
    years: str
    standing: queries.Standing
    self_label: str
    reviewed_label: str
    roles: str


def timeline(actions: list[Action], roles: dict[int, list[str]] | None = None) -> dict[str, Any]:
    """Groups of rows by chapter on one axis of years; `axis` has the years for the heading."""
    if not actions:
        return {"groups": [], "axis": [], "open_ends": False}
    first = min(action.start for action in actions)
    last = max(action.end or action.start for action in actions)
    if any(action.end is None for action in actions):
        last += 1  # room for the arrows
    groups: dict[Chapter | None, list[Row]] = {}
    for action in actions:
        row = _row(action, first, last, ", ".join((roles or {}).get(action.pk, [])))
        groups.setdefault(action.chapter, []).append(row)
    return {
        "groups": list(groups.items()),
        "axis": list(range(first, last + 1)),
        "open_ends": any(action.end is None for action in actions),
        "tentative": any(action.tentative for action in actions),
    }


def _row(action: Action, first: int, last: int, roles: str) -> Row:
    standing = queries.standing(action)
    picture = charts.period(
        *(action.start, action.end, first, last), label=years(action), tentative=action.tentative
    )
    return Row(
        action,
        picture,
        years(action),
        standing,
        self_status(standing.self_status),
        reviewed_status(standing.reviewed_status),
        roles,
    )


def home_panel() -> dict[str, Any] | None:
    """How the newest national edition stands, for the home page."""
    edition = queries.editions().filter(agenda__national=True).order_by("-published").first()
    if edition is None:
        return None
    actions = list(Action.objects.filter(edition=edition).prefetch_related("reports"))
    return {"edition": edition, **statuses(actions)} if actions else None


def statuses(actions: list[Action]) -> dict[str, Any]:
    """How many actions stand where, by their owners and by reviewers: picture and table."""
    standings = [queries.standing(action) for action in actions]
    own = Counter(standing.self_status for standing in standings)
    reviewed = Counter(standing.reviewed_status for standing in standings)
    codes = [*Status.values, ""]
    table = [
        (code or "none", self_status(code) if code else _("no report or review"), own[code], reviewed[code])
        for code in codes
        if code or own[code] or reviewed[code]
    ]
    rows = [
        (_("Own status"), [charts.Share(code, label, number) for code, label, number, _other in table]),
        (_("Reviewed status"), [charts.Share(code, label, number) for code, label, _own, number in table]),
    ]
    description = "; ".join(
        f"{name}: " + ", ".join(f"{share.label} {share.count}" for share in shares if share.count)
        for name, shares in rows
    )
    title = ngettext("How %(n)s action stands", "How %(n)s actions stand", len(actions)) % {"n": len(actions)}
    picture = charts.distribution(rows, "statuses", title, description) if actions else ""
    return {"status_table": table, "status_picture": picture, "status_title": title}


def budget(lines: list[BudgetLine], edition: Edition) -> dict[str, Any]:
    """The lines of a budget by year as bars."""
    if not lines:
        return {"budget_picture": "", "budget_title": ""}
    bars = [
        charts.Bars(
            localised(line, "title"),
            [charts.Money(a.year, a.planned, a.committed, a.spent) for a in line.amounts.all()],
        )
        for line in lines
    ]
    title = _("Money per line and year (%(unit)s)") % {"unit": money_unit(edition)}
    description = "; ".join(
        f"{bar.title}: " + ", ".join(f"{m.year} {amount(m.planned)}" for m in bar.amounts) for bar in bars
    )
    return {"budget_picture": charts.budget(bars, "budget", title, description), "budget_title": title}


def money_unit(edition: Edition) -> str:
    return _("× € 1,000") if edition.budget_unit == "kEUR" else "€"
