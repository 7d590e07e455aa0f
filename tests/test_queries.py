# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often the database is asked, over all kinds with the hub's real content."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knooppunt.catalogue import loading
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card

pytestmark = pytest.mark.django_db
MANY = 6
OWN_ORGANISATION = {"practice", "initiative", "facility"}
"""Kinds of which each thing looks its organisation up."""


def things(name: str) -> list[object]:
    keys = list(Card.objects.filter(kind=name).order_by("pk").values_list("key", flat=True)[:MANY])
    return [kinds[name].model._default_manager.get(pk=kinds[name].find(key).pk) for key in keys]


def test_cards_of_many_things_are_made_in_as_many_queries_as_of_one():
    list(loading.load_all())
    seen = set()
    for kind in kinds:
        some = things(kind.name)
        if len(some) < MANY - 1:
            continue
        seen.add(kind.name)
        asked = []
        for part in (some[:1], some):
            with CaptureQueriesContext(connection) as queries:
                kind.cards(part)
            asked.append(len(queries))
        grown = asked[1] - asked[0]
        assert grown <= (len(some) if kind.name in OWN_ORGANISATION else 0), (kind.name, asked)
    assert {"action", "challenge", "circle", "faq", "organisation", "practice", "term"} <= seen
