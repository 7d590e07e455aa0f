# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Why a candidate was found: for each word of the question the strongest match in each field."""

from collections.abc import Mapping, Sequence

from bronnen.language import Form, QueryTerm
from bronnen.ranking.evidence import Found
from bronnen.ranking.likeness import alike
from bronnen.ranking.model import FieldKey, FieldTerms, Match


def reasons(
    terms: Sequence[QueryTerm],
    gains: Sequence[float],
    fields: Mapping[FieldKey, FieldTerms],
    found: Mapping[FieldKey, Found],
) -> tuple[Match, ...]:
    """The matches behind the gains, weightiest words first; likeness only where no word was found."""
    total = sum(gains)
    matches = []
    for term, gain in zip(terms, gains, strict=True):
        for (name, lang), words in fields.items():
            places = found.get((name, lang))
            match = _strongest(term, name, lang, words, places, gain / total) if gain and places else None
            if not total and (like := alike(term.word, words.words)):
                match = Match(term.word, like, "likeness", name, lang, 1, 0.0)
            if match:
                matches.append(match)
    return tuple(sorted(matches, key=lambda match: -match.share))


def _strongest(
    term: QueryTerm, name: str, lang: str, terms: FieldTerms, places: Found, share: float
) -> Match | None:
    for form in term.forms:
        if form.lang != lang:
            continue
        whole = [places.whole.get(key, []) for key in form.keys]
        inside = [places.inside.get(key, []) for key in form.keys]
        if not all(w or i for w, i in zip(whole, inside, strict=True)):
            continue
        written = terms.words.split()
        words = [written[(w or i)[0]] for w, i in zip(whole, inside, strict=True)]
        text = " … ".join(dict.fromkeys(words))
        count = min(len(w) + len(i) for w, i in zip(whole, inside, strict=True))
        route = _route(form, term, text, all(whole))
        return Match(form.source or term.word, text, route, name, lang, count, share)
    return None


def _route(form: Form, term: QueryTerm, text: str, as_word: bool) -> str:
    """How a found word is related to the asked one, as people would say it."""
    if text == term.word:  # also a word that the other language spells the same
        return "exact"
    if form.route == "part":
        return "split"
    if form.route != "word":
        return form.route
    return "stem" if as_word else "part"
