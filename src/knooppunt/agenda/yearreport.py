# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The yearly report as PDF/UA-1: tagged, with language and title, so that a screen reader can read it.

All text goes to the typesetter as data, never as markup: what people wrote cannot change the document.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.agenda import queries
from knooppunt.agenda.models import Action, Edition, Effect
from knooppunt.agenda.pictures import money_unit
from knooppunt.agenda.wording import localised, reviewed_status, self_status, years

TEMPLATE = Path(__file__).parent / "report" / "yearly.typ"


def pdf(edition: Edition, actions: list[Action], year: int) -> bytes:
    """The report over `year` of an edition with its actions (effects prefetched), in the active language."""
    data = json.dumps(content(edition, actions, year), ensure_ascii=False)
    made: bytes = typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"report": data},
    )
    return made


def content(edition: Edition, actions: list[Action], year: int) -> dict[str, Any]:
    """What the report says: statuses as of the last day of the year, or today when that is earlier."""
    until = min(date(year, 12, 31), timezone.localdate())
    running = [a for a in actions if a.start <= year and (a.end is None or a.end >= year)]
    chapters: dict[str, list[Action]] = {}
    for action in running:
        chapters.setdefault(_chapter(action), []).append(action)
    lines = queries.budget_lines(edition)
    return {
        "language": (get_language() or "nl")[:2],
        "title": localised(edition, "title"),
        "subtitle": _("Report on %(year)s") % {"year": year},
        "organisation": localised(edition.agenda.organisation, "name"),
        "note": localised(edition, "note"),
        "made": _("Made on %(day)s from what was reported.") % {"day": date_format(timezone.localdate())},
        "words": _words(),
        "summary": _summary(running, until, year),
        "chapters": [
            {"title": title, "actions": [_action(action, year, until) for action in of_chapter]}
            for title, of_chapter in chapters.items()
        ],
        "money": _money(edition, lines, year),
        "contradictions": [
            f"{localised(c, 'about')}: {localised(c, 'choice')}" for c in edition.contradictions.all()
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


def _chapter(action: Action) -> str:
    if action.chapter is None:
        return _("Other actions")
    return f"{action.chapter.key}. {localised(action.chapter, 'title')}"


def _summary(running: list[Action], until: date, year: int) -> str:
    reported = sum(any(r.date.year == year for r in a.reports.all()) for a in running)
    return _(
        "%(running)s actions ran in %(year)s. Something was reported on %(reported)s of them. "
        "Statuses are those of %(day)s."
    ) % {"running": len(running), "year": year, "reported": reported, "day": date_format(until)}


def _action(action: Action, year: int, until: date) -> dict[str, Any]:
    reports = [report for report in action.reports.all() if report.date <= until]
    own = reports[0].self_status if reports else ""
    reviewed = next((r.reviewed_status for r in reports if r.reviewed_status), "")
    return {
        "number": action.number,
        "title": localised(action, "title"),
        "description": localised(action, "description"),
        "who": ", ".join(localised(owner, "name") for owner in action.owners_in("lead")),
        "years": years(action),
        "own": self_status(own),
        "reviewed": reviewed_status(reviewed),
        "reports": [
            f"{date_format(r.date, 'F Y')}: {localised(r, 'text')}" for r in reports if r.date.year == year
        ],
        "effects": [_effect(effect) for effect in action.effects.all()],
    }


def _effect(effect: Effect) -> str:
    values = [
        (_("at the start"), effect.baseline),
        (_("target"), effect.target),
        (_("measured"), effect.value),
    ]
    said = ", ".join(f"{name} {_amount(value)}" for name, value in values)
    return f"{localised(effect, 'indicator')} ({localised(effect, 'unit')}): {said}"


def _amount(value: Any) -> str:
    return (
        _("not reported")
        if value is None
        else number_format(value.normalize(), use_l10n=True, force_grouping=True)
    )


def _money(edition: Edition, lines: list[Any], year: int) -> dict[str, Any]:
    rows = [
        [localised(line, "title"), _amount(a.planned), _amount(a.committed), _amount(a.spent)]
        for line in lines
        for a in line.amounts.all()
        if a.year == year
    ]
    total = next((t for t in queries.totals(lines) if t.year == year), None)
    return {
        "unit": money_unit(edition),
        "rows": rows,
        "total": [_amount(total.planned), _amount(total.committed), _amount(total.spent)] if total else [],
        "note": localised(edition, "budget_note"),
    }
