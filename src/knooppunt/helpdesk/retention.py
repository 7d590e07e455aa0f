# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long questions are kept, and what of them is a person's to take away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from knooppunt.helpdesk import moves
from knooppunt.helpdesk.models import Attachment, Message, Question

KEEP = timedelta(days=365)
MODELS = ("helpdesk.Question", "helpdesk.Message", "helpdesk.Desk")


def own_data(user: Any) -> dict[str, Any]:
    """What a person asked and said; what others said of it is theirs."""
    return {
        "questions": list(
            Question.objects.filter(author=user).values("id", "text", "email", "organisation", "state")
        ),
        "files": [
            {
                "question": file.question_id,
                "name": file.name,
                "bytes": file.size,
                "address": settings.PUBLIC_URL + file.get_absolute_url(),
            }
            for file in Attachment.objects.filter(
                Q(message=None, question__author=user) | Q(message__author=user)
            )
        ],
        "desks": list(user.desks.values("title", "starts", "ends")),
        "messages": list(Message.objects.filter(author=user).values("question", "role", "text")),
    }


def let_go(user: Any) -> None:
    """The questions of who leaves go with all that was said; published answers stay, they name nobody."""
    _remove(Question.objects.filter(author=user))


def forget() -> int:
    """Remove questions a year after their last change, in whatever state. Run daily."""
    return _remove(Question.objects.filter(changed__lt=timezone.now() - KEEP))


@transaction.atomic
def _remove(questions: QuerySet[Question]) -> int:
    """Questions that were joined with one that goes wait on their own again."""
    gone = list(questions)
    for question in gone:
        moves.release_merged(question, actor=None)
    # Those joined that go as well were just released: they go by their number, not by their date.
    return Question.objects.filter(pk__in=[question.pk for question in gone]).delete()[0]
