# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading questions: the queue, and who has least to do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from knooppunt.helpdesk.models import Helped, Message, Question
from knooppunt.helpdesk.permissions import EXPERTS
from knooppunt.helpdesk.states import JOINABLE, ON_CLOCK, OVER, PAUSED, WAITING, State


def queue() -> QuerySet[Question]:
    """What waits for the desk: what is due first comes first, then what a second reader is to see."""
    found = Question.objects.filter(state__in=WAITING).select_related("expert")
    return found.order_by(F("due").asc(nulls_last=True), "asked", "pk")


def paused() -> QuerySet[Question]:
    """What waits for the asker, or for the answer to another question."""
    return Question.objects.filter(state__in=PAUSED).select_related("expert")


def last_answer(question: Question) -> Message | None:
    return question.messages.filter(role=Message.Role.EXPERT).last()


def joinable(question: Question) -> QuerySet[Question]:
    """What this question may be joined with: those of its theme first, then the newest."""
    found = Question.objects.filter(state__in=JOINABLE).exclude(pk=question.pk)
    other_theme = Case(When(theme=question.theme, then=0), default=1)
    return found.order_by(other_theme, "-asked", "-pk")


def figures() -> dict[str, Any]:
    """What askers said of the answers, over the questions that are kept (a year)."""
    counted = dict(Question.objects.exclude(verdict="").values_list("verdict").annotate(n=Count("pk")))
    over = (State.ANSWERED, State.PROPOSED, State.PUBLISHED)
    return {
        "verdicts": [(verdict.label, counted.get(verdict, 0)) for verdict in Question.Verdict],
        "answered": Question.objects.filter(state__in=over).count(),
        "helped": Helped.objects.aggregate(n=Sum("count"))["n"] or 0,
    }


def recent() -> QuerySet[Question]:
    """What is over, the latest first."""
    return Question.objects.filter(state__in=OVER).order_by("-changed")


def expert_for(theme: str) -> Any:
    """Who gets a new question: fewest open questions first, then most answers in the theme."""
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
    experts = get_user_model().objects.filter(is_active=True, role__in=EXPERTS).order_by("pk")
    return min(experts, key=lambda user: (load.get(user.pk, 0), -known.get(user.pk, 0)), default=None)
