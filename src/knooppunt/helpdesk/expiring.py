# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Published answers whose review day has come: they come back to the queue as work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.catalogue.audit import audit
from knooppunt.helpdesk import clock, letters, queries
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.states import OVER
from knooppunt.toolkit import services as toolkit

AGAIN_AFTER = timedelta(days=30)


def bring_back() -> int:
    """Put each expired answer before the desk, once; what was closed comes back after thirty days. Daily."""
    lately = Question.objects.exclude(renews="").exclude(
        state__in=OVER, changed__lt=timezone.now() - AGAIN_AFTER
    )
    at_work = set(lately.values_list("renews", flat=True))
    entries = [version.entry for version in toolkit.expired() if version.entry.kind == "faq"]
    return sum(_bring_back(entry) for entry in entries if entry.slug not in at_work)


@transaction.atomic
def _bring_back(entry: Any) -> int:
    title = entry.public.title
    language = "nl" if title.get("nl") else "en"
    desk = queries.desk_for(entry.theme)
    question = Question.objects.create(
        text=title[language], language=language, theme=entry.theme, desk=desk, renews=entry.slug,
        expert=queries.expert_for(entry.theme, desk), due=clock.due(timezone.localtime(), clock.TERM),
    )  # fmt: skip
    audit("bring back", "question", str(question.pk), actor=None, detail={"answer": entry.slug})
    letters.tell_expert(question)
    return 1
