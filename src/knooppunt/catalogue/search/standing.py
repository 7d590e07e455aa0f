# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Searches that stand and wait for cards: the question turned round.

Many searches are asked of one card, so the searches are inverted by their words, as an index inverts cards.
What stands finds a card exactly when the search itself would, without loosening: a search that finds nothing
shows cards with any of its words, and nobody asked to be told of those.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bronnen.language import analyse_query
from knooppunt.catalogue.search.documents import analysed
from knooppunt.catalogue.search.interface import LANGUAGES, IndexDocument, SearchQuery
from knooppunt.catalogue.search.matching import enough

Id = TypeVar("Id")
Word = tuple[str, str]
"""A language and a key of the analyser."""
Term = tuple[tuple[Word, ...], ...]
"""A word of a question: its forms, each the keys that it needs."""


@dataclass(frozen=True, slots=True)
class _Search(Generic[Id]):
    id: Id
    terms: tuple[Term, ...]
    filters: tuple[tuple[str, frozenset[str]], ...]

    def admits(self, values: Mapping[str, frozenset[str]]) -> bool:
        """Whether a card with these facets passes the filters."""
        return all(values.get(name, frozenset()) & wanted for name, wanted in self.filters)

    def asks(self, held: Set[Word]) -> bool:
        """Whether a card that holds these words holds enough of the question."""
        missing = enough(len(self.terms))
        for term in self.terms:
            if not missing:
                break
            missing -= any(held >= set(form) for form in term)
        return not missing


class Standing(Generic[Id]):
    """A set of searches, each under an identifier; `finds` says which of them find a card.

    Searches ask by words, kinds and facets; `ValueError` for one with `ids`, a period, a box or a whole text.
    """

    def __init__(self, searches: Iterable[tuple[Id, SearchQuery]]) -> None:
        self._by_word: dict[Word, list[_Search[Id]]] = defaultdict(list)
        self._by_value: dict[tuple[str, str], list[_Search[Id]]] = defaultdict(list)
        self._any: list[_Search[Id]] = []
        read = [_read(name, query) for name, query in searches]
        asked = Counter(word for search in read for term in search.terms for word in _first_words(term))
        for search in read:
            self._file(search, asked)

    def _file(self, search: _Search[Id], asked: Counter[Word]) -> None:
        """File a search under what a card must have at the least to be found.

        A card lacks at most so many words of a question, so one word more is enough to file it under: those
        that the fewest searches ask. A search without words is filed under its first filter.
        """
        if search.terms:
            spare = len(search.terms) - enough(len(search.terms))
            rarest = sorted(search.terms, key=lambda term: sum(asked[word] for word in _first_words(term)))
            for word in {word for term in rarest[: spare + 1] for word in _first_words(term)}:
                self._by_word[word].append(search)
        elif search.filters:
            name, values = search.filters[0]
            for value in values:
                self._by_value[name, value].append(search)
        else:
            self._any.append(search)

    def finds(self, document: IndexDocument) -> list[Id]:
        """The identifiers of the searches that find this card, each once."""
        values = {name: frozenset(codes) for name, codes in document.facets.items()}
        values["kind"] = frozenset([document.kind])
        held = _words(document)
        candidates = {id(search): search for search in self._candidates(held, values)}
        return [search.id for search in candidates.values() if search.admits(values) and search.asks(held)]

    def _candidates(self, held: set[Word], values: Mapping[str, frozenset[str]]) -> Iterator[_Search[Id]]:
        yield from self._any
        for name, codes in values.items():
            for code in codes:
                yield from self._by_value.get((name, code), ())
        for word in held & self._by_word.keys():
            yield from self._by_word[word]


def _read(name: Id, query: SearchQuery) -> _Search[Id]:
    if query.ids is not None or query.since or query.until or query.box or query.whole:
        raise ValueError("a standing search asks by words, kinds and facets only")
    wanted = {"kind": query.kinds, **query.facets}
    return _Search(
        name,
        _terms(query.text, query.lang if query.lang in LANGUAGES else LANGUAGES[0]),
        tuple((facet, frozenset(values)) for facet, values in wanted.items() if values),
    )


@lru_cache(maxsize=32_768)
def _terms(text: str, lang: str) -> tuple[Term, ...]:
    return tuple(
        tuple(tuple((form.lang, key) for key in form.keys) for form in term.forms if form.keys)
        for term in analyse_query(text, lang).terms
    )


def _first_words(term: Term) -> set[Word]:
    """One word of each form: a card that holds the form holds this."""
    return {form[0] for form in term}


def _words(document: IndexDocument) -> set[Word]:
    """Everything that a word of a question can meet in a card: words and the parts of compounds."""
    return {
        (lang, key)
        for (_, lang), tokens in analysed(document).items()
        for token in tokens
        for key in (token.stem, *token.parts)
        if key
    }
