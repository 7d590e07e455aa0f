# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The connector's worklist: what could be brought together, what waits, and what sleeps.

Each row says what can be done with it: a page to go to, or people who can be reminded by one button.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from knooppunt.catalogue import matching
from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.circles import queries
from knooppunt.circles.introductionstates import OPEN, State
from knooppunt.circles.models import Introduction
from knooppunt.flow import desks
from knooppunt.flow.desks import Section
from knooppunt.flow.waiting import Desk
from knooppunt.initiatives import services as initiatives

MOST_PAIRS = 20
NEAR_ENOUGH = 0.2
REMIND_AGAIN = timedelta(days=30)
REMINDED = "remind from worklist"


@dataclass(frozen=True)
class Pair:
    """Two organisations with the same problem and no contact yet."""

    card: Card
    match: Any
    one: Any
    other: Any
    silent: list[tuple[Any, datetime | None]]
    """Those of the two where nobody takes messages, and when they were last asked to."""


def pairs(language: str) -> list[Pair]:
    """From the newest initiatives that people keep: who elsewhere works on the same challenge and problem,
    and is not in touch yet; those who can be asked first."""
    found: list[Pair] = []
    seen: set[frozenset[str]] = set()
    kept = list(initiatives.kept_by_people().values_list("slug", flat=True)[: queries.NEWEST])
    cards = Card.objects.filter(kind="initiative", key__in=kept).prefetch_related("facets")
    for card in cards.order_by("-updated"):
        source = matching.source_of(card, language)
        for match in matching.match(source, language, only=["initiative"], size=5):
            if match.score >= NEAR_ENOUGH:
                found += _pairs(card, match, seen)
        if len(found) >= MOST_PAIRS:
            break
    return sorted(found[:MOST_PAIRS], key=lambda pair: len(pair.silent))


def _pairs(card: Card, match: Any, seen: set[frozenset[str]]) -> list[Pair]:
    other = Card.objects.filter(kind=match.kind, key=match.key).prefetch_related("facets").first()
    if other is None or not _codes(card, "challenge") & _codes(other, "challenge"):
        return []
    made = []
    for one in sorted(_codes(card, "organisation")):
        for theirs in sorted(_codes(other, "organisation")):
            both = frozenset((one, theirs))
            if len(both) == 2 and both not in seen and not _known(one, theirs):
                seen.add(both)
                known = queries.names([one, theirs])
                if len(known) == 2:
                    made.append(Pair(card, match, known[one], known[theirs], _silent_of(known)))
    return made


def _silent_of(organisations: dict[str, Any]) -> list[tuple[Any, datetime | None]]:
    open_, asked = initiatives.contactable(list(organisations)), _reminded()
    return [(o, asked.get(("organisation", slug))) for slug, o in organisations.items() if slug not in open_]


def _codes(card: Card, facet: str) -> set[str]:
    return {value.code for value in card.facets.all() if value.facet == facet}


def _known(one: str, other: str) -> bool:
    """In touch, or asked by a connector."""
    open_ = Introduction.objects.filter(state__in=(*OPEN, State.DECLINED, State.MADE))
    asked = open_.filter(one__in=(one, other), other__in=(one, other))
    return initiatives.between(one, other).exists() or asked.exists()


def sections(user: Any) -> list[Section]:
    """Everything that waits, each with what helps, and when somebody was last reminded of it."""
    told = _reminded()
    return [
        replace(section, rows=[replace(row, reminded=told.get((row.kind, row.key))) for row in section.rows])
        for section in desks.sections(Desk.CONNECTOR, user, queries.SHOWN)
    ]


def _reminded() -> dict[tuple[str, str], datetime]:
    """When somebody was last reminded of a thing, in the last thirty days."""
    recent = AuditLine.objects.filter(action=REMINDED, at__gt=timezone.now() - REMIND_AGAIN).order_by("at")
    return {(kind, key): at for kind, key, at in recent.values_list("kind", "key", "at")}


def reminded(kind: str, key: str) -> datetime | None:
    return _reminded().get((kind, key))
