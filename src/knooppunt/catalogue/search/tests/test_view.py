# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""What is costly to know of a whole index is kept from one state to the next, until much has changed."""

from datetime import UTC, datetime
from pathlib import Path

from knooppunt.catalogue.search import IndexDocument, SearchQuery
from knooppunt.catalogue.search.tantivy_index import TantivyIndex


def card(key: str, title: str) -> IndexDocument:
    return IndexDocument("toy", key, "/", {"nl": title}, {}, datetime(2026, 1, 1, tzinfo=UTC))


def test_what_is_kept_is_taken_anew_when_much_changed(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "kept")
    index.apply([card(str(i), "zwembad") for i in range(1_000)])
    assert index.search(SearchQuery("zwemmbad")).did_you_mean == "zwembad"
    before = index._view()
    index.apply([card("one", "bibliotheek")])
    assert index._view() is not before
    assert index._view().vocabulary is before.vocabulary
    index.apply([card(f"more{i}", "bibliotheek met boeken") for i in range(40)])
    assert index.search(SearchQuery("biblioteek")).did_you_mean == "bibliotheek"
    assert index._view().statistics.lengths != before.statistics.lengths
