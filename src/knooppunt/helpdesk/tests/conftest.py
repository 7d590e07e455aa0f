# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A desk with two editors and a connector."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.cache import caches

from knooppunt.helpdesk import services
from knooppunt.helpdesk.models import Question
from knooppunt.people.models import User
from knooppunt.people.roles import HubRole


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    caches["limits"].clear()


def person(name: str, role: str) -> User:
    return User.objects.create_user(name, f"{name}@example.invalid", role=role)


@pytest.fixture
def desk(db) -> SimpleNamespace:
    return SimpleNamespace(
        first=person("first", HubRole.EDITOR),
        second=person("second", HubRole.EDITOR),
        connector=person("connector", HubRole.CONNECTOR),
        member=person("member", HubRole.MEMBER),
    )


@pytest.fixture
def question(desk) -> Question:
    return services.ask(
        "Mag mijn gemeente kentekens tellen? Bel mij op 06-12345678.", "asker@example.invalid", language="nl"
    )


def make(question: Question, verb: str, actor: User | None, text: str = "", **more: object) -> Question:
    question.refresh_from_db()
    return services.move(question, verb, actor=actor, revision=question.revision, text=text, **more)
