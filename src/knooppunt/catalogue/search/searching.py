# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""One search, from what was typed to a page of results."""

from functools import partial
from typing import Any

import tantivy
from tantivy import Order

from bronnen.language import Query, analyse_query
from bronnen.ranking import (
    FOR_WHOLE,
    MAX_CANDIDATES,
    Candidate,
    FieldTerms,
    Match,
    Ranked,
    gist,
    rank,
    sentence,
)
from knooppunt.catalogue.search.documents import decode_card, decode_terms
from knooppunt.catalogue.search.highlight import hits, mark, snippet, wanted_keys
from knooppunt.catalogue.search.interface import LANGUAGES, SORTS, Hit, Results, SearchQuery
from knooppunt.catalogue.search.matching import enough, every, filters, text_matcher
from knooppunt.catalogue.search.view import View

LARGEST_PAGE = 200
DEEPEST = 100_000
ENOUGH_FOR_WHOLE = 2
FEW_FOR_WHOLE = 10
MOST_FOR_WHOLE = 100
Found = tuple[tantivy.DocAddress, Ranked[tantivy.DocAddress] | None]


class Search:
    """One question to one state of the index."""

    def __init__(self, view: View, query: SearchQuery) -> None:
        _check(query)
        self._view = view
        self._query = query
        self._lang = query.lang if query.lang in LANGUAGES else LANGUAGES[0]
        self._words: Query = analyse_query(query.text, self._lang)
        self._filters = filters(view.schema, query)
        self._least = enough(len(self._words.terms))
        if query.whole:
            self._words = gist(self._words, view.statistics, member=query.member)
            self._least = min(self._least, ENOUGH_FOR_WHOLE)
        self._relaxed = False

    def results(self) -> Results:
        """The page asked for, with counts over everything that matches."""
        found, total = self._find()
        few = total < FEW_FOR_WHOLE if self._query.whole else not total
        if few and self._words.terms and self._least > 1:
            self._least, self._relaxed = 1, True
            found, total = self._find()
        return Results(
            hits=tuple(self._hit(address, ranked) for address, ranked in found),
            total=total,
            facet_counts=self._counts(),
            did_you_mean=self._correction(),
            lang_guess=self._words.lang,
            relaxed=self._relaxed and total > 0,
            ranked=min(total, MAX_CANDIDATES) if self._by_relevance else 0,
        )

    @property
    def _by_relevance(self) -> bool:
        return bool(self._words.terms) and self._query.sort == "relevance"

    def _matcher(self, without: str | None = None) -> tantivy.Query:
        """Everything that must hold; one facet's own selection may be left out."""
        matchers = [matcher for name, matcher in self._filters.items() if name != without]
        if self._words.terms:
            matchers.insert(0, text_matcher(self._view.schema, self._words, self._least))
        return every(matchers)

    def _find(self) -> tuple[list[Found], int]:
        start = (self._query.page - 1) * self._query.size
        if self._query.whole and not self._words.terms:
            return [], 0  # no word of it is known here: browsing would show just anything
        if not self._by_relevance:
            return self._in_order(start)
        matcher = self._matcher()
        first = self._view.searcher.search(matcher, self._most())
        end = start + self._query.size
        page: list[Found] = []
        if start < MAX_CANDIDATES and self._query.size:
            ranked = self._rank([address for _, address in first.hits])
            page = [(result.id, result) for result in ranked[start:end]]
        beyond = end - max(start, MAX_CANDIDATES)
        if beyond > 0 and first.count > MAX_CANDIDATES:
            rest = self._view.searcher.search(matcher, beyond, offset=max(start, MAX_CANDIDATES))
            page += [(result.id, result) for result in self._rank([address for _, address in rest.hits])]
        return page, first.count

    def _most(self) -> int:
        """How many cards are ranked; of those with one telling word of a description, what is shown."""
        if not self._query.whole:
            return MAX_CANDIDATES
        return max(self._query.size, 1 if self._relaxed else MOST_FOR_WHOLE)

    def _in_order(self, start: int) -> tuple[list[Found], int]:
        """A page in the order of a date: newest first unless asked otherwise."""
        field = "starts" if self._query.sort == "starts" else "updated"
        order = Order.Asc if self._query.sort in ("oldest", "starts") else Order.Desc
        size = max(self._query.size, 1)
        found = self._view.searcher.search(
            self._matcher(), size, offset=start, order_by_field=field, order=order
        )
        return [(address, None) for _, address in found.hits[: self._query.size]], found.count

    def _rank(self, addresses: list[tantivy.DocAddress]) -> list[Ranked[tantivy.DocAddress]]:
        candidates = (
            Candidate(address, decode_terms(self._view.searcher.doc(address).get_first("terms")))
            for address in addresses
        )
        settings = FOR_WHOLE if self._query.whole else None
        return rank(self._words, candidates, self._view.statistics, settings)

    def _hit(self, address: tantivy.DocAddress, ranked: Ranked[tantivy.DocAddress] | None) -> Hit:
        row = self._view.searcher.doc(address)
        card = decode_card(row.get_first("card_data"))
        lang = _shown_language(card["title"], self._lang)
        title, summary = card["title"].get(lang, ""), card["summary"].get(lang, "")
        return Hit(
            kind=card["kind"],
            key=card["key"],
            url=card["url"],
            lang=lang,
            title=title,
            summary=summary,
            score=round(ranked.score, 4) if ranked else 0.0,
            explain=partial(_reasons, ranked, self._lang, missing=not self._query.whole),
            coverage=ranked.coverage if ranked else 0.0,
            highlights={} if self._query.whole else self._marked(lang, row, card, ranked is not None),
            starts=card["starts"],
            ends=card["ends"],
            updated=card["updated"],
            place=card["place"],
        )

    def _marked(self, lang: str, row: Any, card: dict[str, Any], ranked: bool) -> dict[str, str]:
        return self._highlights(lang, decode_terms(row.get_first("terms")) if ranked else {}, card)

    def _highlights(
        self, lang: str, terms: dict[tuple[str, str], FieldTerms], card: dict[str, Any]
    ) -> dict[str, str]:
        """Marked texts in the language shown; a passage of the text where title and summary hold no word."""
        wanted = wanted_keys(self._words, lang)
        marked = {}
        for name in ("title", "summary"):
            text = card[name].get(lang, "")
            marked[name] = mark(text, hits(text, terms.get((name, lang)), wanted))
        text = card["text"].get(lang, "")
        if text and not any("<mark>" in html for html in marked.values()):
            marked["text"] = snippet(text, hits(text, terms.get(("text", lang)), wanted))
        return {name: html for name, html in marked.items() if html}

    def _counts(self) -> dict[str, dict[str, int]]:
        """Counts per facet, each without its own selection."""
        asked = list(dict.fromkeys(self._query.count))
        free = [name for name in asked if name not in self._filters]
        counts = self._view.values(self._matcher(), free) if free else {}
        for name in asked:
            if name in self._filters:
                counts |= self._view.values(self._matcher(without=name), [name])
        return {name: counts[name] for name in asked}

    def _correction(self) -> str | None:
        """The question with words that no card has replaced by the nearest words that cards do have."""
        frequency = self._view.statistics.frequency
        text, corrected = self._query.text, False
        for term in sorted(self._words.terms, key=lambda term: -term.start):
            if any(frequency(form.lang, form.keys[0]) for form in term.forms):
                continue
            if better := self._view.vocabulary.correct(term.word):
                text, corrected = text[: term.start] + better + text[term.end :], True
        return text if corrected else None


def _reasons(
    ranked: Ranked[tantivy.DocAddress] | None, lang: str, *, missing: bool
) -> tuple[tuple[Match, ...], str]:
    """The reasons of a ranked card as data and as a sentence; nothing of one that was not ranked."""
    return (ranked.matches, sentence(ranked, lang, missing=missing)) if ranked else ((), "")


def _check(query: SearchQuery) -> None:
    if query.page < 1 or not 0 <= query.size <= LARGEST_PAGE or query.page * query.size > DEEPEST:
        raise ValueError(
            f"page {query.page} of {query.size}: give a page from 1, a size from 0 to {LARGEST_PAGE}, "
            f"and no more than {DEEPEST} results deep"
        )
    if query.sort not in SORTS:
        raise ValueError(f"sort {query.sort!r}: give one of {', '.join(SORTS)}")


def _shown_language(titles: dict[str, str], wanted: str) -> str:
    """The wanted language where the card has it, else the one it has."""
    if titles.get(wanted):
        return wanted
    return next((lang for lang in LANGUAGES if titles.get(lang)), wanted)
