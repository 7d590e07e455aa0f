# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ranking of suggestions learns: which answers helped. Counts only, of nobody.

Two things teach: someone presses "this helped" under a suggestion, and someone says that the answer of an
expert helped that pointed to it or became it. The effect is bounded (`boost`), told in the reason, and an
editor can take it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import Card, identities
from knooppunt.helpdesk import permissions, queries
from knooppunt.helpdesk.models import Helped, Question
from knooppunt.web.answers import require

MOST_BOOST, HALF_AT = 0.1, 5
MOST_SHOWN = 200


@dataclass(frozen=True)
class Learned:
    """One answer that gained from helping: where it is, the counts, and what they add to its score."""

    pk: int
    title: str
    lang: str
    url: str
    helped: int
    accepted: int
    percent: float


def boost(count: int) -> float:
    """What helping others adds, as a share of the score: 0 without, half of the most at five, never more."""
    return MOST_BOOST * count / (count + HALF_AT)


def counts(keys: Iterable[str]) -> dict[tuple[str, str], Helped]:
    """What was learned of answers with these keys."""
    return {(row.kind, row.key): row for row in Helped.objects.filter(key__in=list(keys))}


def taught_by(question: Question) -> set[tuple[str, str]]:
    """The answers that a question vouches for: what its last answer points to, and what it became."""
    answer = queries.last_answer(question)
    found = {("faq", question.slug)} if question.slug and not question.renews else set()
    if answer is not None and answer.points_to:
        kind, _colon, key = answer.points_to.partition(":")
        found.add((kind, key))
    return found


def accept(answers: Iterable[tuple[str, str]], step: int) -> None:
    """Count that answers were accepted (1), or that this was taken back (-1); never below nothing."""
    for kind, key in answers if step else ():
        if step > 0:
            Helped.objects.get_or_create(kind=kind, key=key)
        Helped.objects.filter(kind=kind, key=key).update(accepted=Greatest(F("accepted") + step, 0))


def learned(language: str) -> list[Learned]:
    """What was learned of answers that are public, what weighs most first."""
    rows = sorted(Helped.objects.all(), key=lambda row: (-row.total, row.kind, row.key))[:MOST_SHOWN]
    cards = {(c.kind, c.key): c for c in Card.objects.filter(identities([(r.kind, r.key) for r in rows]))}
    found = []
    for row in rows:
        if (card := cards.get((row.kind, row.key))) is None or not row.total:
            continue
        title, lang = card.in_language("title", language)
        percent = round(100 * boost(row.total), 1)
        found.append(Learned(row.pk, title, lang, card.url, row.count, row.accepted, percent))
    return found


@transaction.atomic
def forget(pk: int, *, actor: Any) -> None:
    """Take back what was learned of one answer."""
    require(permissions.reads(actor))
    row = Helped.objects.filter(pk=pk).first()
    if row is not None:
        detail = {"helped": row.count, "accepted": row.accepted}
        audit("forget learned", row.kind, row.key, actor=actor, detail=detail)
        row.delete()
