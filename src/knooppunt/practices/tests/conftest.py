# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""People of two municipalities and the hub, two challenges, and a practice that is published."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from knooppunt.catalogue.kinds import Facet, Text
from knooppunt.catalogue.models import Card, FacetValue
from knooppunt.people.models import Membership, Organisation, User
from knooppunt.people.roles import HubRole, Role
from knooppunt.practices import services
from knooppunt.practices.models import Practice, Version

BREDA, GOUDA = "gemeente-breda", "gemeente-gouda"
CONTENT: dict[str, Any] = {
    "title": {"nl": "Schulden eerder zien"},
    "summary": {"nl": "Wij kijken samen met anderen naar signalen."},
    "organisations": {"lead": [BREDA]},
    "challenges": ["poverty-debt"],
    "stage": "pilot",
    "problem": {"nl": "Wij zien schulden te laat."},
}


@pytest.fixture
def world(db) -> SimpleNamespace:
    """Organisations, challenges as the catalogue knows them, and one person for each part to play."""
    for slug, name in ((BREDA, "Breda"), (GOUDA, "Gouda")):
        Organisation.objects.create(
            slug=slug, kind="municipality", name_nl=f"Gemeente {name}", name_en=f"Municipality of {name}",
            place=name, latitude=51.6, longitude=4.8,
        )  # fmt: skip
    for slug, nl, en in (
        ("poverty-debt", "Armoede en schulden", "Poverty and debts"),
        ("skills", "Mensen en vaardigheden", "People and skills"),
    ):
        facet = Facet("challenge", slug, Text(nl, en))
        FacetValue.objects.create(facet=facet.facet, code=slug, label_nl=nl, label_en=en)
        Card.objects.create(
            kind="challenge", key=slug, url=f"/opgaven/{slug}", title_nl=nl, title_en=en,
            published="2026-01-01T00:00Z", updated="2026-01-01T00:00Z",
        )  # fmt: skip
    return SimpleNamespace(
        writer=person("writer", (BREDA, Role.EDITOR)),
        reader=person("reader", (BREDA, Role.EDITOR)),
        steward=person("steward", (BREDA, Role.DATA_STEWARD)),
        member=person("member", (BREDA, Role.MEMBER)),
        neighbour=person("neighbour", (GOUDA, Role.EDITOR)),
        hub=person("hub", hub=HubRole.EDITOR),
        administrator=person("administrator", hub=HubRole.ADMINISTRATOR),
        connector=person("connector", hub=HubRole.CONNECTOR),
        stranger=person("stranger"),
    )


def person(name: str, *roles: tuple[str, str], hub: str = HubRole.MEMBER) -> User:
    user = User.objects.create_user(name, f"{name}@example.invalid", role=hub)
    for slug, role in roles:
        Membership.objects.create(user=user, organisation=Organisation.objects.get(slug=slug), role=role)
    return user


@pytest.fixture
def draft(world) -> Version:
    return services.start(BREDA, CONTENT, actor=world.writer)


def carry(version: Version, world: SimpleNamespace, *verbs: str, **more: Any) -> Version:
    """Make moves, each by who it belongs to."""
    actors = {
        "submit": world.writer, "accept": world.reader, "publish": world.hub, "schedule": world.hub,
        "withdraw": world.writer, "confirm": world.writer,
    }  # fmt: skip
    for verb in verbs:
        version = services.move(version, verb, actor=actors[verb], note="omdat het moet", **more)
    return version


@pytest.fixture
def published(draft, world) -> Practice:
    carry(draft, world, "submit", "accept", "publish")
    return Practice.objects.get()
