# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May anyone do this, now? Rules on states and moments, whoever asks."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.api import limits
from knooppunt.helpdesk.models import Desk, Question
from knooppunt.helpdesk.states import JOINABLE, JUDGED
from knooppunt.web.forms import NotNowError

MOST_PER_DAY = 5
MOST_PER_HOUR, HOUR = 20, 3_600


def check_can_ask(email: str, desk: Desk | None) -> None:
    """One address asks at most five questions a day: who writes more by mistake fills no queue."""
    if desk and not desk.is_open:
        raise NotNowError(_("This desk is closed. Ask the help desk itself."))
    since = timezone.now() - timedelta(days=1)
    if Question.objects.filter(email__iexact=email, asked__gte=since).count() >= MOST_PER_DAY:
        raise NotNowError(_("You asked %(n)s questions in a day. Go on tomorrow.") % {"n": MOST_PER_DAY})


def asks_too_often(request: HttpRequest) -> bool:
    """Count one question from where this request comes: at most twenty an hour, whatever address it gives."""
    standing = limits.count(f"ask:{limits.address_of(request)}", MOST_PER_HOUR, HOUR)
    return standing is not None and standing.left < 0


def too_often() -> str:
    return _("Many questions came from your network in an hour. Try again in an hour, or send a mail.")


def check_revision(question: Question, revision: int) -> None:
    """The move must be made on what is there now."""
    if revision != question.revision:
        raise NotNowError(
            _("Someone else changed this meanwhile. Your text is still here: read what is new first.")
        )


def check_can_merge(question: Question, into: int | None) -> Question:
    """The question that this one is joined with, held: an other, its answer here or to come."""
    other = Question.objects.select_for_update().filter(pk=into, state__in=JOINABLE).first()
    if other is None or other.pk == question.pk:
        raise NotNowError(_("Give the number of another question that is open or answered."))
    return other


def check_can_judge(question: Question) -> None:
    """There is an answer to judge."""
    if question.state not in JUDGED:
        raise NotNowError(_("There is no answer yet to say this of."))
