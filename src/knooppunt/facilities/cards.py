# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kind of this app: a facility that others may use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue import challenges
from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from knooppunt.catalogue.models import RelationType
from knooppunt.facilities import queries
from knooppunt.facilities.models import Facility
from knooppunt.facilities.wording import AUDIENCES, MODES, OFFERS, label
from knooppunt.people import services as people

LANGUAGES = ("nl", "en")


def facility_card(facility: Facility) -> CardData:
    content = facility.content
    keeper = people.organisation(facility.organisation)
    position = (keeper.latitude, keeper.longitude) if keeper and keeper.latitude is not None else None
    return CardData(
        key=facility.slug,
        url=path("facilities:facility", facility.slug),
        title=_pair(content["title"]),
        summary=_pair(content["summary"]),
        text=Text(*(_text(content, language) for language in LANGUAGES)),
        facets=tuple(_facets(facility, keeper)),
        links=tuple(Link(RelationType.RELATED, "challenge", slug) for slug in content.get("challenges", [])),
        place=content.get("place") or (keeper.place if keeper else ""),
        position=position,
    )


def _pair(texts: dict[str, str]) -> Text:
    return Text(texts.get("nl", ""), texts.get("en", ""))


def _text(content: dict[str, Any], language: str) -> str:
    return "\n".join(
        text[language]
        for field in ("conditions", "costs", "waiting")
        if language in (text := content.get(field) or {})
    )


def _facets(facility: Facility, keeper: Any) -> Iterator[Facet]:
    content = facility.content
    if keeper:
        yield from people.organisation_facets([keeper])
    yield from challenges.facets(content.get("challenges", []))
    for offer in content["offers"]:
        yield Facet("offers", offer, label(OFFERS[offer]))
    for audience in content["audience"]:
        yield Facet("audience", audience, label(AUDIENCES[audience]))
    yield Facet("mode", content["mode"], label(MODES[content["mode"]]))


def facility_json_ld(facility: Facility, language: str) -> dict[str, Any]:
    """schema.org Service: what is offered, by whom, for whom."""
    keeper = people.organisation(facility.organisation)
    data = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": f"{settings.PUBLIC_URL}/{language}{path('facilities:facility', facility.slug)}",
        "name": facility.text("title", language),
        "description": facility.text("summary", language),
        "audience": [{"@type": "Audience", "audienceType": code} for code in facility.content["audience"]],
    }
    if keeper:
        name = keeper.name_nl if language == "nl" else keeper.name_en
        data["provider"] = {"@type": "GovernmentOrganization", "name": name}
    return data


KINDS = (
    Kind(
        name="facility",
        label=_("Facility"),
        label_plural=_("Facilities"),
        icon="flask",
        model=Facility,
        card=facility_card,
        find=queries.find,
        json_ld=facility_json_ld,
        facets={"offers": _("What it offers"), "audience": _("For whom"), "mode": _("Where one works")},
        published=lambda: Facility.objects.filter(open=True),
    ),
)
