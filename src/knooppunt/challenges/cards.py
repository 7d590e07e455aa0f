# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kind of this app: a societal challenge."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.kinds import CardData, Facet, Kind, Text, path
from knooppunt.challenges import queries
from knooppunt.challenges.models import Challenge

LANGUAGES = ("nl", "en")


def challenge_card(challenge: Challenge) -> CardData:
    """A challenge, findable by its texts and by the variables of its data table."""
    content = challenge.content
    title = Text(**content["title"])
    return CardData(
        key=challenge.slug,
        url=path("challenges:challenge", challenge.slug),
        title=title,
        summary=Text(**content["summary"]),
        text=Text(*(_text(content, language) for language in LANGUAGES)),
        facets=(Facet("challenge", challenge.slug, title),),
    )


def _text(content: dict[str, Any], language: str) -> str:
    variables = [row["variable"][language] for row in content["data"]]
    return "\n".join([content["description"][language], *variables])


def challenge_json_ld(challenge: Challenge, language: str) -> dict[str, Any]:
    """schema.org DefinedTerm: a subject that other things are about."""
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "@id": f"{settings.PUBLIC_URL}/{language}{path('challenges:challenge', challenge.slug)}",
        "name": challenge.text("title", language),
        "description": challenge.text("summary", language),
        "termCode": challenge.slug,
    }


KINDS = (
    Kind(
        name="challenge",
        label=_("Challenge"),
        label_plural=_("Challenges"),
        icon="target",
        model=Challenge,
        card=challenge_card,
        find=queries.find,
        json_ld=challenge_json_ld,
        published=lambda: Challenge.objects.all(),
    ),
)
