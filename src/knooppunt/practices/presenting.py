# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version as its page shows it: the same for the public page, an older version and the preview."""

from __future__ import annotations

from typing import Any

from knooppunt.catalogue.models import Card
from knooppunt.practices import queries, wording
from knooppunt.practices.models import Practice, Version

ORDER = (
    *("problem", "approach", "data", "legal_ground", "capacity", "cost"),
    *("result", "evidence", "failed", "again", "starter", "reuse"),
)


def present(version: Version) -> dict[str, Any]:
    """What the templates show of a version."""
    content = version.content
    known = queries.names([*wording.slugs(content), version.practice.organisation])
    named = content.get("organisations", {})
    cards = {card.key: card for card in queries.challenges()}
    return {
        "version": version,
        "practice": version.practice,
        "title": wording.words(content.get("title")),
        "summary": wording.words(content.get("summary")),
        "sections": [_section(field, content, known) for field in ORDER],
        "lead": _organisations(named.get("lead", []), known),
        "partners": _organisations(named.get("partners", []), known),
        "others": wording.words(named.get("others")),
        "challenges": [cards[slug] for slug in content.get("challenges", []) if slug in cards],
        "stage": wording.STAGES[content.get("stage", "not_reported")],
        "place": content.get("place", {}).get("name", ""),
        "source": content.get("source"),
        "links": [
            {"title": wording.words(link["title"]), "url": link["url"]} for link in content.get("links", [])
        ],
        "keeper": known.get(version.practice.organisation),
        "gaps": [wording.LABELS[field] for field in content.get("not_reported", [])],
    }


def _organisations(slugs: list[str], known: dict[str, Any]) -> list[Any]:
    return [known[slug] for slug in slugs if slug in known]


def _section(field: str, content: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """One part of the template with its label: a text, rows of data, fitness, or reuse; empty is a gap."""
    section: dict[str, Any] = {"field": field, "label": wording.LABELS[field], "reported": field in content}
    if field not in content:
        return section
    if field == "data":
        section["rows"] = [_data_row(row, known) for row in content["data"]]
    elif field == "starter":
        section["fit"] = wording.FITS[content["starter"]["fit"]]
        section["text"] = wording.words(content["starter"].get("why"))
    elif field == "reuse":
        section["reuses"] = [
            {
                "by": wording.words(item["by"]),
                "when": "" if item["when"] == "not_reported" else item["when"],
                "number": item.get("number"),
                "how": wording.words(item["how"]),
            }
            for item in content["reuse"]
        ]
    else:
        section["text"] = wording.words(content[field])
    return section


def _data_row(row: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": wording.words(row["name"]),
        "origins": [wording.ORIGINS[origin] for origin in row["origin"]],
        "holders": _organisations(row.get("holders", []), known),
        "others": wording.words(row.get("others")),
        "note": wording.words(row.get("note")),
    }


def contacts(practice: Practice) -> list[Card]:
    """Cards of the people who offer to answer questions: only those who let themselves be found."""
    keys = practice.contacts.values_list("user__public_id", flat=True)
    return list(Card.objects.filter(kind="person", key__in=list(keys)).order_by("title_nl"))
