# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loads the editions once per module: doing it for every test would be most of the time the tests take."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from knooppunt.agenda import contentcheck, services
from knooppunt.agenda.models import Edition
from knooppunt.people.models import Membership, Organisation, User
from knooppunt.people.roles import HubRole, Role


@pytest.fixture(scope="session")
def national_document():
    return contentcheck.load(contentcheck.CONTENT / "nl-digitaal-2019")


@pytest.fixture(scope="session")
def example_documents():
    return [contentcheck.load(path) for path in sorted(services.EXAMPLE.glob("*.yaml"))]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, national_document, example_documents) -> Iterator[None]:
    """The editions, in a transaction around all tests of a module; each test still rolls back its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        services.load_edition(national_document, national=True)
        for document in example_documents:
            services.load_edition(document)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def national(loaded, db) -> Edition:
    return Edition.objects.get(key="nl-digitaal-2019")


@pytest.fixture
def example(national) -> Edition:
    """The newer of the two editions of the invented municipality."""
    return Edition.objects.get(key="voorbeeldstad-2026")


HUB_ROLES = {"connector": HubRole.CONNECTOR, "administrator": HubRole.ADMINISTRATOR}


@pytest.fixture
def person(db):
    """Make a person: `person("editor", "bzk")`. Connectors and administrators also work for the hub."""

    def make(role: str, organisation: str = "") -> User:
        user = User.objects.create_user(f"{role}-{organisation}", role=HUB_ROLES.get(role, HubRole.MEMBER))
        if organisation:
            body, _made = Organisation.objects.get_or_create(slug=organisation, defaults={"kind": "body"})
            Membership.objects.create(user=user, organisation=body, role=Role(role))
        return user

    return make
