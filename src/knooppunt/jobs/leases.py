# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leases on running tasks, retry with back-off, and the reaper.

A task may run more than once (a worker can die after its work and before its report), so every task
of the hub is idempotent.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from threading import Event, Thread

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from knooppunt.jobs import forgetting
from knooppunt.jobs.models import Lease

log = structlog.get_logger(__name__)
MAX_ATTEMPTS = 6
KEEP = timedelta(days=30)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


def back_off(attempt: int) -> timedelta:
    """Wait before attempt + 1: 5 s doubled per attempt, at most an hour, ±20 % so that retries spread."""
    wait = min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - spreading load is not a secret


def take(task: DBTaskResult, worker: str) -> Lease:
    """Start or continue the lease of a claimed task: one more attempt."""
    lease, _ = Lease.objects.get_or_create(task=task, defaults={"worker": worker, "expires": _expiry()})
    lease.worker, lease.attempts, lease.expires = worker, lease.attempts + 1, _expiry()
    lease.save()
    return lease


def retry_or_fail(task: DBTaskResult) -> bool:
    """Put a failed or abandoned task back with a later start; False when its attempts are used up."""
    lease = Lease.objects.filter(task=task).first()
    attempts = lease.attempts if lease else 1
    if attempts >= MAX_ATTEMPTS:
        return False
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + back_off(attempts), finished_at=None
    )
    return True


def reap() -> int:
    """Give back the tasks whose worker stopped renewing; returns how many."""
    now, reaped = timezone.now(), 0
    expired = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, lease__expires__lt=now)
    unleased = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING,
        lease=None,
        started_at__lt=now - timedelta(seconds=settings.LEASE_SECONDS),
    )
    for pk in [*expired.values_list("pk", flat=True), *unleased.values_list("pk", flat=True)]:
        with transaction.atomic():
            task = (
                DBTaskResult.objects.select_for_update(skip_locked=True)
                .filter(pk=pk, status=TaskResultStatus.RUNNING)
                .first()
            )
            if task is None:
                continue
            if not retry_or_fail(task):
                task.set_failed(TimeoutError(f"its worker died {MAX_ATTEMPTS} times"))
            reaped += 1
    return reaped


def forget_old() -> int:
    """Remove the records of tasks that finished 30 days ago or longer."""
    return forgetting.forget(DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP))


class Renewal:
    """Renews one lease from a thread of its own for as long as the `with` block runs."""

    def __init__(self, lease: Lease) -> None:
        self._task_id, self._done = lease.pk, Event()
        self._thread = Thread(target=self._run, daemon=True, name=f"lease {lease.pk}")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(settings.LEASE_SECONDS / 3):
            try:
                Lease.objects.filter(pk=self._task_id).update(expires=_expiry())
            except DatabaseError as error:  # away or busy for a moment: one beat missed is not the lease lost
                log.warning("lease not renewed", error=type(error).__name__)
                connection.close()
        connection.close()


def _expiry() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
