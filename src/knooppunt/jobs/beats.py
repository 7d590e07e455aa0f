# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periodic duties of the worker. An app names its own in its declaration (`flow.app.App`, `duties`).

Workers share one rhythm: whichever claims a beat does the duty for all. What belongs to a machine, such as
its index, is `beats.everywhere(duty)`: every worker does it, in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

import structlog
from django.db import OperationalError
from django.utils import timezone

from knooppunt.jobs.models import Beat

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Duty:
    name: str
    seconds: float
    run: Callable[[], object]
    most: float = inf

    def has_more(self, done: object) -> bool:
        """Whether a run that tells how much it did stopped at its bound."""
        return isinstance(done, int) and done >= self.most


_duties: dict[str, Duty] = {}
_everywhere: list[Callable[[], object]] = []


def every(seconds: float, run: Callable[[], object], *, most: float = inf) -> None:
    """Have one worker run the duty about every `seconds`. It must be idempotent and bounded.

    `most`: how much the duty does at a time. When it returns that it did so much, it comes again after the
    other duties and not at its next beat: it holds up no other, and is soon done.
    """
    name = f"{run.__module__}.{run.__qualname__}"
    _duties[name] = Duty(name, seconds, run, most)


def everywhere(run: Callable[[], object]) -> None:
    """Have every worker run the duty all the time, for its own machine; it must cost little when idle."""
    _everywhere.append(run)


def run_here() -> None:
    """Run the duties of this machine once."""
    for run in _everywhere:
        _attempt(run)


def run_due() -> datetime:
    """Run the duties that are due, and say when the next is; one that fails comes again at its next beat."""
    now = timezone.now()
    waiting = dict(Beat.objects.values_list("name", "due"))
    for duty in _duties.values():
        due = waiting.get(duty.name)
        if due is not None and due > now:
            continue
        waiting[duty.name] = now + timedelta(seconds=duty.seconds)
        if _claim(duty, due, now) and duty.has_more(_attempt(duty.run)):
            waiting[duty.name] = now
            Beat.objects.filter(name=duty.name).update(due=now)
    return min((waiting[name] for name in _duties), default=now)


def _attempt(run: Callable[[], object]) -> object:
    try:
        return run()
    except OperationalError:
        raise  # the database is away: the worker waits for it
    except Exception:
        log.exception("duty failed", duty=f"{run.__module__}.{run.__qualname__}")
        return None


def _claim(duty: Duty, due: datetime | None, now: datetime) -> bool:
    """Move the due time on; only the worker whose update took effect runs the duty."""
    later = now + timedelta(seconds=duty.seconds)
    if due is None:
        return Beat.objects.get_or_create(name=duty.name, defaults={"due": later})[1]
    return bool(Beat.objects.filter(name=duty.name, due=due).update(due=later))
