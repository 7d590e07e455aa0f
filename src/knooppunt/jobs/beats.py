# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periodic duties of the worker. An app registers its own in `ready`: `beats.every(seconds, duty)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

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


_duties: dict[str, Duty] = {}


def every(seconds: float, run: Callable[[], object]) -> None:
    """Have one worker run the duty about every `seconds`. It must be idempotent and short."""
    name = f"{run.__module__}.{run.__qualname__}"
    _duties[name] = Duty(name, seconds, run)


def run_due() -> int:
    """Run the duties that are due; one that fails is logged and comes again at its next beat."""
    now, done = timezone.now(), 0
    waiting = dict(Beat.objects.values_list("name", "due"))
    for duty in _duties.values():
        if waiting.get(duty.name, now) > now or not _claim(duty, waiting.get(duty.name), now):
            continue
        try:
            duty.run()
            done += 1
        except OperationalError:
            raise  # the database is away: the worker waits for it
        except Exception:
            log.exception("duty failed", duty=duty.name)
    return done


def _claim(duty: Duty, due: datetime | None, now: datetime) -> bool:
    """Move the due time on; only the worker whose update took effect runs the duty."""
    later = now + timedelta(seconds=duty.seconds)
    if due is None:
        return Beat.objects.get_or_create(name=duty.name, defaults={"due": later})[1]
    return bool(Beat.objects.filter(name=duty.name, due=due).update(due=later))
