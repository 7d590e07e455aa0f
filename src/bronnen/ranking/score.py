# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The one ranking function: search, help desk and matching share it."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bronnen.language import Form, Query, QueryTerm
from bronnen.ranking.evidence import Found, locate, occurrences, positions
from bronnen.ranking.model import Candidate, FieldKey, FieldTerms, Id, Match, Ranked, Settings, Statistics

MAX_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A term of the question and what it is worth in this collection."""

    term: QueryTerm
    worth: float


def rank(
    query: Query,
    candidates: Iterable[Candidate[Id]],
    statistics: Statistics,
    settings: Settings | None = None,
) -> list[Ranked[Id]]:
    """Orders at most `MAX_CANDIDATES` candidates by how well they answer, best first, and says why.

    A sum over the words of the question of *worth* x *saturated frequency*, times *coverage*, plus
    *nearness*. All forms of a word (inflection, compound parts, synonym, translation) count as one word,
    each with its weight (Pirkola 1998); fields are added before saturation, each with its weight and
    length correction (BM25F: Robertson, Zaragoza and Taylor 2004); worth is the probabilistic inverse
    document frequency; words that stand side by side in the question earn more where they stand within
    `window` places of each other (sequential dependence: Metzler and Croft 2005). Equal scores keep
    the order in which candidates came. Pure: no clock, no chance, no state.

    Raises `ValueError` for more candidates than `MAX_CANDIDATES`.
    """
    settings = settings or Settings()
    pool = list(candidates)
    if len(pool) > MAX_CANDIDATES:
        raise ValueError(f"{len(pool)} candidates; the ranking takes at most {MAX_CANDIDATES}")
    weighed = [_Weighed(term, _worth(term, statistics)) for term in query.terms]
    scorer = _Scorer(weighed, statistics, settings)
    ranked = [scorer.score(candidate) for candidate in pool]
    return sorted(ranked, key=lambda result: -result.score)


def _worth(term: QueryTerm, statistics: Statistics) -> float:
    """Inverse document frequency of a term over all its forms, more when it is asked more than once."""
    documents = max(statistics.documents, 1)
    holding = sum(
        form.weight * min(statistics.frequency(form.lang, key) for key in form.keys) for form in term.forms
    )
    holding = min(holding, documents)
    rarity = math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
    return rarity * (1 + math.log(term.count))


class _Scorer:
    """Scores candidates of one question; holds what is the same for all of them."""

    def __init__(self, weighed: list[_Weighed], statistics: Statistics, settings: Settings) -> None:
        self._weighed = weighed
        self._settings = settings
        self._lengths = statistics.lengths
        self._total = sum(item.worth for item in weighed) or 1.0
        wanted: dict[str, set[str]] = defaultdict(set)
        for item in weighed:
            for form in item.term.forms:
                wanted[form.lang].update(form.keys)
        self._wanted = {lang: frozenset(keys) for lang, keys in wanted.items()}

    def score(self, candidate: Candidate[Id]) -> Ranked[Id]:
        found = {
            key: locate(terms, self._wanted[key[1]])
            for key, terms in candidate.fields.items()
            if key[1] in self._wanted
        }
        gains = [self._gain(item, candidate.fields, found) for item in self._weighed]
        covered = sum(item.worth for item, gain in zip(self._weighed, gains, strict=True) if gain > 0)
        coverage = covered / self._total
        base = sum(gains) * (1 + self._settings.coverage * coverage) + self._nearness(found, gains)
        matches = self._matches(gains, candidate.fields, found)
        missing = tuple(item.term.word for item, gain in zip(self._weighed, gains, strict=True) if gain == 0)
        return Ranked(candidate.id, base, coverage, matches, missing)

    def _gain(
        self, item: _Weighed, fields: Mapping[FieldKey, FieldTerms], found: Mapping[FieldKey, Found]
    ) -> float:
        frequency = 0.0
        for key, places in found.items():
            if not places.whole and not places.inside:
                continue
            count = self._count(item.term, key[1], fields[key], places)
            if count:
                frequency += self._field_weight(key, len(fields[key].stems)) * count
        k1 = self._settings.k1
        return item.worth * frequency * (k1 + 1) / (k1 + frequency) if frequency else 0.0

    def _count(self, term: QueryTerm, lang: str, terms: FieldTerms, places: Found) -> float:
        """Weighted occurrences of a term in one field; parts of a compound count where the whole does not."""
        whole, split = 0.0, 0.0
        for form in term.forms:
            if form.lang != lang:
                continue
            times = occurrences(form, places, self._settings.part)
            if form.route == "part":
                split = max(split, form.weight * times)
            elif times:
                whole += form.weight * times
                if form.route == "word" and any(
                    terms.words[i] == term.word for i in places.whole.get(form.keys[0], ())
                ):
                    whole += self._settings.exact
        return max(whole, split)

    def _field_weight(self, key: FieldKey, length: int) -> float:
        usual = self._lengths.get(key) or length or 1
        weight = self._settings.fields.get(key[0], 1.0)
        return weight / (1 - self._settings.b + self._settings.b * length / usual)

    def _nearness(self, found: Mapping[FieldKey, Found], gains: list[float]) -> float:
        """What neighbouring words of the question earn by standing near each other, once per pair."""
        earned = 0.0
        hits = [i for i, gain in enumerate(gains) if gain > 0]
        for left, right in pairwise(hits):
            if right - left == 1 and self._near(left, right, found):
                earned += min(self._weighed[left].worth, self._weighed[right].worth)
        return self._settings.proximity * earned

    def _near(self, left: int, right: int, found: Mapping[FieldKey, Found]) -> bool:
        for (_, lang), places in found.items():
            first = positions(self._forms(left, lang), places)
            second = positions(self._forms(right, lang), places)
            if _closest(first, second) <= self._settings.window:
                return True
        return False

    def _forms(self, index: int, lang: str) -> list[Form]:
        return [form for form in self._weighed[index].term.forms if form.lang == lang]

    def _matches(
        self, gains: list[float], fields: Mapping[FieldKey, FieldTerms], found: Mapping[FieldKey, Found]
    ) -> tuple[Match, ...]:
        """The strongest reason per word of the question and field."""
        total = sum(gains) or 1.0
        matches = []
        for item, gain in zip(self._weighed, gains, strict=True):
            if gain <= 0:
                continue
            for (name, lang), places in found.items():
                match = _strongest(item.term, name, lang, fields[name, lang], places, gain / total)
                if match:
                    matches.append(match)
        return tuple(sorted(matches, key=lambda match: -match.share))


def _closest(first: list[int], second: list[int]) -> int:
    """The smallest distance between a position of one list and one of the other, both in order."""
    best = 1_000_000
    for position in first:
        i = bisect_left(second, position)
        for other in second[max(i - 1, 0) : i + 1]:
            best = min(best, abs(other - position))
    return best


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
        words = [terms.words[(w or i)[0]] for w, i in zip(whole, inside, strict=True)]
        text = " ".join(dict.fromkeys(words))
        route = _route(form, term, text, all(whole))
        return Match(term.word, text, route, name, lang, max(map(len, [*whole, *inside])), share)
    return None


def _route(form: Form, term: QueryTerm, text: str, as_word: bool) -> str:
    """How a found word is related to the asked one, in the words of the answer page."""
    if form.route == "word" and as_word:
        return "exact" if text == term.word else "stem"
    if form.route in ("word", "part"):
        return "part"
    return form.route
