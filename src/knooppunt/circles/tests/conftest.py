# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The world of the initiatives, and a connector, a circle, a meeting and an introduction in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from knooppunt.circles import services
from knooppunt.circles.models import Circle, Introduction, Meeting
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.tests.conftest import BREDA, GOUDA, person, world
from knooppunt.people.models import User
from knooppunt.people.roles import HubRole

__all__ = ["world"]
CIRCLE = {
    "title": "Schulden vroeg zien", "language": "nl", "purpose": "Samen leren van achterstanden.",
    "challenge": "poverty-debt", "elsewhere": "", "private": False,
}  # fmt: skip


@pytest.fixture
def connector(world) -> User:
    return person("connector", "bzk", "member", HubRole.CONNECTOR)


@pytest.fixture
def circle(world) -> Circle:
    return services.start(BREDA, CIRCLE, actor=world.owner)


@pytest.fixture
def private(world) -> Circle:
    return services.start(BREDA, CIRCLE | {"title": "Besloten", "private": True}, actor=world.owner)


def times(days: int = 3) -> dict[str, Any]:
    starts = timezone.now() + timedelta(days=days)
    return {
        "title": "Eerste, samen; verder", "starts": starts, "ends": starts + timedelta(hours=2),
        "place": "Utrecht", "places": None, "agenda": "1. Kennis\n2. BEGIN:VEVENT", "cancelled": False,
    }  # fmt: skip


@pytest.fixture
def meeting(world, circle) -> Meeting:
    return services.plan(circle, times(), actor=world.owner)


@pytest.fixture
def introduction(world, connector) -> Introduction:
    initiatives.be_contact(BREDA, actor=world.owner)
    initiatives.be_contact(GOUDA, actor=world.other)
    return services.propose(BREDA, GOUDA, "Beide schulden.", actor=connector)
