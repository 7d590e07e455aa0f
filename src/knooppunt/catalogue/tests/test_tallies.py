# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tallies say at every moment what counting the cards would say."""

from __future__ import annotations

import random
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Count
from tests.toykind.models import Toy

from knooppunt.catalogue import services, tallies
from knooppunt.catalogue.models import Card, FacetValue, Tally

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    """Toys have colours and no challenges."""
    monkeypatch.setattr(tallies, "COUNTED", ("colour",))


def right() -> None:
    values = FacetValue.objects.filter(facet="colour", cards__isnull=False)
    assert tallies.read("colour") == dict(values.values_list("code").annotate(Count("cards")))
    assert tallies.read("kind") == dict(Card.objects.values_list("kind").annotate(Count("pk")))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_the_tallies_are_right(seed):
    chance = random.Random(seed)  # noqa: S311 - the same cases every time
    for _ in range(30):
        slugs = chance.sample("abcdef", chance.randint(1, 3))
        toys = [Toy.objects.filter(slug=slug).first() or Toy(slug=slug) for slug in slugs]
        for toy in toys:
            toy.colour = chance.choice(["red", "blue"])
        deed = chance.choice(["publish", "many", "withdraw", "fold", "undone"])
        if deed == "many":
            services.publish_many(toys)
        elif deed == "fold":
            tallies.fold()
        elif deed == "undone":
            with transaction.atomic():
                services.publish(toys[0])
                transaction.set_rollback(True)
        else:
            getattr(services, deed)(toys[0])
        right()


def test_folding_leaves_one_line_per_value(make_toy):
    for _ in range(3):
        services.publish(make_toy())
    gone = make_toy(colour="blue")
    services.publish(gone)
    services.withdraw(gone)
    tallies.fold()
    assert sorted(Tally.objects.values_list("facet", "code", "number")) == [
        ("colour", "red", 3), ("kind", "toy", 3),
    ]  # fmt: skip


def test_a_hub_that_had_cards_already_begins_with_their_number(make_toy):
    services.publish_many([make_toy(), make_toy()])
    Tally.objects.all().delete()
    import_module("knooppunt.catalogue.migrations.0004_tally").count(apps, None)
    assert tallies.read("kind") == {"toy": 2}
