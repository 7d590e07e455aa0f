# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading questions: the queue, and who has least to do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet

from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.permissions import EXPERTS
from knooppunt.helpdesk.states import OVER, WAITING


def queue() -> QuerySet[Question]:
    """What waits for the desk, oldest first."""
    return Question.objects.filter(state__in=WAITING).select_related("expert")


def recent() -> QuerySet[Question]:
    """What is over, the latest first."""
    return Question.objects.filter(state__in=OVER).order_by("-changed")


def expert_for(theme: str) -> Any:
    """Who gets a new question: fewest open questions first, then most answers in the theme."""
    load: dict[int, int] = dict(
        Question.objects.filter(state__in=WAITING, expert__isnull=False)
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
