# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The likeliest answers to a question that is being asked: from the one ranking, with why and how sure.

What helped others weighs a little more, by a tenth at most, and says so (`learning`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bronnen.ranking import confidence, is_long
from knooppunt.catalogue import indexing
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.search import Hit, SearchQuery
from knooppunt.helpdesk import learning
from knooppunt.helpdesk.models import Helped
from knooppunt.toolkit import services as toolkit

KINDS = ("faq", "term", "practice")
SHOWN = 3
CANDIDATES = 12
SURE = 50  # percent
NOTHING = Helped()


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
    learned = learning.counts(hit.key for hit in hits)
    rows = [(hit, learned.get((hit.kind, hit.key), NOTHING)) for hit in hits]
    rows.sort(key=lambda row: -row[0].score * (1 + learning.boost(row[1].total)))
    return [
        _suggestion(hit, row, round(100 * chance) if hit is hits[0] else None) for hit, row in rows[:SHOWN]
    ]


def _suggestion(hit: Hit, learned: Helped, percent: int | None) -> Suggestion:
    why = hit.why
    if count := learned.count:
        why += " " + ngettext("It helped %(n)s other.", "It helped %(n)s others.", count) % {"n": count}
    if learned.accepted:
        told = _("Answers of experts with it that were accepted: %(n)s.")
        why += " " + told % {"n": learned.accepted}
    return Suggestion(
        hit.kind, hit.key, hit.url, hit.lang, hit.title, hit.summary, why, str(kinds[hit.kind].label), percent
    )


def likely_theme(text: str, language: str) -> str:
    """The theme of the answer that fits best, when that is more likely right than not; else ""."""
    first = next(iter(suggest(text, language)), None)
    if first is None or first.kind != "faq" or (first.percent or 0) <= SURE:
        return ""
    entry = toolkit.find_entry("faq", first.key)
    return entry.theme if entry else ""
