# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The yearly report as PDF/UA-1: tagged, with language and title, so that a screen reader can read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.agenda import queries
from knooppunt.agenda.models import Action, Chapter, Edition, Effect
from knooppunt.agenda.pictures import money_unit
from knooppunt.agenda.wording import amount, localised, reviewed_status, said, self_status, years
from knooppunt.web.documents.typesetting import typeset

TEMPLATE = Path(__file__).parent / "report" / "yearly.typ"


def pdf(edition: Edition, actions: list[Action], year: int) -> bytes:
    """The report over `year` of an edition with its actions (effects prefetched), in the active language."""
    return typeset(TEMPLATE, report=content(edition, actions, year))


def content(edition: Edition, actions: list[Action], year: int) -> dict[str, Any]:
    """What the report says: statuses as of the last day of the year, or today when that is earlier."""
    until = min(date(year, 12, 31), timezone.localdate())
    running = [a for a in actions if a.start <= year and (a.end is None or a.end >= year)]
    chapters: dict[Chapter | None, list[Action]] = {}
    for action in running:
        chapters.setdefault(action.chapter, []).append(action)
    lines = queries.budget_lines(edition)
    return {
        "language": (get_language() or "nl")[:2],
        "title": said(edition, "title"),
        "subtitle": _("Report on %(year)s") % {"year": year},
        "organisation": localised(edition.agenda.organisation, "name"),
        "note": said(edition, "note"),
        "made": _("Made on %(day)s from what was reported.") % {"day": date_format(timezone.localdate())},
        "words": _words(),
        "summary": _summary(edition, running, until),
        "chapters": [
            {**_chapter(chapter), "actions": [_action(action, year, until) for action in of_chapter]}
            for chapter, of_chapter in chapters.items()
        ],
        "money": _money(edition, lines, year),
        "contradictions": [
            {"about": said(c, "about"), "choice": said(c, "choice")} for c in edition.contradictions.all()
        ],
    }


def _words() -> dict[str, str]:
    return {
        "status": _("How it stands"),
        "own": _("Own status"),
        "reviewed": _("Reviewed status"),
        "who": _("Carried out by"),
        "years": _("Years"),
        "actions": _("Actions"),
        "number": _("Number"),
        "effects": _("Effects"),
        "money": _("Money"),
        "line": _("Line"),
        "planned": _("Planned"),
        "committed": _("Committed"),
        "spent": _("Spent"),
        "total": _("Total"),
        "contradictions": _("Where the texts disagree"),
        "page": _("Page"),
        "no_money": _("No money was planned for this year."),
        "in_year": _("Reported this year"),
        "nothing": _("Nothing was reported this year."),
    }


def _chapter(chapter: Chapter | None) -> dict[str, Any]:
    if chapter is None:
        return {"number": "", "title": {"text": _("Other actions"), "lang": (get_language() or "nl")[:2]}}
    return {"number": f"{chapter.key}. ", "title": said(chapter, "title")}


def _summary(edition: Edition, running: list[Action], until: date) -> str:
    """What the edition itself announced at publication is not counted as a report."""
    since = max(edition.published, date(until.year - 1, 12, 31))
    reported = sum(any(since < r.date <= until for r in a.reports.all()) for a in running)
    return _(
        "%(running)s actions ran in %(year)s. Something was reported on %(reported)s of them. "
        "Statuses are those of %(day)s."
    ) % {"running": len(running), "year": until.year, "reported": reported, "day": date_format(until)}


def _action(action: Action, year: int, until: date) -> dict[str, Any]:
    reports = [report for report in action.reports.all() if report.date <= until]
    own = reports[0].self_status if reports else ""
    reviewed = next((r.reviewed_status for r in reports if r.reviewed_status), "")
    return {
        "number": action.number,
        "title": said(action, "title"),
        "description": said(action, "description"),
        "who": ", ".join(localised(owner, "name") for owner in action.owners_in("lead")),
        "years": years(action),
        "own": self_status(own),
        "reviewed": reviewed_status(reviewed),
        "reports": [
            {"date": date_format(r.date, "F Y"), "text": said(r, "text")}
            for r in reports
            if r.date.year == year
        ],
        "effects": [_effect(effect) for effect in action.effects.all()],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    values = [
        (_("at the start"), amount(effect.baseline)),
        (_("target"), amount(effect.target) if effect.target is not None else _("not stated")),
        (_("measured"), amount(effect.value)),
    ]
    return {
        "indicator": said(effect, "indicator"),
        "unit": said(effect, "unit"),
        "values": ", ".join(f"{name} {value}" for name, value in values),
    }


def _money(edition: Edition, lines: list[Any], year: int) -> dict[str, Any]:
    rows = [
        {"title": said(line, "title"), "amounts": [amount(a.planned), amount(a.committed), amount(a.spent)]}
        for line in lines
        for a in line.amounts.all()
        if a.year == year
    ]
    total = next((t for t in queries.totals(lines) if t.year == year), None)
    return {
        "unit": money_unit(edition),
        "rows": rows,
        "total": [amount(total.planned), amount(total.committed), amount(total.spent)] if total else [],
        "note": said(edition, "budget_note"),
    }
