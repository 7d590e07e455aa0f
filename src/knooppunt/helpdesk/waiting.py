# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits of the help desk: at the connector's desk, and for who reads answers as second."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.flow.waiting import Desk, Row, Waiting
from knooppunt.helpdesk import officer, queries

DAYS_UNTAKEN = 7


def untaken(user: Any) -> Iterator[Row]:
    """Questions that no expert took for a week."""
    for question in queries.untaken(DAYS_UNTAKEN):
        theme = str(question.get_theme_display()) if question.theme else ""
        yield Row(Truncator(question.text).chars(100), theme, question.asked, question.get_absolute_url())


def to_read(user: Any) -> Iterator[Row]:
    """Proposed answers that this person may publish as second reader."""
    detail = _("Answer of the help desk: read it as second before it is public")
    for question in officer.to_read(user):
        title = Truncator(question.proposal["question"]).words(20)
        yield Row(title, detail, question.changed, question.get_absolute_url())


WAITING = (
    Waiting(
        "questions", gettext_lazy("Questions to the help desk that nobody took"), untaken, Desk.CONNECTOR, 30,
        gettext_lazy("Take it or pass it on"),
    ),
    Waiting("forms", gettext_lazy("What waits for you"), to_read, Desk.OFFICER, 20),
)  # fmt: skip
