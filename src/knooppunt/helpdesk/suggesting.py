# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The likeliest answers to a question that is being asked: from the one ranking, with why and how sure.

What helped others weighs a little more, by a tenth at most, and says so; deleting the count undoes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from bronnen.ranking import confidence, is_long
from knooppunt.catalogue import indexing
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.search import Hit, SearchQuery
from knooppunt.helpdesk.models import Helped

KINDS = ("faq", "term", "practice")
SHOWN = 3
CANDIDATES = 12
MOST_BOOST, HALF_AT = 0.1, 5


@dataclass(frozen=True)
class Suggestion:
    """An answer that may help. `percent` is an estimate for the first one, None for those behind it."""

    kind: str
    key: str
    url: str
    lang: str
    title: str
    summary: str
    why: str
    kind_label: str
    percent: int | None


def suggest(text: str, language: str, *, typing: bool = False) -> list[Suggestion]:
    """At most three answers, best first; none when nothing in the hub resembles the question.

    `typing`: of a long question only the most telling words ask, which is sooner and a little less good.
    """
    if not text.strip() or not indexing.exists():
        return []
    query = SearchQuery(
        text=text,
        lang=language,
        kinds=[kind for kind in KINDS if kind in kinds],
        size=CANDIDATES,
        whole=typing and is_long(text),
    )
    hits = indexing.current().search(query).hits
    chance = confidence(hits)
    counts = _counts(hits)
    ordered = sorted(hits, key=lambda hit: -hit.score * (1 + boost(counts.get((hit.kind, hit.key), 0))))
    return [
        _suggestion(hit, counts.get((hit.kind, hit.key), 0), round(100 * chance) if hit is hits[0] else None)
        for hit in ordered[:SHOWN]
    ]


def boost(count: int) -> float:
    """What helping others adds, as a share of the score: 0 without, half of the most at five, never more."""
    return MOST_BOOST * count / (count + HALF_AT)


def _counts(hits: list[Hit]) -> dict[tuple[str, str], int]:
    rows = Helped.objects.filter(key__in=[hit.key for hit in hits])
    return {(row.kind, row.key): row.count for row in rows}


def _suggestion(hit: Hit, count: int, percent: int | None) -> Suggestion:
    why = hit.why
    if count:
        why += " " + ngettext("It helped %(n)s other.", "It helped %(n)s others.", count) % {"n": count}
    return Suggestion(
        hit.kind, hit.key, hit.url, hit.lang, hit.title, hit.summary, why, str(kinds[hit.kind].label), percent
    )
