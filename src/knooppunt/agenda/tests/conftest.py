# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loads the real edition once: reading it for every test would be most of the time the tests take."""

from __future__ import annotations

import pytest

from knooppunt.agenda import contentcheck, services
from knooppunt.agenda.models import Edition
from knooppunt.people.models import Role, User


@pytest.fixture(scope="session")
def national_document():
    return contentcheck.load(contentcheck.CONTENT / "nl-digitaal-2019")


@pytest.fixture(scope="session")
def example_documents():
    return [contentcheck.load(path) for path in sorted(services.DEMO.glob("*.yaml"))]


@pytest.fixture
def national(db, national_document) -> Edition:
    return services.load_edition(national_document, national=True)[0]


@pytest.fixture
def example(national, example_documents) -> Edition:
    """The newer of the two editions of the invented municipality."""
    return [services.load_edition(document)[0] for document in example_documents][-1]


@pytest.fixture
def person(db):
    """Make a person: `person("editor", "bzk")`."""

    def make(role: str, organisation: str = "") -> User:
        return User.objects.create_user(f"{role}-{organisation}", role=Role(role), organisation=organisation)

    return make
