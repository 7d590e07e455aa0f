# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""A standing search finds a card exactly when the index does, without loosening."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.catalogue.search import IndexDocument, IndexHome, SearchQuery, Standing

WORDS = (
    "water", "kwaliteit", "waterkwaliteit", "zwemwater", "zwemplekken", "open", "de", "in", "schulden",
    "debt", "data", "gegevens", "OM", "e-mail", "email", "gemeente", "municipality", "2024", "corona",
    "bewijs",
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
both = st.fixed_dictionaries({"nl": texts, "en": texts})
facets = st.dictionaries(st.sampled_from(("colour", "year")), st.sampled_from((["red"], ["red", "blue"], [])))
kinds = st.sampled_from(("toy", "practice"))
cards = st.builds(
    IndexDocument,
    kind=kinds,
    key=st.sampled_from("abcdef"),
    url=st.just("/x"),
    title=both,
    summary=both,
    text=both,
    updated=st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    facets=facets,
)
searches = st.builds(
    SearchQuery,
    text=texts,
    lang=st.sampled_from(("nl", "en")),
    kinds=st.lists(kinds, max_size=1),
    facets=facets,
)


@settings(max_examples=60)
@given(
    st.lists(cards, min_size=1, max_size=4, unique_by=lambda c: (c.kind, c.key)),
    st.lists(searches, max_size=6),
)
def test_a_standing_search_finds_what_the_index_finds(documents, queries):
    standing = Standing(enumerate(queries))
    told = {(n, (d.kind, d.key)) for d in documents for n in standing.finds(d)}
    with TemporaryDirectory() as folder:
        index = IndexHome(Path(folder)).current()
        index.apply(documents)
        results = [index.search(query) for query in queries]
    found = {
        (n, (hit.kind, hit.key))
        for n, result in enumerate(results)
        if not result.relaxed
        for hit in result.hits
    }
    assert told == found


def card(**values) -> IndexDocument:
    given = {"kind": "toy", "key": "a", "url": "/", "title": {}, "summary": {}, "updated": datetime.now(UTC)}
    return IndexDocument(**given | values)


def test_some_words_of_a_question_are_not_enough():
    standing = Standing([("both", SearchQuery("water kwaliteit"))])
    assert standing.finds(card(title={"nl": "Zwemplekken in open water"})) == []
    assert standing.finds(card(title={"nl": "De kwaliteit van water"})) == ["both"]


def test_of_two_forms_of_one_word_the_card_is_found_once():
    standing = Standing([("debt", SearchQuery("schulden"))])
    assert standing.finds(card(title={"nl": "Schulden", "en": "Debts"})) == ["debt"]


@pytest.mark.parametrize(
    "query", [SearchQuery(ids=[]), SearchQuery(since=date(2026, 1, 1)), SearchQuery("x", whole=True)]
)
def test_what_cannot_stand_is_refused(query):
    with pytest.raises(ValueError, match="standing search"):
        Standing([("x", query)])
