# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A hub with its own content, and programs that speak to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client

from knooppunt.api import tokens
from knooppunt.catalogue import loading
from knooppunt.people.services import demo_account


@pytest.fixture(autouse=True)
def counted_anew(settings) -> None:
    caches["limits"].clear()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The hub's content, in a transaction around all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        list(loading.load_all())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client(loaded, db) -> Client:
    return Client()


@pytest.fixture
def program(loaded, db) -> Callable[..., Any]:
    """`program("editor", "write")` sends requests with a token of that demo persona."""

    def make(persona: str, scope: str = "write") -> Client:
        secret = tokens.issue(demo_account(persona, "nl"), name="test", scope=scope, days=30)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return make
