# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Background work: leases, retries, the reaper and periodic duties."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from unittest import mock

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from knooppunt.jobs import beats, leases
from knooppunt.jobs.models import Beat, Lease
from knooppunt.jobs.tests import tasks
from knooppunt.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """No duties of the apps, no memory of earlier tests, no waiting before a retry."""
    monkeypatch.setattr(beats, "_duties", {})
    monkeypatch.setattr(beats, "_everywhere", [])
    tasks.ran.clear()
    tasks.failures.clear()
    monkeypatch.setattr(leases, "FIRST_WAIT", timedelta(0))


def only_task() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_task_runs_once_and_keeps_its_answer():
    tasks.note.enqueue("hello")
    Worker().run_all()
    Worker().run_all()
    assert (tasks.ran, only_task().status, only_task().return_value) == (["hello"], "SUCCESSFUL", "hello")


def test_a_failing_task_is_tried_again_until_it_works():
    tasks.failures.extend([1, 1])
    tasks.fail_while_told.enqueue()
    Worker().run_all()
    assert (tasks.ran, only_task().status) == (["at last"], "SUCCESSFUL")
    assert Lease.objects.get().attempts == 3


def test_a_task_that_never_works_fails_with_its_reason():
    tasks.failures.extend([1] * 50)
    tasks.fail_while_told.enqueue()
    Worker().run_all()
    assert only_task().status == "FAILED"
    assert "not yet" in only_task().traceback
    assert Lease.objects.get().attempts == leases.MAX_ATTEMPTS


def test_the_task_of_a_dead_worker_is_given_to_another():
    tasks.note.enqueue("orphan")
    dead = Worker()
    task = dead._claim()
    leases.take(task, dead.id)
    assert leases.reap() == 0  # still leased
    Lease.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert leases.reap() == 1
    Worker().run_all()
    assert (tasks.ran, only_task().status) == (["orphan"], "SUCCESSFUL")


def test_a_task_claimed_by_a_worker_that_died_before_its_lease_is_reaped_too():
    tasks.note.enqueue("orphan")
    Worker()._claim()
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert leases.reap() == 1


def test_a_task_that_kills_its_workers_ends_as_failed():
    tasks.note.enqueue("poison")
    for _ in range(leases.MAX_ATTEMPTS):
        worker = Worker()
        leases.take(worker._claim(), worker.id)
        Lease.objects.update(expires=timezone.now() - timedelta(seconds=1))
        leases.reap()
    assert only_task().status == "FAILED"


def test_a_late_report_of_a_replaced_worker_does_not_count():
    tasks.note.enqueue("slow")
    slow = Worker()
    task = slow._claim()
    DBTaskResult.objects.update(status="READY")
    Worker().run_all()
    assert only_task().worker_ids[-1] != slow.id
    before = only_task().finished_at
    slow._run(task)
    assert only_task().finished_at == before


def test_records_of_finished_tasks_go_after_thirty_days():
    for word in ("old", "new"):
        tasks.note.enqueue(word)
    Worker().run_all()
    first = DBTaskResult.objects.order_by("enqueued_at").first()
    DBTaskResult.objects.filter(pk=first.pk).update(finished_at=timezone.now() - timedelta(days=31))
    leases.forget_old()
    assert only_task().pk != first.pk


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 5), (2, 10), (5, 80), (20, 3600)])
def test_back_off_doubles_up_to_an_hour(monkeypatch, attempt, seconds):
    monkeypatch.setattr(leases, "FIRST_WAIT", timedelta(seconds=5))
    wait = leases.back_off(attempt).total_seconds()
    assert 0.8 * seconds <= wait <= 1.2 * seconds


def test_duties_keep_their_rhythm_and_one_failure_stops_no_other():
    done = []

    def broken() -> None:
        raise ValueError("broken duty")

    def whole() -> None:
        done.append(1)

    beats.every(60, broken)
    beats.every(60, whole)
    beats.run_due()
    beats.run_due()
    assert done == [1]
    Beat.objects.update(due=timezone.now() - timedelta(seconds=1))
    beats.run_due()
    assert done == [1, 1]


def test_a_duty_with_much_to_do_lets_others_in_between():
    done, left = [], [5]

    def much() -> int:
        part = min(left[0], 2)
        left[0] -= part
        done.append("much")
        return part

    beats.every(60, much, most=2)
    beats.every(0, lambda: done.append("other"))
    for _ in range(5):
        beats.run_due()
    assert done == ["much", "other", "much", "other", "much", "other", "other", "other"]


def test_the_worker_asks_for_no_duties_between_two_beats(django_assert_num_queries):
    beats.every(60, lambda: None)
    worker = Worker()
    worker._duties()
    with django_assert_num_queries(0):
        worker._duties()


def test_what_belongs_to_a_machine_is_done_by_every_worker_and_one_failure_stops_no_other():
    done = []

    def broken() -> None:
        raise ValueError("broken duty")

    beats.everywhere(broken)
    beats.everywhere(lambda: done.append(1))
    Worker().run_all()
    Worker().run_all()
    assert len(done) >= 2
    assert not Beat.objects.exists()


def test_two_workers_do_not_run_the_same_duty():
    done = []

    def duty() -> None:
        done.append(1)

    beats.every(60, duty)
    beats.run_due()
    now = timezone.now()
    Beat.objects.update(due=now)
    (registered,) = beats._duties.values()
    assert beats._claim(registered, now, now)
    assert not beats._claim(registered, now, now)


def test_the_worker_waits_for_a_database_that_is_away(monkeypatch):
    worker, waits = Worker(), []
    answers = iter([OperationalError("gone"), InterfaceError("gone"), False])

    def step() -> bool:
        answer = next(answers, None)
        worker.running = answer is not None
        if isinstance(answer, Exception):
            raise answer
        return bool(answer)

    monkeypatch.setattr(worker, "_pause", waits.append)
    with mock.patch.multiple(
        "knooppunt.jobs.worker", close_old_connections=mock.DEFAULT, connections=mock.DEFAULT
    ):
        worker._keep_on(step)
    assert waits[:3] == [0.5, 1.0, 0.5]


def test_a_long_task_holds_up_no_duty(monkeypatch):
    """The duty is what ends the task: with both in one thread this would wait for ever."""
    worker, finished = Worker(interval=0.01), Event()
    steps = iter([lambda: finished.wait(timeout=20)])

    def task() -> bool:
        worker.running = bool(next(steps, lambda: False)())
        return True

    monkeypatch.setattr(worker, "_task", task)
    monkeypatch.setattr(worker, "_duties", lambda: bool(finished.set()))
    monkeypatch.setattr("signal.signal", mock.Mock())
    with mock.patch.multiple(
        "knooppunt.jobs.worker", close_old_connections=mock.DEFAULT, connections=mock.DEFAULT
    ):
        worker.run()
    assert finished.is_set()


def test_when_one_half_of_the_worker_ends_so_does_the_other(monkeypatch):
    worker = Worker(interval=0.01)
    monkeypatch.setattr(worker, "_duties", mock.Mock(side_effect=MemoryError))
    monkeypatch.setattr(worker, "_task", lambda: False)
    monkeypatch.setattr("signal.signal", mock.Mock())
    monkeypatch.setattr("threading.excepthook", lambda given: None)
    with mock.patch.multiple(
        "knooppunt.jobs.worker", close_old_connections=mock.DEFAULT, connections=mock.DEFAULT
    ):
        worker.run()
    assert not worker.running


def test_a_task_that_ends_its_process_fails_and_the_worker_lives():
    tasks.leave.enqueue()
    Worker().run_all()
    assert only_task().status == "FAILED"
    assert Lease.objects.get().attempts == leases.MAX_ATTEMPTS


def test_a_task_whose_function_is_gone_fails_with_its_reason():
    tasks.note.enqueue("x")
    DBTaskResult.objects.update(task_path="knooppunt.jobs.tests.tasks.removed")
    Worker().run_all()
    assert only_task().status == "FAILED"
    assert "removed" in only_task().traceback


def test_a_late_failure_of_a_replaced_worker_does_not_count(monkeypatch):
    tasks.note.enqueue("slow")
    slow = Worker()
    task = slow._claim()
    DBTaskResult.objects.update(status="READY")
    Worker()._claim()
    monkeypatch.setattr(slow, "_call", mock.Mock(side_effect=ValueError))
    slow._run(task)
    assert only_task().status == "RUNNING"


def test_a_lease_outlives_a_moment_without_database(monkeypatch, settings):
    settings.LEASE_SECONDS = 0.03
    tries, renewed = [], Event()

    def update(**values: object) -> None:
        tries.append(values)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        renewed.set()

    monkeypatch.setattr(Lease.objects, "filter", lambda **key: mock.Mock(update=update))
    with leases.Renewal(Lease()):
        assert renewed.wait(timeout=20)
