# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading questions: the queue, and who has least to do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.utils import timezone

from knooppunt.catalogue.models import Card, identities
from knooppunt.helpdesk.models import Desk, Helped, Message, Question, today
from knooppunt.helpdesk.permissions import EXPERTS, is_expert, open_desks
from knooppunt.helpdesk.states import JOINABLE, JUDGED, ON_CLOCK, OVER, PAUSED, WAITING, State


def of(user: Any, desk: Desk | None = None) -> QuerySet[Question]:
    """The questions that this person answers: all for the hub's staff, else of the own desks."""
    found = Question.objects.select_related("expert", "desk")
    if not is_expert(user):
        found = found.filter(desk__in=open_desks(user))
    return found.filter(desk=desk) if desk else found


def queue(questions: QuerySet[Question]) -> QuerySet[Question]:
    """What waits for the desk: what is due first comes first, then what a second reader is to see."""
    found = questions.filter(state__in=WAITING)
    return found.order_by(F("due").asc(nulls_last=True), "asked", "pk")


def paused(questions: QuerySet[Question]) -> QuerySet[Question]:
    """What waits for the asker, or for the answer to another question."""
    return questions.filter(state__in=PAUSED)


def said(question: Question, *, notes: bool = False) -> list[Message]:
    """What was said, with its files, and the card of an answer that it points to in `pointed`."""
    found = question.messages.prefetch_related("attachments")
    messages = list(found if notes else found.exclude(role=Message.Role.NOTE))
    keys = [tuple(message.points_to.split(":", 1)) for message in messages if message.points_to]
    cards = {f"{c.kind}:{c.key}": c for c in Card.objects.filter(identities(keys))} if keys else {}
    for message in messages:
        message.pointed = cards.get(message.points_to)
    return messages


def last_answer(question: Question) -> Message | None:
    return question.messages.filter(role=Message.Role.EXPERT).last()


def joinable(question: Question, user: Any) -> QuerySet[Question]:
    """What this question may be joined with: those of its theme first, then the newest."""
    found = of(user).filter(state__in=JOINABLE).exclude(pk=question.pk)
    other_theme = Case(When(theme=question.theme, then=0), default=1)
    return found.order_by(other_theme, "-asked", "-pk")


def figures(questions: QuerySet[Question]) -> dict[str, Any]:
    """What askers said of the answers, over the questions that are kept (a year)."""
    counted = dict(questions.order_by().exclude(verdict="").values_list("verdict").annotate(n=Count("pk")))
    over = (State.ANSWERED, State.PROPOSED, State.PUBLISHED)
    return {
        "verdicts": [(verdict.label, counted.get(verdict, 0)) for verdict in Question.Verdict],
        "answered": questions.filter(state__in=over).count(),
        "helped": Helped.objects.aggregate(n=Sum("count"))["n"] or 0,
    }


def recent(questions: QuerySet[Question]) -> QuerySet[Question]:
    """What is over, the latest first."""
    return questions.filter(state__in=OVER).order_by("-changed")


def desks() -> QuerySet[Desk]:
    """Desks that are open today; those that close first come first."""
    day = today()
    found = Desk.objects.filter(starts__lte=day).filter(Q(ends=None) | Q(ends__gte=day))
    return found.order_by(F("ends").asc(nulls_last=True), "pk")


def desk_for(theme: str) -> Desk | None:
    """The open desk for a theme: one for a while goes before one that stays."""
    return desks().filter(theme=theme).first() if theme else None


def expert_for(theme: str, desk: Desk | None = None, *, besides: Any = None) -> Any:
    """Who gets a new question: of the desk's team, or else of the hub's staff, the one with the fewest open
    questions; among equals the one with the most answers in the theme. `besides` only when there is no other.
    """
    load: dict[int, int] = dict(
        Question.objects.filter(state__in=ON_CLOCK, expert__isnull=False)
        .values_list("expert")
        .annotate(n=Count("pk"))
    )
    known: dict[int, int] = dict(
        Question.objects.filter(Q(theme=theme) & ~Q(theme=""), state__in=OVER, expert__isnull=False)
        .values_list("expert")
        .annotate(n=Count("pk"))
    )
    users = get_user_model().objects.filter(is_active=True).order_by("pk")
    team = list(users.filter(desks=desk)) if desk else []
    able = team or list(users.filter(role__in=EXPERTS))
    others = [user for user in able if user != besides]
    return min(others or able, key=lambda user: (load.get(user.pk, 0), -known.get(user.pk, 0)), default=None)


def answered_since(user: Any, since: datetime) -> QuerySet[Question]:
    """Questions of this person that were answered after a moment."""
    return Question.objects.filter(author=user, state__in=JUDGED, changed__gt=since).order_by("-changed")


def untaken(days: int) -> QuerySet[Question]:
    """Questions that no expert took for so many days, the longest waiting first."""
    before = timezone.now() - timedelta(days=days)
    return Question.objects.filter(state=State.OPEN, asked__lt=before).order_by("asked", "pk")
