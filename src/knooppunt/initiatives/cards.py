# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kind of this app: an initiative, public from the first idea."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue import challenges
from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from knooppunt.catalogue.models import RelationType
from knooppunt.initiatives import queries
from knooppunt.initiatives.models import Initiative
from knooppunt.initiatives.states import State
from knooppunt.initiatives.wording import OFFERS, ORIGINS, SEEKS, pair
from knooppunt.people import services as people


def initiative_card(initiative: Initiative) -> CardData:
    """An initiative as anyone may see it; nothing of its people."""
    owner = people.organisation(initiative.organisation)
    located = owner is not None and owner.latitude is not None and initiative.place in ("", owner.place)
    problem = initiative.told("problem")
    texts = [problem, initiative.told("lesson"), initiative.told("capacity")]
    links = [Link(RelationType.SOLVES, "challenge", initiative.challenge)]
    links += [
        Link(RelationType.PART_OF, "action", key) for key in (initiative.source or {}).get("actions", [])
    ]
    if initiative.practice:
        links.append(Link(RelationType.RELATED, "practice", initiative.practice))
    return CardData(
        key=initiative.slug,
        url=path("initiatives:initiative", initiative.slug),
        title=initiative.told("title"),
        summary=Text(
            **{lang: Truncator(" ".join(text.split())).chars(300) for lang, text in asdict(problem).items()}
        ),
        text=Text(
            **{lang: "\n".join(filter(None, (getattr(t, lang) for t in texts))) for lang in ("nl", "en")}
        ),
        language=initiative.language,
        facets=tuple(_facets(initiative, owner)),
        links=tuple(links),
        starts=initiative.posted.date(),
        place=initiative.place or (owner.place if owner else ""),
        position=(owner.latitude, owner.longitude) if owner and located else None,
    )


def _facets(initiative: Initiative, owner: Any) -> Iterator[Facet]:
    if owner:
        yield from people.organisation_facets([owner])
    yield from challenges.facets([initiative.challenge])
    yield Facet("phase", initiative.state, pair(State(initiative.state).label))
    for name, codes, labels in (
        ("origin", initiative.origins, ORIGINS),
        ("seeks", initiative.seeks, SEEKS),
        ("offers", initiative.offers, OFFERS),
    ):
        for code in codes:
            yield Facet(name, code, pair(labels[code]))


def initiative_json_ld(initiative: Initiative, language: str) -> dict[str, Any]:
    """schema.org Project: what, by whom, since when."""
    owner = people.organisation(initiative.organisation)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Project",
        "@id": f"{settings.PUBLIC_URL}/{language}{path('initiatives:initiative', initiative.slug)}",
        "name": initiative.words("title").text,
        "description": initiative.words("problem").text,
        "foundingDate": initiative.posted.date().isoformat(),
    }
    if owner:
        name = owner.name_nl if language == "nl" else owner.name_en
        data["parentOrganization"] = {"@type": "GovernmentOrganization", "name": name}
    return data


KINDS = (
    Kind(
        name="initiative",
        label=_("Initiative"),
        label_plural=_("Initiatives"),
        icon="spark",
        model=Initiative,
        card=initiative_card,
        find=queries.find,
        json_ld=initiative_json_ld,
        facets={
            "phase": _("How far is it?"),
            "seeks": _("What is sought"),
            "offers": _("What is offered"),
            "origin": _("Where data come from"),
        },
        published=lambda: queries.public().iterator(chunk_size=200),
    ),
)
