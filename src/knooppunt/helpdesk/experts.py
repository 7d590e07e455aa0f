# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who might know: named to the experts when nobody took a question. Only what is public counts: people who
let everyone find them, and organisations by what they show of their work. Computed when read, never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue import matching
from knooppunt.catalogue.models import Card, FacetValue, identities
from knooppunt.helpdesk import clock
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.states import State

UNTAKEN = timedelta(hours=4)  # of open desk
SHOWN = 3
WORK = ("practice", "initiative", "facility")


@dataclass(frozen=True)
class Knows:
    """A person or organisation that may know, and why we think so."""

    title: str
    url: str
    why: str


def is_untaken(question: Question) -> bool:
    """Nobody took the question while the desk was open for four hours."""
    limit = clock.due(timezone.localtime(), clock.TERM - UNTAKEN)
    return question.state == State.OPEN and question.due is not None and question.due <= limit


def who_might_know(question: Question, language: str) -> list[Knows]:
    """People first, then organisations, at most three of each; best match first."""
    source = matching.Source(question.text)
    people = matching.match(source, question.language, only=["person"], size=SHOWN)
    return [Knows(m.title, m.url, m.why) for m in people] + _organisations(
        source, question.language, language
    )


def _organisations(source: matching.Source, asked_in: str, language: str) -> list[Knows]:
    """Whose work resembles the question, each once, with the work that does so most."""
    found = matching.match(source, asked_in, only=WORK, size=10)
    keys = [(m.kind, m.key) for m in found]
    rows = FacetValue.objects.filter(
        facet="organisation", cards__in=Card.objects.filter(identities(keys))
    ).values_list("code", "cards__kind", "cards__key")
    holders: dict[tuple[str, str], list[str]] = {}
    for code, kind, key in rows:
        holders.setdefault((kind, key), []).append(code)
    works = {code: m for m in reversed(found) for code in holders.get((m.kind, m.key), [])}
    first = list(dict.fromkeys(code for key in keys for code in sorted(holders.get(key, []))))[:SHOWN]
    cards = {card.key: card for card in Card.objects.filter(kind="organisation", key__in=first)}
    told = _("It works on something like this: %(work)s.")
    return [
        Knows(
            cards[code].in_language("title", language)[0], cards[code].url,
            " ".join([told % {"work": works[code].title}, works[code].why]),
        )
        for code in first
        if code in cards
    ]  # fmt: skip
