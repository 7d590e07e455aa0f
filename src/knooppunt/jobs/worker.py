# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker: runs background tasks under a lease, and the periodic duties between them.

It stands on django-tasks-db's worker and adds what that leaves out: lease, retry, reaper, duties, and
waiting for a database that is away. Duties have a thread of their own, and so have those of this machine: a
task or a duty may take minutes, and what is published meanwhile must still be found within a second.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from threading import Thread
from types import FrameType

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connections, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from knooppunt.jobs import beats, leases

log = structlog.get_logger(__name__)
LONGEST_OUTAGE_WAIT = 30.0


class Worker:
    """One process that works until it is told to stop; it finishes the task in hand first."""

    def __init__(self, interval: float = 0.5) -> None:
        self.id = get_random_string(16)
        self.interval = interval
        self.running = True
        self._next_duty = timezone.now()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.running = False

    def run(self) -> None:
        """Work until SIGINT or SIGTERM."""
        signal.signal(signal.SIGINT, self.stop)
        signal.signal(signal.SIGTERM, self.stop)
        log.info("worker started", worker=self.id)
        threads = [
            Thread(target=self._keep_on, args=(self._duties,), name="duties"),
            Thread(target=self._keep_on, args=(self._here,), name="this machine"),
        ]
        for thread in threads:
            thread.start()
        self._keep_on(self._task)
        for thread in threads:
            thread.join()
        log.info("worker stopped", worker=self.id)

    def _keep_on(self, step: Callable[[], bool]) -> None:
        """Take this step again and again, without a pause while it says True; wait out an absent database."""
        outage_wait = self.interval
        try:
            while self.running:
                try:
                    busy = step()
                    outage_wait = self.interval
                except (DatabaseError, InterfaceError) as error:
                    log.warning("database is away, waiting", error=type(error).__name__, seconds=outage_wait)
                    self._pause(outage_wait)
                    outage_wait = min(outage_wait * 2, LONGEST_OUTAGE_WAIT)
                    close_old_connections()  # only now: each look at a connection costs a query
                    continue
                if not busy:
                    self._pause(self.interval)
        finally:
            self.running = False  # one part without the others is no worker
            connections.close_all()

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.running and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, self.interval))

    def run_all(self) -> None:
        """Do every duty and every task that is ready now, then return (tests and `knooppunt load`)."""
        self._all_duties()
        while self.step():
            pass

    def step(self) -> bool:
        """Run the due duties and at most one task; True when there was a task."""
        self._all_duties()
        return self._task()

    def _all_duties(self) -> None:
        beats.run_here()
        beats.run_due()

    def _here(self) -> bool:
        beats.run_here()
        return False

    def _duties(self) -> bool:
        """Run what is due; between two beats nothing is asked of the database."""
        if timezone.now() >= self._next_duty:
            self._next_duty = beats.run_due()
        return timezone.now() >= self._next_duty

    def _task(self) -> bool:
        task = self._claim()
        if task is not None:
            self._run(task)
        return task is not None

    def _claim(self) -> DBTaskResult | None:
        ready = DBTaskResult.objects.ready()
        if not ready.exists():  # looking costs no write lock
            return None
        with exclusive_transaction(ready.db):
            task = ready.get_locked()
            if task is not None:
                task.claim(self.id)
        return task

    def _run(self, task: DBTaskResult) -> None:
        lease = leases.take(task, self.id)
        started = time.monotonic()
        try:
            with leases.Renewal(lease):
                returned = self._call(task)
        except (Exception, SystemExit) as error:
            self._failed(task, lease, error)
            return
        if self._is_mine(task):
            task.set_successful(returned)
        log.info("task done", task=task.task_path, seconds=round(time.monotonic() - started, 3))

    def _failed(self, task: DBTaskResult, lease: leases.Lease, error: BaseException) -> None:
        again = False
        if self._is_mine(task):
            with transaction.atomic():
                again = leases.retry_or_fail(task)
                if not again:
                    task.set_failed(error)
        log.error("task failed", task=task.task_path, attempt=lease.attempts, again=again, exc_info=error)

    def _is_mine(self, task: DBTaskResult) -> bool:
        """False when the lease ran out and another has the task: then its report counts, not ours."""
        task.refresh_from_db(fields=["status", "worker_ids"])
        return task.status == TaskResultStatus.RUNNING and task.worker_ids[-1] == self.id

    def _call(self, task: DBTaskResult) -> object:
        result = task.task_result
        context = [TaskContext(task_result=result)] if task.task.takes_context else []
        return task.task.call(*context, *result.args, **result.kwargs)
