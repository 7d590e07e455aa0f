# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May anyone do this, now? Limits that keep the check quick for all."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.datacheck.models import Monthly, Run, State
from knooppunt.web.forms import NotNowError

MOST_BYTES = 50 * 1024 * 1024
MOST_SECONDS = 120
MOST_MEMORY = 3 << 30
MOST_WAITING = 200
MOST_AT_ONCE = 3
MOST_PER_DAY = 30
MOST_MONTHLY = 10


def check_can_start(visitor: str) -> None:
    """Room in the queue, for all and for this visitor."""
    if Run.objects.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise NotNowError(_("Many checks are waiting. Try again in a quarter of an hour."))
    own = Run.objects.filter(visitor=visitor)
    if own.filter(state__in=(State.WAITING, State.RUNNING)).count() >= MOST_AT_ONCE:
        raise NotNowError(_("You have three checks under way. Wait until one is ready."))
    if own.filter(created__gt=timezone.now() - timedelta(days=1)).count() >= MOST_PER_DAY:
        raise NotNowError(_("You asked for many checks today. Try again tomorrow, or use the command line."))


def check_can_repeat(run: Run, email: str) -> None:
    """An address can be checked again, a file cannot; and not without end for one reader."""
    if not run.address or run.state != State.DONE:
        raise NotNowError(_("Only the check of an address that worked can be repeated every month."))
    if Monthly.objects.filter(email__iexact=email).count() >= MOST_MONTHLY:
        raise NotNowError(_("There are ten monthly checks for this mail address. Stop one of them first."))
    if Monthly.objects.filter(email__iexact=email, address=run.address).exists():
        raise NotNowError(_("This check was already asked for with this mail address. Look in the mailbox."))
