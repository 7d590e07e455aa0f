# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A few organisations of our own, and people who work there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knooppunt.people.models import Membership, Organisation, User
from knooppunt.people.roles import HubRole, Role


@pytest.fixture
def organisation(db) -> Organisation:
    return Organisation.objects.create(
        slug="voorbeeldstad", kind="municipality", name_nl="Gemeente Voorbeeldstad",
        name_en="Municipality of Voorbeeldstad", code="gm9999", inhabitants=40_000, urbanity=3,
    )  # fmt: skip


@pytest.fixture
def elsewhere(db) -> Organisation:
    return Organisation.objects.create(
        slug="anderstad",
        kind="municipality",
        name_nl="Gemeente Anderstad",
        name_en="Anderstad",
        code="gm9998",
    )


@pytest.fixture
def person(db) -> Callable[..., User]:
    """`person("anna", organisation, Role.EDITOR, hub=HubRole.CONNECTOR)`; only the name is needed."""

    def make(
        name: str, organisation: Organisation | None = None, *roles: Role, hub: HubRole = HubRole.MEMBER
    ) -> User:
        user = User.objects.create_user(name, f"{name}@example.org", role=hub)
        for role in roles:
            Membership.objects.create(user=user, organisation=organisation, role=role)
        return user

    return make
