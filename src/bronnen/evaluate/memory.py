# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""An inverted index in memory: candidates for the ranking, without a search engine."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from bronnen.evaluate.files import Document
from bronnen.language import Form, Query, analyse, analyse_query, guess_language
from bronnen.ranking import FOR_WHOLE, MAX_CANDIDATES, Candidate, FieldTerms, Ranked, Statistics, gist, rank

PART = 0.5


class MemoryIndex:
    """Documents by the keys that they hold, as whole words and as parts of compounds."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._candidates: list[Candidate[int]] = []
        self._postings: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        self._lengths: list[int] = []
        for number, document in enumerate(documents):
            self._add(number, document)
        self._mean = sum(self._lengths) / len(self._lengths) or 1.0
        self._statistics = Statistics(len(documents), self._frequency, self._field_lengths())

    def _add(self, number: int, document: Document) -> None:
        lang = document.lang or guess_language(document.text) or "nl"
        fields: dict[tuple[str, str], FieldTerms] = {}
        counts: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        for name, text in (("title", document.title), ("text", document.text)):
            tokens = analyse(text, lang)
            if tokens:
                fields[name, lang] = FieldTerms.of(tokens)
                counts.update(token.stem for token in tokens)
                inside.update(part for token in tokens for part in token.parts)
        for key in counts.keys() | inside.keys():
            self._postings[lang, key][number] = counts[key] + PART * inside[key]
        self._candidates.append(Candidate(number, fields))
        self._lengths.append(sum(counts.values()))

    def _frequency(self, lang: str, key: str) -> int:
        return len(self._postings.get((lang, key), ()))

    def _field_lengths(self) -> dict[tuple[str, str], float]:
        sizes: dict[tuple[str, str], list[int]] = defaultdict(list)
        for candidate in self._candidates:
            for key, terms in candidate.fields.items():
                sizes[key].append(terms.length)
        return {key: sum(found) / len(found) for key, found in sizes.items()}

    def order(self, question: str, *, whole: bool = False) -> list[int]:
        """Numbers of the documents by the one ranking function, best first; those it did not see behind."""
        ranked, behind = self.answers(question, whole=whole)
        return [result.id for result in ranked] + behind

    def answers(self, question: str, *, whole: bool = False) -> tuple[list[Ranked[int]], list[int]]:
        """The ranked documents with score and coverage, and the numbers of those behind them.

        `whole`: the question is one of the documents, so its most telling words ask (`gist`).
        """
        query = analyse_query(question)
        if whole:
            query = gist(query, self._statistics, member=True)
        found = self._retrieve(query)
        candidates = [self._candidates[number] for number in found[:MAX_CANDIDATES]]
        settings = FOR_WHOLE if whole else None
        return rank(query, candidates, self._statistics, settings), found[MAX_CANDIDATES:]

    def _retrieve(self, query: Query) -> list[int]:
        """Documents that hold any form of any word, by plain BM25 over keys: the candidates."""
        scores: dict[int, float] = defaultdict(float)
        for term in query.terms:
            best: dict[int, float] = {}
            for form in term.forms:
                for number, gain in self._gains(form).items():
                    best[number] = max(best.get(number, 0.0), gain)
            for number, gain in best.items():
                scores[number] += gain
        return sorted(scores, key=lambda number: (-scores[number], number))

    def _gains(self, form: Form) -> dict[int, float]:
        postings = [self._postings.get((form.lang, key), {}) for key in form.keys]
        shared = set(postings[0]).intersection(*postings[1:])
        size = len(self._documents)
        rarity = math.log(1 + (size - len(shared) + 0.5) / (len(shared) + 0.5))
        gains = {}
        for number in shared:
            count = min(found[number] for found in postings)
            norm = 1.2 * (0.25 + 0.75 * self._lengths[number] / self._mean)
            gains[number] = form.weight * rarity * count * 2.2 / (count + norm)
        return gains
