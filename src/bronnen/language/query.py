# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""From a question to the terms that it is searched by."""

from collections import Counter
from collections.abc import Iterable

from bronnen.language import lexicon
from bronnen.language.analyser import Token, analyse
from bronnen.language.guess import guess_language
from bronnen.language.terms import Form, Query, QueryTerm
from bronnen.language.thesaurus import related

LANGUAGES = ("nl", "en")
MAX_TERMS = 48
MAX_TEXT = 20_000
MAX_FORMS = 12
PART_WEIGHT = 0.6


def analyse_query(text: str, lang: str | None = None) -> Query:
    """The terms of a question, without function words unless it holds nothing else.

    `lang` is the language of the page it was asked on; what its words tell goes before that. Words in one
    language are looked up in the other by glossary and cognate rules; a question whose words do not
    tell is read as both. The first `MAX_TEXT` characters are read and the first `MAX_TERMS` words kept.
    """
    text = text[:MAX_TEXT]
    guessed = guess_language(text)
    readings = (guessed,) if guessed else tuple(sorted(LANGUAGES, key=lambda known: known != lang))
    tokens = {reading: analyse(text, reading) for reading in readings}
    return Query(text, guessed, tuple(_terms(tokens)))


def _terms(tokens: dict[str, list[Token]]) -> list[QueryTerm]:
    first = next(iter(tokens.values()))
    stops = [lexicon.words(f"stop_{reading}.txt") for reading in tokens]
    kept = [
        i
        for i, token in enumerate(first)
        if token.stem.isupper() or not any(token.word in words for words in stops)
    ]
    kept = kept or list(range(len(first)))
    counts = Counter(first[i].stem for i in kept)
    others = {reading: related(found, reading) for reading, found in tokens.items()}
    terms: dict[str, QueryTerm] = {}
    for i in kept:
        token = first[i]
        if token.stem in terms or len(terms) == MAX_TERMS:
            continue
        forms = (form for r in tokens for form in _forms(tokens[r][i], r, others[r][i]))
        count = counts[token.stem]
        terms[token.stem] = QueryTerm(token.word, token.start, token.end, count, _distinct(forms))
    return list(terms.values())


def _forms(token: Token, lang: str, others: tuple[Form, ...]) -> Iterable[Form]:
    yield Form((token.stem,), lang, "word", 1.0, token.word)
    if len(token.parts) > 1:
        yield Form(token.parts, lang, "part", PART_WEIGHT, token.word)
    elif token.parts:
        yield Form(token.parts, lang, "word", 1.0, token.word)
    yield from others


def _distinct(forms: Iterable[Form]) -> tuple[Form, ...]:
    """The strongest form of each set of keys, strongest first."""
    best: dict[tuple[str, tuple[str, ...]], Form] = {}
    for form in forms:
        key = (form.lang, form.keys)
        if key not in best or best[key].weight < form.weight:
            best[key] = form
    return tuple(sorted(best.values(), key=lambda form: -form.weight)[:MAX_FORMS])
