# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Publishing, withdrawing and scheduling: everything or nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.toykind.models import Toy

from knooppunt.catalogue import audit, cards, log, services
from knooppunt.catalogue.kinds import Facet, Text
from knooppunt.catalogue.models import (
    AuditLine,
    Card,
    Change,
    FacetValue,
    OutboxLine,
    Relation,
    ScheduledMove,
    Tombstone,
)

User = get_user_model()
pytestmark = pytest.mark.django_db
TABLES = (Toy, Card, OutboxLine, AuditLine, Tombstone, Relation, ScheduledMove)


def counts() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in TABLES}


def test_publish_writes_thing_card_outbox_and_audit(make_toy):
    actor = User.objects.create_user("anna")
    card = services.publish(make_toy(slug="bal", name_nl="Bal", year=2020), actor=actor)
    assert (card.title_nl, card.url, card.starts.year) == ("Bal", "/speelgoed/bal", 2020)
    assert sorted(card.facets.values_list("facet", "code")) == [("colour", "red"), ("year", "2020")]
    assert list(OutboxLine.objects.values_list("kind", "key", "change")) == [("toy", "bal", Change.PUBLISHED)]
    line = AuditLine.objects.get()
    assert (line.action, line.key, line.actor) == ("publish", "bal", actor)


def test_publishing_again_updates_and_keeps_the_first_date(make_toy):
    toy = make_toy(slug="bal")
    first = services.publish(toy)
    toy.colour = "blue"
    services.publish(toy)
    card = Card.objects.get()
    assert card.published == first.published
    assert card.updated > first.updated
    assert list(card.facets.filter(facet="colour").values_list("code", flat=True)) == ["blue"]
    assert list(OutboxLine.objects.values_list("change", flat=True)) == [Change.PUBLISHED, Change.UPDATED]


@pytest.mark.parametrize(
    "broken", ["_upsert", "_replace_facets", "_replace_derived_relations", "audit_many", "log.append"]
)
def test_a_failing_step_changes_nothing(make_toy, broken):
    before = counts()
    with (
        mock.patch(f"knooppunt.catalogue.cards.{broken}", side_effect=RuntimeError("no")),
        pytest.raises(RuntimeError),
    ):
        services.publish(make_toy())
    assert counts() == before


def test_a_failing_withdrawal_changes_nothing(make_toy):
    toy = make_toy()
    services.publish(toy)
    before = counts()
    with (
        mock.patch("knooppunt.catalogue.services.audit", side_effect=RuntimeError("no")),
        pytest.raises(RuntimeError),
    ):
        services.withdraw(toy)
    assert counts() == before


def test_withdrawal_leaves_a_tombstone_and_publishing_lifts_it(make_toy):
    toy = make_toy(slug="bal", name_nl="Bal")
    services.publish(toy)
    services.withdraw(toy, reason=Text("Verouderd.", "Outdated."))
    assert not Card.objects.exists()
    stone = Tombstone.objects.get()
    assert (stone.key, stone.title_nl, stone.reason_en) == ("bal", "Bal", "Outdated.")
    assert OutboxLine.objects.order_by("pk").last().change == Change.WITHDRAWN
    services.publish(toy)
    assert not Tombstone.objects.exists()


def test_withdrawing_what_has_no_card_tells_nobody(make_toy):
    services.withdraw(make_toy())
    assert not OutboxLine.objects.exists()


def test_the_log_refuses_lines_outside_a_transaction(transactional_db):
    with pytest.raises(RuntimeError, match="transaction"):
        log.append([("toy", "x", Change.PUBLISHED)])


def test_derived_relations_are_replaced_and_asserted_ones_stay(make_toy):
    actor = User.objects.create_user("anna")
    one, two, three = (make_toy(slug=s) for s in ("een", "twee", "drie"))
    for toy in (two, three):
        services.publish(toy)
    one.friend = "twee"
    card = services.publish(one)
    services.relate(card, "same-problem", Card.objects.get(key="drie"), author=actor, note="zelfde vraag")
    one.friend = "drie"
    services.publish(one)
    found = set(Relation.objects.values_list("target_key", "type", "derived"))
    assert found == {("drie", "related", True), ("drie", "same-problem", False)}


def test_an_asserted_relation_needs_an_author(make_toy):
    card = services.publish(make_toy())
    with pytest.raises(ValueError, match="author"):
        services.relate(card, "related", card, author=None)


def test_publish_many_commits_per_batch_and_can_be_run_again(make_toy, transactional_db):
    toys = [make_toy(slug=f"t{i}") for i in range(7)]
    seen = []
    real = cards.write

    def write(kind, things, **more):
        seen.append(len(things))
        if len(seen) == 3:
            raise RuntimeError("power cut")
        return real(kind, things, **more)

    with mock.patch("knooppunt.catalogue.cards.write", write), pytest.raises(RuntimeError):
        services.publish_many(toys, batch=3)
    assert (seen, Card.objects.count(), Toy.objects.count()) == ([3, 3, 1], 6, 6)
    toys = [Toy.objects.filter(slug=t.slug).first() or Toy(slug=t.slug, name_nl=t.name_nl) for t in toys]
    assert services.publish_many(toys).published == 7
    assert Card.objects.count() == 7


@pytest.mark.parametrize("batch", [0, 501])
def test_publish_many_refuses_batches_outside_its_bounds(batch):
    with pytest.raises(ValueError, match="1 to 500"):
        services.publish_many([], batch=batch)


def test_queries_of_a_batch_do_not_grow_with_its_size(make_toy):
    def number_of_queries(size: int) -> int:
        toys = [make_toy() for _ in range(size)]
        with CaptureQueriesContext(connection) as context:
            services.publish_many(toys)
        return len(context) - size  # each thing saves itself

    number_of_queries(1)  # makes the facet values that the others find
    assert number_of_queries(5) == number_of_queries(50)


def test_scheduled_moves_are_made_once_and_in_time(make_toy):
    toy, now = make_toy(slug="later"), timezone.now()
    services.schedule(toy, "publish", now + timedelta(hours=1))
    assert services.make_due_moves(now) == 0
    assert not Card.objects.exists()
    assert services.make_due_moves(now + timedelta(hours=2)) == 1
    assert Card.objects.get().key == "later"
    services.schedule(toy, "withdraw", now)
    assert services.make_due_moves(now) == 1
    assert services.make_due_moves(now + timedelta(days=9)) == 0
    assert not Card.objects.exists()


def test_a_scheduled_move_of_a_vanished_thing_keeps_its_reason(make_toy):
    toy = make_toy(slug="weg")
    services.schedule(toy, "publish", timezone.now() - timedelta(1))
    toy.delete()
    services.schedule(make_toy(slug="wel"), "publish", timezone.now() - timedelta(1))
    assert services.make_due_moves() == 1
    assert "weg" in ScheduledMove.objects.get().failure
    assert Card.objects.get().key == "wel"


def test_a_scheduled_move_that_fails_keeps_its_reason_and_stops_no_other(make_toy):
    broken, whole = make_toy(slug="stuk"), make_toy(slug="heel")
    services.schedule(broken, "publish", timezone.now() - timedelta(hours=2))
    services.schedule(whole, "publish", timezone.now() - timedelta(hours=1))
    Toy.objects.filter(pk=broken.pk).update(colour="mauve")
    assert services.make_due_moves() == 1
    assert services.make_due_moves() == 0
    assert list(Card.objects.values_list("key", flat=True)) == ["heel"]
    assert "mauve" in ScheduledMove.objects.get(key="stuk").failure


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="not run: SQLite has one writer at a time")
def test_two_publishers_of_the_same_cards_wait_for_each_other(make_toy, transactional_db):
    """In opposite order: without one order of locks PostgreSQL finds a deadlock and ends one of them."""
    services.publish_many([make_toy(slug=f"t{i:02}") for i in range(40)])
    together = Barrier(2)

    def publish(order: str) -> None:
        toys = list(Toy.objects.order_by(order))
        for _ in range(5):
            together.wait(timeout=30)
            services.publish_many(toys)
        connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(publish, ("slug", "-slug")))
    assert Card.objects.count() == 40


def test_a_kind_that_is_not_registered_says_so(db):
    with pytest.raises(LookupError, match=r"cards\.py"):
        services.publish(FacetValue(facet="x"))


@pytest.mark.parametrize("name", ["", "Kleur", "sub-kind", "kind", "a b", "1e"])
def test_a_facet_that_no_index_takes_is_refused_before_it_is_published(name):
    with pytest.raises(ValueError, match="give lower-case letters"):
        Facet(name, "x", Text("x", "x"))


def test_audit_lines_are_kept_for_seven_years(make_toy):
    services.publish(make_toy(slug="old"))
    services.publish(make_toy(slug="new"))
    now = timezone.now()
    AuditLine.objects.filter(key="old").update(at=now.replace(year=now.year - 7, day=1) - timedelta(days=1))
    AuditLine.objects.filter(key="new").update(at=now - timedelta(days=7 * 365))
    assert audit.forget_old() == 1
    assert AuditLine.objects.get().key == "new"


def test_due_moves_are_made_some_at_a_time(make_toy, monkeypatch):
    monkeypatch.setattr(services, "MOST_MOVES", 2)
    for slug in ("a", "b", "c"):
        services.schedule(make_toy(slug=slug), "publish", timezone.now())
    assert [services.make_due_moves() for _ in range(3)] == [2, 1, 0]
