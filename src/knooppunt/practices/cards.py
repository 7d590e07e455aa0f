# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kind of this app: a best practice, as its published version tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue import challenges
from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from knooppunt.catalogue.models import RelationType
from knooppunt.people import services as people
from knooppunt.practices import queries, services, wording
from knooppunt.practices.models import Practice, Version


def practice_card(practice: Practice) -> CardData:
    """A practice as it stands in public; one that never was public has a key and no more to tell."""
    version = practice.shown
    if version is None:
        return CardData(key=practice.slug, url=path("practices:practice", practice.slug), title=Text())
    content = version.content
    names = queries.names([*wording.slugs(content), practice.organisation])
    place, position = _place(content, names.get(practice.organisation))
    return CardData(
        key=practice.slug,
        url=path("practices:practice", practice.slug),
        title=wording.pair(content.get("title")),
        summary=wording.pair(content.get("summary")),
        text=Text(*(wording.full_text(content, language) for language in ("nl", "en"))),
        language=version.language,
        facets=tuple(_facets(practice, version, names)),
        links=(
            *(Link(RelationType.SOLVES, "challenge", slug) for slug in content.get("challenges", [])),
            *(Link(RelationType.PART_OF, "action", key) for key in content.get("actions", [])),
        ),
        place=place,
        position=position,
    )


def _place(content: dict[str, Any], organisation: Any) -> tuple[str, tuple[float, float] | None]:
    """Where it is: the place that is written, else that of a keeper with a place of its own."""
    place = content.get("place") or {}
    if "latitude" in place:
        return place["name"], (place["latitude"], place["longitude"])
    own = organisation is not None and organisation.latitude is not None
    if own and (not place or place.get("name") == organisation.place):
        return organisation.place, (organisation.latitude, organisation.longitude)
    return place.get("name", ""), None


def _facets(practice: Practice, version: Version, names: dict[str, Any]) -> Iterator[Facet]:
    content = version.content
    named = content.get("organisations", {})
    involved = [*named.get("lead", []), *named.get("partners", [])]
    yield from people.organisation_facets(names[slug] for slug in involved if slug in names)
    yield from challenges.facets(content.get("challenges", []))
    stage = content.get("stage", "not_reported")
    yield Facet("stage", stage, wording.label_pair(wording.STAGES[stage]))
    for origin in {o for item in content.get("data", []) for o in item["origin"]}:
        yield Facet("origin", origin, wording.label_pair(wording.ORIGINS[origin]))
    if fit := content.get("starter", {}).get("fit"):
        yield Facet("starter", fit, wording.label_pair(wording.FITS[fit]))
    if content.get("reuse") or practice.reuses.all():
        yield Facet("reused", "yes", wording.label_pair(wording.FITS["yes"]))


def practice_json_ld(practice: Practice, language: str) -> dict[str, Any]:
    """schema.org Article: what was done, about which challenges, by whom."""
    version = practice.public
    if version is None:
        return {}
    content = version.content
    names = queries.names(content.get("organisations", {}).get("lead", []))
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": f"{settings.PUBLIC_URL}/{language}{path('practices:practice', practice.slug)}",
        "headline": wording.words(content["title"], language).text,
        "abstract": wording.words(content.get("summary"), language).text,
        "articleBody": wording.full_text(content, language),
        "inLanguage": version.languages,
        "author": [
            {"@type": "Organization", "name": o.name_nl if language == "nl" else o.name_en}
            for o in names.values()
        ],
        "version": version.number,
    }
    if version.published:
        data["datePublished"] = version.published.date().isoformat()
    return data


KINDS = (
    Kind(
        name="practice",
        label=_("Best practice"),
        label_plural=_("Best practices"),
        icon="star",
        model=Practice,
        card=practice_card,
        find=queries.find,
        json_ld=practice_json_ld,
        facets={
            "stage": _("How far is it?"),
            "origin": _("Where data come from"),
            "starter": _("Fit for starters"),
            "reused": _("Done by others too"),
        },
        published=lambda: queries.public().iterator(chunk_size=200),
        scheduled=services.make_scheduled,
        reads=("versions", "reuses"),
    ),
)
