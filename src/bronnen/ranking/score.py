# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The one ranking function: search, help desk and matching share it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from bronnen.language import Form, Query, QueryTerm
from bronnen.ranking.evidence import Found, closest, locate, occurrences, positions
from bronnen.ranking.likeness import likeness
from bronnen.ranking.model import Candidate, FieldKey, FieldTerms, Id, Ranked, Settings, Statistics
from bronnen.ranking.reasons import reasons

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

    score = sum over the words of the question of *worth* x *saturated frequency* + *nearness* + *likeness*

    - All forms of a word (inflection, compound parts, synonym, translation) count as one word, each
      occurrence with the weight of its form (Pirkola 1998, structured queries).
    - Fields are added before saturation, each with its weight and length correction (BM25F: Robertson,
      Zaragoza and Taylor 2004); *worth* is the probabilistic inverse document frequency.
    - *Nearness*: words that are neighbours in the question earn more where they stand within `window`
      places of each other (sequential dependence: Metzler and Croft 2005).
    - *Likeness*: shared runs of letters (character n-grams: McNamee and Mayfield 2004).

    Equal scores keep the order in which candidates came. Pure: no clock, no chance, no state kept.
    Raises `ValueError` for more candidates than `MAX_CANDIDATES`.
    """
    settings = settings or Settings()
    pool = list(candidates)
    if len(pool) > MAX_CANDIDATES:
        raise ValueError(f"{len(pool)} candidates; the ranking takes at most {MAX_CANDIDATES}")
    weighed = [_Weighed(term, worth(term, statistics)) for term in query.terms]
    scorer = _Scorer(weighed, statistics, settings)
    found = scorer.locate(pool)
    extra = _likeness(query, pool, settings)
    ranked = [scorer.score(*item) for item in zip(pool, found, extra, strict=True)]
    return sorted(ranked, key=lambda result: -result.score)


def worth(term: QueryTerm, statistics: Statistics) -> float:
    """Inverse document frequency of a term over all its forms, more when it is asked more than once."""
    documents = max(statistics.documents, 1)
    holding = sum(
        form.weight * min(statistics.frequency(form.lang, key) for key in form.keys) for form in term.forms
    )
    holding = min(holding, documents)
    rarity = math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
    return rarity * (1 + math.log(term.count))


def _likeness(query: Query, pool: list[Candidate[Id]], settings: Settings) -> list[float]:
    """Weighted likeness of each candidate's text to the question, per language."""
    scores = [0.0] * len(pool)
    if not settings.likeness and not settings.foreign_likeness:
        return scores
    words = [term.word for term in query.terms]
    for lang in dict.fromkeys(lang for candidate in pool for _, lang in candidate.fields):
        weight = settings.likeness if query.lang in (None, lang) else settings.foreign_likeness
        texts = [_letters(candidate, lang) for candidate in pool]
        for i, score in enumerate(likeness(words, texts)):
            scores[i] = max(scores[i], weight * score)
    return scores


def _letters(candidate: Candidate[Id], lang: str) -> str:
    """All words of a candidate in one language, a space before and behind each."""
    return "".join(terms.words for key, terms in candidate.fields.items() if key[1] == lang)


class _Scorer:
    """Scores the candidates of one question; holds what is the same for all of them."""

    def __init__(self, weighed: list[_Weighed], statistics: Statistics, settings: Settings) -> None:
        self._weighed = weighed
        self._terms = [item.term for item in weighed]
        self._settings = settings
        self._lengths = statistics.lengths
        self._total = sum(item.worth for item in weighed) or 1.0
        wanted: dict[str, set[str]] = defaultdict(set)
        for item in weighed:
            for form in item.term.forms:
                wanted[form.lang].update(form.keys)
        self._wanted = {lang: sorted(keys) for lang, keys in wanted.items()}
        self._forms = [_by_language(item.term) for item in weighed]

    def locate(self, pool: Sequence[Candidate[Id]]) -> list[dict[FieldKey, Found]]:
        """For each candidate the fields that hold a wanted key, and where."""
        found: list[dict[FieldKey, Found]] = [{} for _ in pool]
        for key in dict.fromkeys(key for candidate in pool for key in candidate.fields):
            holders = [i for i, candidate in enumerate(pool) if key in candidate.fields]
            fields = [pool[i].fields[key] for i in holders]
            for number, places in locate(fields, self._wanted.get(key[1], ())).items():
                found[holders[number]][key] = places
        return found

    def score(self, candidate: Candidate[Id], found: Mapping[FieldKey, Found], extra: float) -> Ranked[Id]:
        gains = [self._gain(i, candidate.fields, found) for i in range(len(self._weighed))]
        earned = list(zip(self._weighed, gains, strict=True))
        return Ranked(
            candidate.id,
            score=sum(gains) + self._nearness(found, gains) + extra,
            coverage=sum(item.worth for item, gain in earned if gain > 0) / self._total,
            missing=tuple(item.term.word for item, gain in earned if gain == 0),
            explain=partial(reasons, self._terms, gains, candidate.fields, found),
        )

    def _gain(
        self, index: int, fields: Mapping[FieldKey, FieldTerms], found: Mapping[FieldKey, Found]
    ) -> float:
        """What one word of the question earns: worth times saturated frequency over all fields."""
        frequency = 0.0
        for key, places in found.items():
            count = self._count(index, key[1], fields[key], places)
            if count:
                frequency += self._field_weight(key, fields[key].length) * count
        k1 = self._settings.k1
        return self._weighed[index].worth * frequency * (k1 + 1) / (k1 + frequency) if frequency else 0.0

    def _count(self, index: int, lang: str, terms: FieldTerms, places: Found) -> float:
        """Weighted occurrences of a term in one field; parts of a compound count where the whole does not."""
        whole, split = 0.0, 0.0
        for form in self._forms[index].get(lang, ()):
            times = occurrences(form, places, self._settings.part)
            if not times:
                continue
            if form.route == "part":
                split = form.weight * times
                continue
            whole += form.weight * times
            if form.route == "word" and f" {self._terms[index].word} " in terms.words:
                whole += self._settings.exact
        return max(whole, split)

    def _field_weight(self, key: FieldKey, length: int) -> float:
        settings, name = self._settings, key[0]
        ratio = max(length / (self._lengths.get(key) or length or 1), settings.shortest)
        b = settings.b.get(name, settings.usual_b)
        return settings.fields.get(name, 1.0) / (1 - b + b * ratio)

    def _nearness(self, found: Mapping[FieldKey, Found], gains: list[float]) -> float:
        """What neighbouring words of the question earn by standing near each other, once per pair."""
        earned = 0.0
        if not self._settings.nearness:
            return earned
        for left, right in pairwise(range(len(gains))):
            if gains[left] and gains[right] and self._near(left, right, found):
                earned += min(self._weighed[left].worth, self._weighed[right].worth)
        return self._settings.nearness * earned

    def _near(self, left: int, right: int, found: Mapping[FieldKey, Found]) -> bool:
        for (_, lang), places in found.items():
            first = positions(self._forms[left].get(lang, ()), places)
            second = positions(self._forms[right].get(lang, ()), places)
            if closest(first, second) <= self._settings.window:
                return True
        return False


def _by_language(term: QueryTerm) -> dict[str, list[Form]]:
    forms: dict[str, list[Form]] = defaultdict(list)
    for form in term.forms:
        forms[form.lang].append(form)
    return forms
