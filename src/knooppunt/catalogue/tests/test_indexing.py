# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index follows the log: late, twice, interrupted or rebuilt, it ends up equal to the cards."""

from __future__ import annotations

from unittest import mock

import pytest

from knooppunt.catalogue import finding, indexing, log, services
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.queries import Search
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


def test_matching_tells_which_of_some_cards_a_search_finds(make_toy):
    for slug, name in (("een", "Rode auto"), ("twee", "Blauwe auto"), ("drie", "Rode trein")):
        services.publish(make_toy(slug=slug, name_nl=name, name_en=name))
    indexing.ensure()
    among = [("toy", "een"), ("toy", "drie")]
    assert finding.matching(Search(text="auto"), "nl", among) == [("toy", "een")]


def test_similar_cards_leave_no_dead_end(make_toy):
    for slug in ("een", "twee"):
        services.publish(make_toy(slug=slug, name_nl="Schulden vroeg zien", name_en="See debts early"))
    indexing.ensure()
    services.publish(make_toy(slug="ver", name_nl="Vroeg maaien met schapen", name_en="Mowing early"))
    indexing.ensure()
    assert [h.key for h in finding.similar(Card.objects.get(key="een"), "nl")] == ["twee"]
