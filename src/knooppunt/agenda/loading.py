# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a checked content document to the records of an edition.

The file owns what it says: chapters, actions, effects, planned money, contradictions and its own progress
reports follow the file at every load. What people reported on the site (progress, committed and spent
money, measured values) is kept. A document that was loaded before changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from knooppunt.agenda import queries
from knooppunt.agenda.models import (
    Action,
    Agenda,
    BudgetAmount,
    BudgetLine,
    Chapter,
    Contradiction,
    Edition,
    Effect,
    Owner,
    Ownership,
    ProgressReport,
    Theme,
)
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.contentfile import ContentError, Document

ROLES = {
    "lead": Ownership.Role.LEAD,
    "partners": Ownership.Role.PARTNER,
    "commissioned_by": Ownership.Role.COMMISSIONER,
}


def load_edition(document: Document, *, actor: Any = None, national: bool = False) -> tuple[Edition, bool]:
    """Write the edition of a checked document and publish its cards, all or nothing.

    Returns the edition and whether anything was written. `national` marks content that comes with the
    hub: only that may rename owners and themes that exist already. Raises ContentError when a link to
    another agenda's action points nowhere, or the key belongs to another agenda.
    """
    data = document.data
    fingerprint = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    known = Edition.objects.filter(key=data["edition"]["key"]).first()
    if known and known.fingerprint == fingerprint:
        return known, False
    with transaction.atomic():
        owners = _vocabulary(Owner, data.get("owners", {}), "group", rename=national)
        themes = _vocabulary(Theme, data.get("themes", {}), "challenge", rename=national)
        edition = _edition(document, owners, fingerprint, national=national)
        chapters = _chapters(edition, data.get("chapters", []))
        _remove_actions(edition, {a["id"] for a in data["actions"]}, actor)
        actions = {
            item["id"]: _action(edition, position, item, chapters, owners, themes)
            for position, item in enumerate(data["actions"])
        }
        announced = data["edition"].get("at_publication")
        for item in data["actions"]:
            _reports(actions[item["id"]], item.get("progress") or ([announced] if announced else []))
        _link_to_other_agendas(document, actions)
        _budget(edition, data.get("budget"), actions)
        _contradictions(edition, data.get("contradictions", []), actions)
        if edition.is_public:
            publish_edition(edition, actor=actor)
        else:
            withdraw_edition(edition, actor=actor)
    return edition, True


def publish_edition(edition: Edition, *, actor: Any = None) -> None:
    """Bring the cards of an edition and of all its actions up to date."""
    with transaction.atomic():
        catalogue.publish(edition, actor=actor)
        catalogue.publish_many(queries.actions(edition), actor=actor)


def withdraw_edition(edition: Edition, *, actor: Any = None) -> None:
    """Save the edition and take its cards and those of its actions away, as far as there are any."""
    with transaction.atomic():
        for action in queries.actions(edition):
            catalogue.withdraw(action, actor=actor)
        catalogue.withdraw(edition, actor=actor)


def as_date(text: str) -> date:
    """`2019-02` is the first of that month; pages show months."""
    year, month, *day = map(int, text.split("-"))
    return date(year, month, *(day or [1]))


def columns(name: str, text: dict[str, str] | None) -> dict[str, str]:
    """A text in languages as the columns `name_nl` and `name_en`."""
    text = text or {}
    return {f"{name}_nl": text.get("nl", ""), f"{name}_en": text.get("en", "")}


def _link(link: dict[str, Any]) -> dict[str, str]:
    return {**columns("title", link["title"]), "url": link.get("url", "")}


def _vocabulary(model: Any, entries: dict[str, Any], flag: str, *, rename: bool) -> dict[str, Any]:
    rows = [
        model(slug=slug, **columns("name", entry), **{flag: entry.get(flag, False)})
        for slug, entry in entries.items()
    ]
    if rename:
        fields = ["name_nl", "name_en", flag]
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=fields)
    else:
        model.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.slug: row for row in model.objects.filter(slug__in=entries)}


def _edition(document: Document, owners: dict[str, Owner], fingerprint: str, *, national: bool) -> Edition:
    data, budget = document.data["edition"], document.data.get("budget", {})
    agenda, _ = Agenda.objects.get_or_create(
        key=data["agenda"], defaults={"organisation": owners[data["organisation"]], "national": national}
    )
    known = Edition.objects.filter(key=data["key"]).first()
    if agenda.organisation.slug != data["organisation"] or (known and known.agenda_id != agenda.pk):
        message = gettext("'%(key)s' belongs to another agenda.") % {"key": data["key"]}
        raise ContentError([document.problem(("edition", "key"), message, gettext("Choose another key."))])
    numbers = agenda.editions.exclude(key=data["key"]).aggregate(last=Max("number"))
    number = data.get("number") or (known.number if known else (numbers["last"] or 0) + 1)
    edition, _ = Edition.objects.update_or_create(
        key=data["key"],
        defaults={
            "agenda": agenda,
            "number": number,
            "state": data["state"],
            "published": as_date(data["published"]),
            "fingerprint": fingerprint,
            "budget_unit": budget.get("unit", "kEUR"),
            "sources": [_link(source) for source in data.get("sources", [])],
            **columns("title", data["title"]),
            **columns("description", data.get("description")),
            **columns("note", data.get("note")),
            **columns("budget_note", budget.get("note")),
        },
    )
    return edition


def _chapters(edition: Edition, items: list[dict[str, Any]]) -> dict[str, Chapter]:
    edition.chapters.exclude(key__in=[item["id"] for item in items]).delete()
    return {
        item["id"]: Chapter.objects.update_or_create(
            edition=edition,
            key=item["id"],
            defaults={
                "position": position,
                "pages": item.get("pages", ""),
                **columns("title", item["title"]),
                **columns("description", item.get("description")),
            },
        )[0]
        for position, item in enumerate(items)
    }


def _remove_actions(edition: Edition, keep: set[str], actor: Any) -> None:
    for action in edition.actions.exclude(number__in=keep):
        catalogue.withdraw(action, actor=actor)
        action.delete()


def _action(
    edition: Edition,
    position: int,
    item: dict[str, Any],
    chapters: dict[str, Chapter],
    owners: dict[str, Owner],
    themes: dict[str, Theme],
) -> Action:
    action, _ = Action.objects.update_or_create(
        edition=edition,
        number=item["id"],
        defaults={
            "position": position,
            "chapter": chapters.get(item.get("chapter", "")),
            "start": item["start"],
            "end": item.get("end"),
            "tentative": item.get("tentative", False),
            "place": item.get("place", {}).get("name", ""),
            "latitude": item.get("place", {}).get("latitude"),
            "longitude": item.get("place", {}).get("longitude"),
            "section": item.get("section", ""),
            "links": [_link(link) for link in item.get("links", [])],
            **columns("title", item["title"]),
            **columns("description", item["description"]),
        },
    )
    action.themes.set([themes[slug] for slug in item.get("themes", [])])
    action.ownerships.all().delete()
    named = [(role, slug) for key, role in ROLES.items() for slug in item.get(key, [])]
    Ownership.objects.bulk_create(
        Ownership(action=action, owner=owners[slug], role=role, position=i)
        for i, (role, slug) in enumerate(named)
    )
    _effects(action, item.get("effects", []))
    return action


def _reports(action: Action, items: list[dict[str, Any]]) -> None:
    action.reports.filter(from_content=True).delete()
    ProgressReport.objects.bulk_create(
        ProgressReport(
            action=action,
            from_content=True,
            date=as_date(item["date"]),
            self_status=item.get("self", "no_evidence"),
            reviewed_status=item.get("reviewed", ""),
            evidence_url=item.get("evidence", {}).get("url", ""),
            **columns("text", item["text"]),
            **columns("evidence", item.get("evidence", {}).get("title")),
        )
        for item in items
    )


def _effects(action: Action, items: list[dict[str, Any]]) -> None:
    action.effects.filter(position__gte=len(items)).delete()
    for position, item in enumerate(items):
        moment = as_date(item["date"]) if "date" in item else None
        stated: dict[str, Any] = {
            "baseline": item.get("baseline"),
            "baseline_date": moment if "value" not in item else None,
            "target": item.get("target"),
            **columns("indicator", item["indicator"]),
            **columns("unit", item["unit"]),
            **columns("source", item["source"]),
        }
        if "value" in item:
            stated |= {"value": item["value"], "value_date": moment}
        Effect.objects.update_or_create(action=action, position=position, defaults=stated)


def _link_to_other_agendas(document: Document, actions: dict[str, Action]) -> None:
    for i, item in enumerate(document.data["actions"]):
        targets = []
        for j, reference in enumerate(item.get("contributes_to", [])):
            target = queries.action(reference)
            if target is None:
                keys = ("actions", i, "contributes_to", j)
                message = gettext("There is no public action '%(key)s'.") % {"key": reference}
                advice = gettext("Correct the reference, or leave it out.")
                raise ContentError([document.problem(keys, message, advice)])
            targets.append(target)
        actions[item["id"]].contributes_to.set(targets)


def _budget(edition: Edition, budget: dict[str, Any] | None, actions: dict[str, Action]) -> None:
    items = budget["lines"] if budget else []
    edition.lines.exclude(key__in=[item["id"] for item in items]).delete()
    for position, item in enumerate(items):
        line, _ = BudgetLine.objects.update_or_create(
            edition=edition,
            key=item["id"],
            defaults={"position": position, **columns("title", item["title"])},
        )
        line.actions.set([actions[number] for number in item.get("actions", [])])
        line.amounts.exclude(year__in=item["planned"]).delete()
        for year, planned in item["planned"].items():
            reported = {
                kind: item[kind][year] for kind in ("committed", "spent") if year in item.get(kind, {})
            }
            BudgetAmount.objects.update_or_create(
                line=line, year=int(year), defaults={"planned": planned, **reported}
            )


def _contradictions(edition: Edition, items: list[dict[str, Any]], actions: dict[str, Action]) -> None:
    edition.contradictions.all().delete()
    for position, item in enumerate(items):
        readings = [{**columns("place", r["place"]), **columns("says", r["says"])} for r in item["readings"]]
        contradiction = Contradiction.objects.create(
            edition=edition,
            key=item["id"],
            position=position,
            readings=readings,
            money=item.get("money", False),
            **columns("about", item["about"]),
            **columns("choice", item["choice"]),
        )
        contradiction.actions.set([actions[number] for number in item.get("actions", [])])
