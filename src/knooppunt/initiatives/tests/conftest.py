# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two municipalities and a statistics office, a challenge, and a person for each part to play."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from knooppunt.catalogue import loading
from knooppunt.catalogue import services as catalogue
from knooppunt.initiatives import services
from knooppunt.initiatives.models import Initiative
from knooppunt.people.models import Membership, Organisation, User
from knooppunt.people.roles import HubRole, Role

BREDA, GOUDA, CBS = "gemeente-breda", "gemeente-gouda", "cbs"
VALUES: dict[str, Any] = {
    "title": "Schulden eerder zien", "language": "nl", "challenge": "poverty-debt", "place": "Breda",
    "problem": "Wij zien schulden van inwoners te laat en willen achterstanden combineren.",
    "origins": ["administration"], "seeks": ["experience", "data"], "offers": ["people"],
    "capacity": "Een halve dag per week",
}  # fmt: skip


def person(name: str, organisation: str, role: str, hub: HubRole = HubRole.MEMBER) -> User:
    user = User.objects.create_user(name, f"{name}@example.invalid", role=hub)
    Membership.objects.create(user=user, organisation=Organisation.objects.get(slug=organisation), role=role)
    return user


@pytest.fixture
def world(db) -> SimpleNamespace:
    for slug in (
        BREDA,
        GOUDA,
        CBS,
        "bzk",
        "gemeente-utrecht",
        "gemeente-leiden",
        "gemeente-delft",
        "gemeente-zwolle",
    ):
        kind = "municipality" if slug.startswith("gemeente") else "agency"
        catalogue.publish(Organisation.objects.create(slug=slug, kind=kind, name_nl=slug, name_en=slug))
    list(loading.load_all(["challenges"]))
    return SimpleNamespace(
        owner=person("owner", BREDA, Role.EDITOR),
        member=person("member", BREDA, Role.MEMBER),
        other=person("other", GOUDA, Role.EDITOR),
        cbs=person("cbs", CBS, Role.EDITOR),
        hub=person("hub", "bzk", Role.MEMBER, HubRole.EDITOR),
    )


@pytest.fixture
def initiative(world) -> Initiative:
    return services.post(BREDA, VALUES, actor=world.owner)
