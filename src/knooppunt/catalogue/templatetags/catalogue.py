# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pages of every kind show of a card: itself in a list, and what stands around it."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from knooppunt.catalogue import matching
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.relations import related

register = template.Library()
MOST_SIMILAR = 5
NEAR_ENOUGH = 0.15


@register.inclusion_tag("catalogue/_card.html")
def card(card: Card, heading: str = "h3") -> dict[str, Any]:
    """One card in a list."""
    return {"card": card, "kind": kinds.get(card.kind), "heading": heading}


@register.inclusion_tag("catalogue/_around.html", takes_context=True)
def card_around(
    context: dict[str, Any], kind: str, key: str, relations: bool = True, matches: bool = True
) -> dict[str, Any]:
    """What stands around a card: follow button, relations with their reason, and similar cards.

    No page is a dead end: every kind's own page includes this. A page that shows relations or
    matches itself gives `relations=False` or `matches=False`.
    """
    request = context["request"]
    this = Card.objects.filter(kind=kind, key=key).first()
    found = related(kind, key)
    shown = {(r.card.kind, r.card.key) for r in found}
    language = (get_language() or "nl")[:2]
    similar = _matches(this, language, request.user, shown) if this and matches else []
    follows = request.user.follows if this and request.user.is_authenticated else None
    return {
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
        "card": this,
        "related": found if relations else [],
        "similar": similar[:MOST_SIMILAR],
        "followed": follows.filter(kind=kind, key=key).first() if follows is not None else None,
    }


def _matches(card: Card, language: str, user: Any, shown: set[tuple[str, str]]) -> list[matching.Matched]:
    """The best matches that are not shown as relations already; loose words in common are no match."""
    found = matching.match(matching.source_of(card, language), language, user=user, size=2 * MOST_SIMILAR)
    return [m for m in found if (m.kind, m.key) not in shown and m.score >= NEAR_ENOUGH]


@register.simple_tag
def json_ld(kind: str, thing: Any) -> SafeString:
    """The thing for machines (schema.org), rendered on demand by its kind."""
    data = kinds[kind].json_ld(thing, (get_language() or "nl")[:2])
    # Escaped so that no text can close the element; a data block is not script, so CSP lets it be.
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.inclusion_tag("catalogue/_source.html")
def told_in(source: dict[str, Any]) -> dict[str, Any]:
    """Where the hub's own content has something from, linked when that agenda is on this hub."""
    here = Card.objects.filter(kind="agenda", key=source.get("edition", "")).exists()
    return {"source": source, "here": here}
