# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kind of this app: an open circle. A private circle has no card."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue import challenges
from knooppunt.catalogue.kinds import CardData, Kind, Link, path
from knooppunt.catalogue.models import RelationType
from knooppunt.circles import queries
from knooppunt.circles.models import Circle


def circle_card(circle: Circle) -> CardData:
    """What a circle is for; nothing of its members."""
    return CardData(
        key=circle.slug,
        url=path("circles:circle", circle.slug),
        title=circle.told("title"),
        summary=circle.told("purpose"),
        language=circle.language,
        facets=tuple(challenges.facets([circle.challenge])),
        links=(
            Link(RelationType.RELATED, "challenge", circle.challenge),
            *(Link(RelationType.PART_OF, "action", key) for key in (circle.source or {}).get("actions", [])),
        ),
    )


def circle_json_ld(circle: Circle, language: str) -> dict[str, Any]:
    """schema.org Organization: a group with a purpose."""
    address = f"{settings.PUBLIC_URL}/{language}{path('circles:circle', circle.slug)}"
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": address,
        "name": circle.words("title").text,
        "description": circle.words("purpose").text,
    }


KINDS = (
    Kind(
        name="circle",
        label=_("Circle"),
        label_plural=_("Circles"),
        icon="people",
        model=Circle,
        card=circle_card,
        find=queries.find,
        json_ld=circle_json_ld,
        published=queries.public,
    ),
)
