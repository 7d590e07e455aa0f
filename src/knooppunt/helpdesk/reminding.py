# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reminders, once per state: to the expert before the term ends, to the asker who was asked something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from knooppunt.helpdesk import clock, letters
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.states import State

BEFORE = timedelta(hours=4)  # of open desk
ASKER_AFTER = timedelta(days=5)


def remind() -> int:
    """Send the reminders that are due; a second run sends none twice. Run hourly."""
    now = timezone.localtime()
    waiting = Question.objects.filter(reminded=False)
    late = waiting.filter(due__lte=clock.due(now, BEFORE))
    silent = waiting.filter(state=State.ASKED_BACK, changed__lte=now - ASKER_AFTER)
    return _send(late, lambda q: letters.tell_expert(q, "soon")) + _send(
        silent, lambda q: letters.tell_asker(q, "remind")
    )


def _send(questions: QuerySet[Question], letter: Callable[[Question], None]) -> int:
    sent = 0
    for question in questions.select_related("expert"):
        with transaction.atomic():
            # A move meanwhile gave the question another revision: then nothing is sent.
            same = Question.objects.filter(pk=question.pk, revision=question.revision, reminded=False)
            if same.update(reminded=True):
                letter(question)
                sent += 1
    return sent
