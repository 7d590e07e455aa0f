# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long questions are kept, and what of them is a person's to take away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knooppunt.helpdesk.models import Message, Question
from knooppunt.people import personal

KEEP = timedelta(days=365)


def register() -> None:
    personal.register(
        "helpdesk", models=("helpdesk.Question", "helpdesk.Message"), export=own_data, release=let_go
    )


def own_data(user: Any) -> dict[str, Any]:
    """What a person asked and said; what others said of it is theirs."""
    return {
        "questions": list(Question.objects.filter(author=user).values("id", "text", "email", "state")),
        "messages": list(Message.objects.filter(author=user).values("question", "role", "text")),
    }


def let_go(user: Any) -> None:
    """The questions of who leaves go with all that was said; published answers stay, they name nobody."""
    Question.objects.filter(author=user).delete()


def forget() -> int:
    """Remove questions a year after their last change, in whatever state. Run daily."""
    return Question.objects.filter(changed__lt=timezone.now() - KEEP).delete()[0]
