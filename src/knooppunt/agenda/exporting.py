# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition as a content file again: the same form that is read, so that it can be edited and sent back.

Rule: loading what was exported, and exporting that, gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from knooppunt.agenda import queries
from knooppunt.agenda.models import Action, BudgetLine, Edition

LANGUAGES = ("nl", "en")
ROLES = {"lead": "lead", "partners": "partner", "commissioned_by": "commissioner"}


def as_yaml(edition: Edition) -> str:
    """The content file of an edition, with what was reported on the site."""
    return yaml.safe_dump(as_data(edition), allow_unicode=True, sort_keys=False, width=110)


def as_data(edition: Edition) -> dict[str, Any]:
    actions = list(queries.actions(edition).prefetch_related("effects"))
    lines = queries.budget_lines(edition)
    owners = {o.owner for a in actions for o in a.ownerships.all()} | {edition.agenda.organisation}
    themes = {theme for a in actions for theme in a.themes.all()}
    return _without_empty(
        {
            "edition": _edition(edition),
            "owners": {o.slug: _named(o, group=o.group) for o in _sorted(owners)},
            "themes": {t.slug: _named(t, challenge=t.challenge) for t in _sorted(themes)},
            "chapters": [
                {
                    "id": chapter.key,
                    "title": _text(chapter, "title"),
                    "description": _text(chapter, "description"),
                    "pages": chapter.pages,
                }
                for chapter in edition.chapters.all()
            ],
            "actions": [_action(action) for action in actions],
            "budget": _budget(edition, lines) if lines else None,
            "contradictions": [
                {
                    "id": c.key,
                    "money": c.money or None,
                    "actions": [a.number for a in c.actions.all()],
                    "about": _text(c, "about"),
                    "readings": [{"place": _pair(r, "place"), "says": _pair(r, "says")} for r in c.readings],
                    "choice": _text(c, "choice"),
                }
                for c in edition.contradictions.prefetch_related("actions")
            ],
        }
    ) | ({} if actions else {"actions": []})


def _edition(edition: Edition) -> dict[str, Any]:
    languages = [language for language in LANGUAGES if getattr(edition, f"title_{language}")]
    return {
        "agenda": edition.agenda.key,
        "key": edition.key,
        "number": edition.number,
        "title": _text(edition, "title"),
        "organisation": edition.agenda.organisation.slug,
        "languages": languages,
        "published": edition.published.isoformat(),
        "state": edition.state if edition.is_public else "draft",
        "description": _text(edition, "description"),
        "note": _text(edition, "note"),
        "sources": [_link(source) for source in edition.sources],
    }


def _action(action: Action) -> dict[str, Any]:
    named: dict[str, list[str]] = {
        key: [owner.slug for owner in action.owners_in(role)] for key, role in ROLES.items()
    }
    return {
        "id": action.number,
        "chapter": action.chapter.key if action.chapter else "",
        "title": _text(action, "title"),
        "description": _text(action, "description"),
        **named,
        "start": action.start,
        "end": action.end,
        "tentative": action.tentative or None,
        "place": _place(action),
        "themes": sorted(theme.slug for theme in action.themes.all()),
        "section": action.section,
        "links": [_link(link) for link in action.links],
        "contributes_to": sorted(str(other) for other in action.contributes_to.all()),
        "progress": [
            {
                "date": report.date.isoformat(),
                "self": report.self_status,
                "reviewed": report.reviewed_status,
                "text": _text(report, "text"),
                "evidence": {"title": _text(report, "evidence"), "url": report.evidence_url},
            }
            for report in action.reports.all()
        ],
        "effects": [
            {
                "indicator": _text(effect, "indicator"),
                "unit": _text(effect, "unit"),
                "baseline": _number(effect.baseline),
                "target": _number(effect.target),
                "value": _number(effect.value),
                "date": _date(effect.value_date or effect.baseline_date),
                "source": _text(effect, "source"),
            }
            for effect in action.effects.all()
        ],
    }


def _place(action: Action) -> dict[str, Any] | None:
    if action.latitude is None:
        return None
    return {"name": action.place, "latitude": action.latitude, "longitude": action.longitude}


def _budget(edition: Edition, lines: list[BudgetLine]) -> dict[str, Any]:
    totals = queries.totals(lines)
    return {
        "unit": edition.budget_unit,
        "years": [total.year for total in totals],
        "totals": {str(total.year): _number(total.planned) for total in totals},
        "note": _text(edition, "budget_note"),
        "lines": [
            {
                "id": line.key,
                "title": _text(line, "title"),
                **{
                    kind: {
                        str(a.year): _number(getattr(a, kind))
                        for a in line.amounts.all()
                        if getattr(a, kind) is not None
                    }
                    for kind in ("planned", "committed", "spent")
                },
                "actions": [action.number for action in line.actions.all()],
            }
            for line in lines
        ],
    }


def _text(thing: Any, field: str) -> dict[str, str]:
    return {language: getattr(thing, f"{field}_{language}") for language in LANGUAGES}


def _pair(values: dict[str, str], field: str) -> dict[str, str]:
    return {language: values[f"{field}_{language}"] for language in LANGUAGES}


def _named(thing: Any, **flag: bool) -> dict[str, Any]:
    return {**_text(thing, "name"), **{name: True for name, value in flag.items() if value}}


def _link(link: dict[str, str]) -> dict[str, Any]:
    return {"title": _pair(link, "title"), "url": link["url"]}


def _sorted(things: Iterable[Any]) -> list[Any]:
    return sorted(things, key=lambda thing: thing.slug)


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _date(value: date | None) -> str:
    return value.isoformat() if value else ""


def _without_empty(value: Any) -> Any:
    """The same without empty texts, lists and keys: what was not said is not written. Zero stays."""
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
