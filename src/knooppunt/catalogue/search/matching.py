# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Which cards match: queries for tantivy built from tokens, never parsed from what a user typed."""

import math
from collections.abc import Iterable

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Matcher

from bronnen.language import Form, Query, QueryTerm
from knooppunt.catalogue.search.documents import uid
from knooppunt.catalogue.search.interface import SearchQuery

TITLE_BOOST = 2.0
PART_BOOST = 0.5
ALL_WORDS_UP_TO = 2
ENOUGH = 0.6
"""Share of the words that must be found in a question of more than `ALL_WORDS_UP_TO` words ..."""
ENOUGH_WORDS = 4
"""... but never more words than this: in a long question most words are wrapping."""


def enough(terms: int) -> int:
    """How many words of a question a card must hold."""
    return terms if terms <= ALL_WORDS_UP_TO else min(math.ceil(ENOUGH * terms), ENOUGH_WORDS)


def text_matcher(schema: tantivy.Schema, query: Query, least: int) -> Matcher:
    """Cards that hold at least `least` words of the question, under any of their forms."""
    terms = [_term(schema, term) for term in query.terms]
    found = Matcher.boolean_query([(Occur.Should, term) for term in terms], minimum_number_should_match=least)
    titles = [
        (Occur.Should, Matcher.boost_query(_key(schema, f"title_{form.lang}", form.keys[0]), boost))
        for term in query.terms
        for form in term.forms
        if len(form.keys) == 1 and (boost := TITLE_BOOST * form.weight)
    ]
    return Matcher.boolean_query([(Occur.Must, found), *titles])


def _term(schema: tantivy.Schema, term: QueryTerm) -> Matcher:
    return Matcher.boolean_query([(Occur.Should, _form(schema, form)) for form in term.forms])


def _form(schema: tantivy.Schema, form: Form) -> Matcher:
    keys = [_anywhere(schema, form.lang, key) for key in form.keys]
    matcher = keys[0] if len(keys) == 1 else Matcher.boolean_query([(Occur.Must, key) for key in keys])
    return Matcher.boost_query(matcher, form.weight)


def _anywhere(schema: tantivy.Schema, lang: str, key: str) -> Matcher:
    whole = _key(schema, f"body_{lang}", key)
    part = Matcher.boost_query(_key(schema, f"parts_{lang}", key), PART_BOOST)
    return Matcher.boolean_query([(Occur.Should, whole), (Occur.Should, part)])


def _key(schema: tantivy.Schema, field: str, key: str) -> Matcher:
    return Matcher.term_query(schema, field, key, index_option="freq")


def filters(schema: tantivy.Schema, query: SearchQuery) -> dict[str, Matcher]:
    """One matcher per filter, by the facet it belongs to; the others are under a name with a colon."""
    found = {"card:": Matcher.term_query(schema, "card", 1)}
    if query.kinds:
        found["kind"] = _any(schema, "kind", query.kinds)
    for name, values in query.facets.items():
        if values:
            found[name] = _any(schema, f"facets.{name}", values)
    if query.ids is not None:
        found["ids:"] = Matcher.term_set_query(schema, "uid", [uid(key) for key in query.ids])
    if query.since:
        found["since:"] = _between(schema, "period_to", query.since.toordinal(), None)
    if query.until:
        found["until:"] = _between(schema, "period_from", None, query.until.toordinal())
    if query.box:
        south, west, north, east = query.box
        found["latitude:"] = _between(schema, "latitude", south, north)
        found["longitude:"] = _between(schema, "longitude", west, east)
    return found


def every(matchers: Iterable[Matcher]) -> Matcher:
    """Cards that match all; the first one scores, the rest only filter."""
    scoring, *rest = matchers
    filtering = [(Occur.Must, Matcher.const_score_query(matcher, 0.0)) for matcher in rest]
    return Matcher.boolean_query([(Occur.Must, scoring), *filtering])


def _any(schema: tantivy.Schema, field: str, values: Iterable[str]) -> Matcher:
    terms = [Matcher.term_query(schema, field, value, index_option="basic") for value in values]
    return Matcher.boolean_query([(Occur.Should, term) for term in terms])


def _between(schema: tantivy.Schema, field: str, low: float | None, high: float | None) -> Matcher:
    kind = FieldType.Float if field in ("latitude", "longitude") else FieldType.Integer
    return Matcher.range_query(schema, field, kind, low, high)
