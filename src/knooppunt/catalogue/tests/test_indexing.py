# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index follows the log: late, twice, interrupted or rebuilt, it ends up equal to the cards."""

from __future__ import annotations

import shutil
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection  # noqa: F401 - in a skipif below
from django.db.models import F
from django.utils import timezone

from knooppunt.catalogue import finding, indexing, log, services
from knooppunt.catalogue.models import Card, LogPosition, OutboxLine
from knooppunt.catalogue.queries import Search
from knooppunt.catalogue.search import IndexBusyError
from knooppunt.jobs.worker import Worker

# Readers of the log stop before open transactions, so these tests must commit what they do.
pytestmark = pytest.mark.django_db(transaction=True)


def found(text: str = "") -> set[str]:
    return {hit.key for hit in finding.search(Search(text=text), "nl", size=200).hits}


def test_searching_before_there_is_an_index_says_so():
    assert finding.search(Search(text="bal"), "nl").building


def test_what_is_published_is_found_and_what_is_withdrawn_is_not(make_toy):
    ball = make_toy(slug="bal", name_nl="Voetbal")
    services.publish(ball)
    services.publish(make_toy(slug="pop", name_nl="Poppenhuis"))
    indexing.catch_up()
    assert found("voetbal") == {"bal"}
    services.withdraw(ball)
    indexing.catch_up()
    assert (found("voetbal"), found()) == (set(), {"pop"})


def test_the_index_resumes_at_its_own_position(make_toy):
    services.publish(make_toy())
    assert indexing.catch_up() == 0  # the first build takes all cards at once
    services.publish(make_toy())
    assert indexing.catch_up() == 1
    assert indexing.catch_up() == 0
    assert indexing.state() == indexing.State(documents=2, cards=2, lag=0)


def test_applying_lines_again_changes_nothing(make_toy):
    indexing.ensure()
    services.publish(make_toy(slug="bal"))
    indexing.catch_up()
    upserts, deletes = indexing._changes(list(log.after(log.START)))
    indexing.current().apply(upserts, deletes, (0, 0))
    assert indexing.current().count() == 1


def test_a_stop_during_apply_loses_nothing(make_toy):
    indexing.ensure()
    services.publish(make_toy(slug="bal"))
    full = mock.patch.object(type(indexing.current()), "apply", side_effect=OSError("disk full"))
    with full, pytest.raises(OSError, match="disk"):
        indexing.catch_up()
    assert found() == set()
    indexing.catch_up()
    assert found() == {"bal"}


def test_cards_published_while_the_index_is_rebuilt_are_in_it(make_toy):
    services.publish_many([make_toy(slug=f"t{i}") for i in range(5)])
    indexing.ensure()

    def meanwhile(done: int) -> None:
        services.publish(make_toy(slug="meanwhile"))
        assert len(found()) == 5  # the old index keeps answering

    indexing.rebuild(progress=meanwhile)
    assert found() == {"t0", "t1", "t2", "t3", "t4", "meanwhile"}
    assert indexing.state().lag == 0


def test_every_machine_finds_what_is_published_by_an_index_of_its_own(make_toy, settings, tmp_path):
    machines = [(tmp_path / name, Worker()) for name in ("one", "two")]
    for slug in ("first", "second"):
        services.publish(make_toy(slug=slug))
        for folder, worker in machines:
            settings.INDEX_FOLDER = folder
            worker.run_all()
            assert slug in found()


def test_an_index_that_missed_lines_since_forgotten_is_built_anew(make_toy):
    services.publish(make_toy(slug="before"))
    indexing.ensure()
    for slug in ("missed", "last"):
        services.publish(make_toy(slug=slug))
    OutboxLine.objects.update(at=timezone.now() - log.KEEP - timedelta(hours=1))
    assert log.forget_old() == 2
    assert log.forget_old() == 0  # the last line tells where the log ends
    indexing.catch_up()
    assert (found(), indexing.state().lag) == ({"before", "missed", "last"}, 0)


def test_lines_are_kept_for_ninety_days(make_toy):
    for slug in ("old", "new", "newest"):
        services.publish(make_toy(slug=slug))
    OutboxLine.objects.filter(key="old").update(at=timezone.now() - timedelta(days=91))
    OutboxLine.objects.filter(key="new").update(at=timezone.now() - timedelta(days=89))
    log.forget_old()
    assert set(OutboxLine.objects.values_list("key", flat=True)) == {"new", "newest"}


def test_rebuilding_as_a_task(make_toy):
    services.publish(make_toy(slug="bal"))
    indexing.reindex.enqueue()
    Worker().run_all()
    assert found() == {"bal"}


def test_facets_show_labels_counts_and_what_is_chosen(make_toy):
    for slug, colour in (("a", "red"), ("b", "red"), ("c", "blue")):
        services.publish(make_toy(slug=slug, colour=colour))
    indexing.ensure()
    groups = {g.name: g for g in finding.search(Search(facets={"colour": ("blue",)}), "nl").facets}
    colours = {(v.label, v.number, v.chosen) for v in groups["colour"].values}
    assert colours == {("rood", 2, False), ("blauw", 1, True)}
    assert [(v.label, v.number) for v in groups["kind"].values] == [("Toys", 1)]


def test_a_card_in_one_language_is_shown_in_it_and_marked(make_toy):
    services.publish(make_toy(slug="bal", name_nl="", name_en="Football"))
    indexing.ensure()
    (hit,) = finding.search(Search(text="football"), "nl").hits
    assert (hit.lang, hit.title) == ("en", "Football")


def break_off(build) -> None:
    (build / "meta.json").write_text("{}", encoding="utf-8")


def break_segments(build) -> None:
    for file in build.glob("*.store"):
        file.unlink()  # never cut short in place: an open index has the file mapped into memory
        file.write_bytes(b"")


@pytest.mark.parametrize("damage", [break_off, break_segments, shutil.rmtree])
def test_a_damaged_index_fails_no_page_and_is_built_anew(make_toy, settings, client, damage):
    services.publish(make_toy(slug="bal"))
    indexing.ensure()
    damage(settings.INDEX_FOLDER / (settings.INDEX_FOLDER / "current").readlink())
    indexing._home.cache_clear()
    assert client.get("/nl/zoeken?q=speelgoed").status_code == 200
    assert client.get("/nl/speelgoed/bal").status_code == 200
    indexing.catch_up()
    assert (found(), indexing.state().lag) == ({"bal"}, 0)


def test_only_one_rebuilds_at_a_time(make_toy):
    services.publish(make_toy(slug="bal"))
    refused = []

    def another(done: int) -> None:
        with pytest.raises(IndexBusyError) as caught:
            indexing.rebuild()
        refused.append(caught.value)
        assert indexing.catch_up() == 0

    indexing.rebuild(progress=another)
    assert len(refused) == 1
    assert found() == {"bal"}


def test_an_index_that_is_ahead_of_a_restored_database_is_built_anew(make_toy):
    for slug in ("een", "twee", "drie"):
        services.publish(make_toy(slug=slug))
    indexing.ensure()
    Card.objects.exclude(key="een").delete()  # the backup is from before the last two
    OutboxLine.objects.exclude(key="een").delete()
    indexing.catch_up()
    assert (found(), indexing.state().lag) == ({"een"}, 0)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="not run: SQLite numbers no transactions")
def test_a_backup_from_another_cluster_is_read_on(make_toy):
    services.publish(make_toy(slug="een"))
    OutboxLine.objects.update(transaction=F("transaction") + 10**12)  # numbers this cluster has yet to give
    LogPosition.objects.create(reader="alerts", transaction=10**12, line=1)
    indexing.catch_up()
    services.publish(make_toy(slug="twee"))
    indexing.catch_up()
    assert (found(), indexing.state().lag) == ({"een", "twee"}, 0)
    assert LogPosition.objects.get().transaction == 0
