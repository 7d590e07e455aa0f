# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whole descriptions ask with their telling words, and collections are read with their relations."""

import json

import pytest

from bronnen.evaluate import InputError, matching
from bronnen.evaluate.collection import read_collection
from bronnen.language import analyse_query
from bronnen.ranking import Statistics, gist


def statistics(frequencies: dict[str, int], documents: int = 100) -> Statistics:
    return Statistics(documents, lambda lang, key: frequencies.get(key, 0), {})


def test_the_rarest_words_that_exist_are_kept_in_their_order():
    query = analyse_query("schulden gemeente onvindbaar waterpeil", "nl")
    held = {t.word: t.forms[0].keys[0] for t in query.terms}
    numbers = {held["schulden"]: 3, held["gemeente"]: 90, held["waterpeil"]: 2}
    assert [t.word for t in gist(query, statistics(numbers), most=2).terms] == ["schulden", "waterpeil"]
    assert [t.word for t in gist(query, statistics(numbers)).terms] == ["schulden", "gemeente", "waterpeil"]


def test_of_a_member_words_that_no_other_document_holds_do_not_ask():
    query = analyse_query("schulden waterpeil", "nl")
    held = {t.word: t.forms[0].keys[0] for t in query.terms}
    numbers = statistics({held["schulden"]: 2, held["waterpeil"]: 1})
    assert [t.word for t in gist(query, numbers, member=True).terms] == ["schulden"]
    assert [t.word for t in gist(query, numbers).terms] == ["schulden", "waterpeil"]


def test_a_text_without_known_words_asks_nothing():
    assert gist(analyse_query("zzzz qqqq", "nl"), statistics({})).terms == ()


ROWS = [
    {"id": "a", "title": "Schulden", "text": "Gemeente ziet schulden van huishoudens", "related": ["b"]},
    {"id": "b", "title": "Achterstand", "text": "Huishoudens met schulden en achterstand"},
    {"id": "c", "title": "Maaien", "text": "Gras en schapen in de berm"},
    {"id": "d", "title": "Peil", "text": "Het waterpeil van de sloot", "related": ["zz"]},
]


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "c.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return path


def test_relations_hold_both_ways_and_unknown_ones_are_none(lines):
    assert read_collection(lines).related == {"a": {"b"}, "b": {"a"}, "c": set(), "d": set()}


def test_figures_of_both_methods(lines):
    figures = matching(lines)
    assert (figures["n"], figures["documents"], figures["ceiling"]) == (2, 4, 0.2)
    assert figures["ours"] == {"precision5": 0.2, "hit5": 1.0, "mrr": 1.0}
    assert set(figures["bm25"]) == {"precision5", "hit5", "mrr"}


def test_front_matter_names_other_files_with_or_without_their_folder(tmp_path):
    (tmp_path / "maatregel__privacy.md").write_text(
        "---\ntitle: P\nvereiste:\n- avg-1\nrol:\n- jurist\n---\nTekst"
    )
    (tmp_path / "vereiste__avg-1.md").write_text("---\ntitle: V\n---\nAndere tekst")
    (tmp_path / "los.md").write_text("Geen kop")
    related = read_collection(tmp_path).related
    assert related["maatregel__privacy"] == {"vereiste__avg-1"}
    assert related["vereiste__avg-1"] == {"maatregel__privacy"}
    assert related["los"] == set()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"id": "a"}',
        "[1]",
        '{"id": "a", "text": "x"}',
        '{"id":"a","text":"x"}\n{"id":"b","text":"y"}',
    ],
)
def test_what_cannot_be_used_is_told(tmp_path, text):
    path = tmp_path / "c.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        matching(path)


def test_front_matter_that_is_no_yaml_is_told(tmp_path):
    (tmp_path / "a.md").write_text("---\n: [\n---\nx")
    (tmp_path / "b.md").write_text("x")
    with pytest.raises(InputError, match=r"a\.md"):
        read_collection(tmp_path)
