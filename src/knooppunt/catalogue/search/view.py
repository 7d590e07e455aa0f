# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""One committed state of the index: a searcher and what is worth knowing about it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import tantivy
from tantivy import Query as Matcher

from bronnen.ranking import Statistics
from knooppunt.catalogue.search.documents import POSITION_UID, decode_position
from knooppunt.catalogue.search.interface import Position
from knooppunt.catalogue.search.schema import RANKED_FIELDS, length_field
from knooppunt.catalogue.search.spelling import Vocabulary

MOST_VALUES = 1_000
"""Values counted per facet, the most frequent ones."""


FRESH_ENOUGH = 0.01
"""Share of the cards that may have changed before the usual lengths and the vocabulary are taken anew."""


@dataclass(frozen=True)
class _Measured:
    """What is costly to learn of a whole index and hardly changes by one card."""

    changes: int
    lengths: dict[tuple[str, str], float]
    vocabulary: Vocabulary


class View:
    """Reads one state; a commit makes a new view and leaves this one as it is."""

    def __init__(self, index: tantivy.Index, changes: int = 0, before: "View | None" = None) -> None:
        """`changes` counts everything that was ever added or removed; `before` is what this view replaces."""
        self.schema = index.schema
        self.searcher = index.searcher()
        self._changes = changes
        kept: _Measured | None = before.__dict__.get("_measured") if before is not None else None
        if kept is not None and changes - kept.changes <= FRESH_ENOUGH * self.count:
            self.__dict__["_measured"] = kept
        self._frequency = lru_cache(maxsize=65_536)(self._count_cards)

    @cached_property
    def count(self) -> int:
        """Number of cards."""
        cards = Matcher.term_query(self.schema, "card", 1)
        return int(self.searcher.search(cards, 1).count)

    @cached_property
    def position(self) -> Position | None:
        """Position of the last applied log line."""
        row = Matcher.term_query(self.schema, "uid", POSITION_UID, index_option="basic")
        hits = self.searcher.search(row, 1).hits
        return decode_position(self.searcher.doc(hits[0][1]).get_first("card_data")) if hits else None

    @cached_property
    def statistics(self) -> Statistics:
        """What the ranking wants to know of the whole collection."""
        return Statistics(self.count, self._frequency, self._measured.lengths)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the index, for spelling help."""
        return self._measured.vocabulary

    @cached_property
    def _measured(self) -> "_Measured":
        asked = {length_field(*key): {"avg": {"field": length_field(*key)}} for key in RANKED_FIELDS}
        means = self.searcher.aggregate(Matcher.all_query(), asked)
        lengths = {key: means[length_field(*key)]["value"] or 1.0 for key in RANKED_FIELDS}
        searcher = self.searcher
        words = Vocabulary(lambda prefix: list(searcher.terms_with_prefix("words", prefix)))
        return _Measured(self._changes, lengths, words)

    def _count_cards(self, lang: str, key: str) -> int:
        whole = self.searcher.doc_freq(f"body_{lang}", key)
        return int(whole + self.searcher.doc_freq(f"parts_{lang}", key))

    def values(self, matcher: Matcher, facets: list[str]) -> dict[str, dict[str, int]]:
        """For each facet its values and how many matching cards have them, most first."""
        fields = {name: "kind" if name == "kind" else f"facets.{name}" for name in facets}
        asked = {name: {"terms": {"field": field, "size": MOST_VALUES}} for name, field in fields.items()}
        found = self.searcher.aggregate(matcher, asked) if asked else {}
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]} for name in facets
        }
