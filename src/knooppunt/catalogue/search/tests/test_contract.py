# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every search index must do. Another engine joins with one line in `ENGINES`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.catalogue.search.interface import Index, IndexDocument, SearchQuery
from knooppunt.catalogue.search.tantivy_index import TantivyIndex

ENGINES: dict[str, Callable[[Path], Index]] = {
    "tantivy": TantivyIndex,
}
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def card(key: str, nl: str = "", en: str = "", **more: object) -> IndexDocument:
    titles = {lang: title for lang, title in (("nl", nl), ("en", en)) if title}
    document = IndexDocument("practice", key, f"/practices/{key}", titles, {}, NEW_YEAR)
    return replace(document, **more)  # type: ignore[arg-type]


CARDS = [
    card("debts", "Vroegsignalering van schulden", facets={"theme": ["debt"], "level": ["municipality"]}),
    card(
        "privacy", "Gegevensbescherming bij de gemeente", facets={"theme": ["law"], "level": ["municipality"]}
    ),
    card("audit", "Onderzoek van de rekenkamer", facets={"theme": ["law"], "level": ["state"]}),
    card("water", "Waterschappen delen sensordata", "Water boards share sensor data", kind="initiative"),
    card("value", en="High value datasets", summary={"en": "Open registers <b>for</b> everyone"}),
]


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    made = ENGINES[request.param](tmp_path)
    yield made
    made.close()


@pytest.fixture
def filled(index: Index) -> Index:
    index.apply(CARDS, position=(7, 1))
    return index


def keys(index: Index, text: str, **more: object) -> list[str]:
    return [hit.key for hit in index.search(SearchQuery(text, **more)).hits]  # type: ignore[arg-type]


def test_an_empty_index_finds_nothing(index: Index) -> None:
    results = index.search(SearchQuery("schulden", count=["kind"]))
    assert (results.total, results.hits, results.facet_counts) == (0, (), {"kind": {}})
    assert (index.count(), index.position()) == (0, None)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("schulden", "debts"),
        ("schuld", "debts"),
        ("debts", "debts"),
        ("gegevensbescherming", "privacy"),
        ("bescherming gegevens", "privacy"),
        ("data protection", "privacy"),
        ("rekenkamer", "audit"),
        ("waterschap", "water"),
        ("high value", "value"),
        ("hoogwaardige datasets", "value"),
    ],
)
def test_words_find_their_cards_in_both_languages(filled: Index, text: str, best: str) -> None:
    assert keys(filled, text)[:1] == [best]


def test_a_batch_is_applied_once(filled: Index) -> None:
    assert not filled.apply([card("late", "Te laat")], position=(7, 1))
    assert not filled.apply([], [("practice", "debts")], position=(6, 9))
    assert (filled.count(), filled.position()) == (5, (7, 1))


def test_a_batch_without_position_leaves_the_position(filled: Index) -> None:
    assert filled.apply([card("extra", "Extra")])
    assert (filled.count(), filled.position()) == (6, (7, 1))


def test_the_same_card_twice_is_one_card_and_the_last_counts(filled: Index) -> None:
    filled.apply([card("debts", "Oud"), card("debts", "Schuldhulpverlening")], position=(8, 1))
    filled.apply([card("debts", "Schuldhulpverlening")], position=(8, 2))
    assert filled.count() == 5
    assert filled.search(SearchQuery("schuldhulp")).hits[0].title == "Schuldhulpverlening"
    assert keys(filled, "oud") == []


def test_delete_and_put_back(filled: Index) -> None:
    filled.apply([], [("practice", "debts"), ("practice", "never-there")], position=(8, 1))
    assert (keys(filled, "schulden"), filled.count()) == ([], 4)
    filled.apply([CARDS[0]], [("practice", "debts")], position=(9, 1))
    assert (keys(filled, "schulden"), filled.count()) == (["debts"], 5)


def test_kind_and_key_together_name_a_card(filled: Index) -> None:
    filled.apply([card("debts", "Schulden", kind="question")], [("practice", "water")], position=(8, 1))
    assert filled.count() == 6


def test_a_wrong_document_is_refused_with_its_batch(filled: Index) -> None:
    for wrong in (
        card("x", "Naïef", updated=datetime(2026, 1, 1)),
        card("x", "Kind", kind="a:b"),
        card("x", "Facet", facets={"Thema!": ["a"]}),
        card("x", "Taal", summary={"fr": "non"}),
    ):
        with pytest.raises(ValueError, match="give"):
            filled.apply([card("fine", "Goed"), wrong], position=(8, 1))
    assert (filled.count(), filled.position()) == (5, (7, 1))


def test_content_and_position_survive_closing(tmp_path: Path) -> None:
    for name, make in ENGINES.items():
        first = make(tmp_path / name)
        first.apply(CARDS, position=(7, 1))
        first.close()
        again = make(tmp_path / name)
        assert (again.count(), again.position()) == (5, (7, 1))


def test_a_reader_sees_what_a_writer_commits(tmp_path: Path) -> None:
    for name, make in ENGINES.items():
        writer, reader = make(tmp_path / name), make(tmp_path / name)
        assert reader.count() == 0
        writer.apply(CARDS, position=(7, 1))
        assert keys(reader, "schulden") == ["debts"]
        writer.close()


def test_facets_count_everything_that_matches(filled: Index) -> None:
    results = filled.search(SearchQuery(count=["kind", "theme", "nothing"], size=1))
    assert results.total == 5
    assert results.facet_counts == {
        "kind": {"practice": 4, "initiative": 1},
        "theme": {"law": 2, "debt": 1},
        "nothing": {},
    }


def test_a_facet_leaves_its_own_selection_out_of_its_counts(filled: Index) -> None:
    query = SearchQuery(facets={"theme": ["law"], "level": ["municipality"]}, count=["theme", "level"])
    results = filled.search(query)
    assert [hit.key for hit in results.hits] == ["privacy"]
    assert results.facet_counts == {
        "theme": {"debt": 1, "law": 1},
        "level": {"municipality": 1, "state": 1},
    }


def test_values_of_one_facet_widen_and_facets_narrow(filled: Index) -> None:
    both = SearchQuery(facets={"theme": ["law", "debt"], "level": ["municipality"]})
    assert {hit.key for hit in filled.search(both).hits} == {"privacy", "debts"}
    assert keys(filled, "", kinds=["initiative"]) == ["water"]
    assert keys(filled, "schulden", kinds=["initiative"]) == []


def test_ids_restrict(filled: Index) -> None:
    assert keys(filled, "", ids=[("practice", "audit"), ("practice", "absent")]) == ["audit"]
    assert keys(filled, "", ids=[]) == []


def test_dates_and_place_filter(index: Index) -> None:
    index.apply(
        [
            card("past", "A", starts=date(2019, 1, 1), ends=date(2019, 12, 31), place=(52.1, 4.3)),
            card("open", "B", starts=date(2021, 1, 1)),
            card("until", "C", ends=date(2020, 6, 1)),
            card("never", "D"),
        ]
    )
    assert set(keys(index, "", since=date(2020, 1, 1))) == {"open", "until"}
    assert set(keys(index, "", until=date(2019, 12, 31))) == {"past", "until"}
    assert keys(index, "", since=date(2019, 12, 31), until=date(2020, 1, 1), sort="starts") == [
        "past",
        "until",
    ]
    assert keys(index, "", box=(52.0, 4.0, 52.5, 4.5)) == ["past"]
    shown = index.search(SearchQuery(box=(52.0, 4.0, 52.5, 4.5))).hits[0]
    assert (shown.place, shown.starts) == ((52.1, 4.3), date(2019, 1, 1))


def test_browsing_goes_newest_first_and_pages_join_up(index: Index) -> None:
    made = [card(f"k{i:03}", f"Kaart {i}", updated=NEW_YEAR + timedelta(days=i)) for i in range(450)]
    index.apply(made)
    newest = [document.key for document in reversed(made)]
    pages = [keys(index, "", page=page, size=100) for page in range(1, 6)]
    assert [key for page in pages for key in page] == newest
    assert keys(index, "", sort="oldest", size=3) == newest[:-4:-1]
    found = [key for page in range(1, 6) for key in keys(index, "kaart", page=page, size=90)]
    assert sorted(found) == sorted(newest)
    assert keys(index, "kaart", page=6, size=90) == []


def test_hits_say_why_and_show_where(filled: Index) -> None:
    hit = filled.search(SearchQuery("open register", lang="en")).hits[0]
    assert hit.highlights == {
        "title": "High value datasets",
        "summary": "<mark>Open</mark> <mark>registers</mark> &lt;b&gt;for&lt;/b&gt; everyone",
    }
    assert {(match.asked, match.route, match.field) for match in hit.matches} == {
        ("open", "exact", "summary"),
        ("register", "stem", "summary"),
    }
    assert hit.why.startswith("“open” is in the summary")
    assert (hit.lang, hit.url, hit.updated) == ("en", "/practices/value", NEW_YEAR)


def test_words_that_stand_in_the_text_only_are_shown_from_there(index: Index) -> None:
    index.apply(
        [card("a", "Titel", text={"nl": "Woord & wederwoord. " * 40 + "De <i>huurtoeslag</i> stijgt."})]
    )
    html = index.search(SearchQuery("huurtoeslag")).hits[0].highlights["text"]
    assert "<mark>huurtoeslag</mark>" in html
    assert html.startswith("… ")
    assert "<i>" not in html


def test_results_in_the_language_of_the_page_where_there_is_one(filled: Index) -> None:
    assert (
        filled.search(SearchQuery("sensordata", lang="en")).hits[0].title == "Water boards share sensor data"
    )
    assert filled.search(SearchQuery("rekenkamer", lang="en")).hits[0].lang == "nl"


def test_a_typing_error_gets_a_suggestion(filled: Index) -> None:
    results = filled.search(SearchQuery("Onderzoek van de rekenkaemr"))
    assert results.did_you_mean == "Onderzoek van de rekenkamer"
    assert filled.search(SearchQuery("rekenkamer")).did_you_mean is None
    assert filled.search(SearchQuery("xqzzyqx")).did_you_mean is None


def test_a_question_that_no_card_holds_enough_of_is_relaxed(filled: Index) -> None:
    results = filled.search(SearchQuery("rekenkamer in bloeiende kersenbomen langs kanalen"))
    assert (results.relaxed, [hit.key for hit in results.hits]) == (True, ["audit"])


def test_suggestions_complete_the_last_word(filled: Index) -> None:
    assert filled.suggest("onderzoek reken") == ["rekenkamer"]
    assert filled.suggest("rekenkamer ") == []


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1; DROP TABLE card; --",
        'title:"x" AND (y OR',
        "(x [a TO b} ^2 ~ * ? \\ / + - && || !",
        "\x00\x01\x1d\x1e kaart",
        "😀🏳️‍🌈 شكرا ﷺ שלום",
        "a" * 100_000,
        "woord " * 20_000,
        "((((" * 25_000,
        "\ud800 kaart",
        "..//..//etc/passwd",
        "<script>alert(1)</script>",
        "de het een",
        "   ",
    ],
)
def test_hostile_questions_are_only_words(filled: Index, text: str) -> None:
    results = filled.search(SearchQuery(text, lang="xx", count=["kind"]))
    assert 0 <= len(results.hits) <= results.total <= 5
    assert isinstance(filled.suggest(text), list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), lang=st.sampled_from(["nl", "en", ""]))
def test_no_text_raises(filled: Index, text: str, lang: str) -> None:
    assert filled.search(SearchQuery(text, lang)).total <= 5


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=60), value=st.text(min_size=1, max_size=20))
def test_any_text_can_be_indexed_and_filtered_on(index: Index, title: str, value: str) -> None:
    index.apply([card("any", title, facets={"tag": [value]})])
    assert keys(index, "", facets={"tag": [value]}) == ["any"]
    assert index.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"page": 0}, {"size": 201}, {"size": -1}, {"sort": "random"}, {"page": 10**9}]
)
def test_impossible_requests_are_refused(index: Index, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="give"):
        index.search(SearchQuery("x", **wrong))  # type: ignore[arg-type]
