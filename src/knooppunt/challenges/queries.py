# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the catalogue knows of a challenge: cards of every kind that name it, and who stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from knooppunt.catalogue.kinds import Kind, kinds
from knooppunt.catalogue.models import Card, FacetValue
from knooppunt.challenges.models import Challenge
from knooppunt.people import services as people

SHOWN = 12
# What a challenge's page shows first; other kinds follow in the order of the register.
FIRST = ("practice", "action", "dataset", "question")
# Cards that are about a challenge only by who or what they are, not by what they tell of it.
NOT_ABOUT = ("challenge", "organisation", "person")


@dataclass(frozen=True)
class Shelf:
    """Cards of one kind on a challenge: the newest, and how many there are."""

    kind: Kind
    cards: list[Card]
    number: int


@dataclass(frozen=True)
class Worker:
    """An organisation that works on a challenge, with on how many cards it stands."""

    slug: str
    name_nl: str
    name_en: str
    number: int
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None


def find(slug: str) -> Challenge | None:
    return Challenge.objects.filter(slug=slug).first()


def about(challenge: Challenge) -> QuerySet[Card]:
    """Cards that name the challenge, or one of the subjects that belong to it."""
    named = Q(facet="challenge", code=challenge.slug) | Q(facet="theme", code__in=challenge.content["themes"])
    values = FacetValue.objects.filter(named)
    ids = Card.facets.through.objects.filter(facetvalue__in=values).values("card_id")
    return Card.objects.filter(pk__in=ids).exclude(kind__in=NOT_ABOUT)


def shelves(challenge: Challenge) -> list[Shelf]:
    """The cards by kind; a kind without cards has no shelf."""
    found = about(challenge)
    numbers = dict(found.values_list("kind").annotate(number=Count("pk")))
    ordered = sorted(kinds, key=lambda kind: FIRST.index(kind.name) if kind.name in FIRST else len(FIRST))
    return [
        Shelf(kind, _newest(found, kind.name), numbers[kind.name])
        for kind in ordered
        if numbers.get(kind.name)
    ]


def _newest(found: QuerySet[Card], kind: str) -> list[Card]:
    return list(found.filter(kind=kind).defer("text_nl", "text_en").order_by("-updated", "-pk")[:SHOWN])


def workers(challenge: Challenge) -> list[Worker]:
    """Who works on it, by the number of cards they stand on; with a place where the hub knows one."""
    values = (
        FacetValue.objects.filter(facet="organisation", cards__in=about(challenge))
        .annotate(number=Count("cards", distinct=True))
        .order_by("-number", "label_nl")
    )
    known: dict[str, Any] = {o.slug: o for o in people.organisations([v.code for v in values])}
    return [
        Worker(
            value.code,
            value.label_nl,
            value.label_en,
            value.number,
            *(
                (o.place, o.latitude, o.longitude)
                if (o := known.get(value.code)) is not None
                else ("", None, None)
            ),
        )
        for value in values
    ]


def holders(challenge: Challenge) -> dict[str, Any]:
    """The organisations of the data table, by slug."""
    named = {slug for row in challenge.data for slug in row.get("holders", [])}
    return {o.slug: o for o in people.organisations(named)}


def numbers() -> dict[str, int]:
    """How many practices each challenge has."""
    found = FacetValue.objects.filter(facet="challenge", cards__kind="practice")
    return dict(found.annotate(number=Count("cards")).values_list("code", "number"))
