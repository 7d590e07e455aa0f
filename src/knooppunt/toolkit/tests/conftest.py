# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""People of an organisation and of the hub."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from knooppunt.people.models import Membership, Organisation, User
from knooppunt.people.roles import HubRole, Role

BREDA, GOUDA = "gemeente-breda", "gemeente-gouda"


@pytest.fixture
def world(db) -> SimpleNamespace:
    """Two municipalities, and one person for each part to play."""
    for slug, name in ((BREDA, "Breda"), (GOUDA, "Gouda")):
        Organisation.objects.create(
            slug=slug, kind="municipality", name_nl=f"Gemeente {name}", name_en=f"Municipality of {name}"
        )
    return SimpleNamespace(
        writer=person("writer", (BREDA, Role.EDITOR)),
        colleague=person("colleague", (BREDA, Role.MEMBER)),
        officer=person("officer", (BREDA, Role.PRIVACY_OFFICER)),
        neighbour=person("neighbour", (GOUDA, Role.EDITOR)),
        hub=person("hub", hub=HubRole.EDITOR),
        second=person("second", hub=HubRole.EDITOR),
        connector=person("connector", hub=HubRole.CONNECTOR),
        stranger=person("stranger"),
    )


def person(name: str, *roles: tuple[str, str], hub: str = HubRole.MEMBER) -> User:
    user = User.objects.create_user(name, f"{name}@example.invalid", role=hub)
    for slug, role in roles:
        Membership.objects.create(user=user, organisation=Organisation.objects.get(slug=slug), role=role)
    return user
