# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ordered log on a database with many writers: nothing is read before what can still precede it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from knooppunt.catalogue import log
from knooppunt.catalogue.models import OutboxLine

needs_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="not run: this is about many writers, SQLite has one"
)


def keys(position: log.Position = log.START) -> list[str]:
    return list(log.after(position).values_list("key", flat=True))


@pytest.mark.django_db
def test_lines_come_in_order_and_after_a_position():
    with transaction.atomic():
        log.append([("toy", str(i), "published") for i in range(3)])
    if connection.vendor == "sqlite":
        assert keys() == ["0", "1", "2"]
        second = OutboxLine.objects.get(key="1")
        assert keys(log.position_of(second)) == ["2"]


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_reader_waits_for_the_oldest_open_transaction():
    """A slow writer took its number first and commits last: readers must not step over it."""
    begun, may_commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            log.append([("toy", "slow", "published")])
            begun.set()
            may_commit.wait(20)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    begun.wait(20)
    with transaction.atomic():
        log.append([("toy", "quick", "published")])
    assert keys() == []
    may_commit.set()
    thread.join()
    assert keys() == ["slow", "quick"]


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_line_numbered_early_and_committed_late_is_not_lost():
    """Line numbers are given out before commit: the position must order by transaction first."""
    numbered, may_commit = threading.Event(), threading.Event()

    def late_starter() -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT txid_current()")
            numbered.set()
            may_commit.wait(20)
            log.append([("toy", "late", "published")])
        connection.close()

    thread = threading.Thread(target=late_starter)
    thread.start()
    numbered.wait(20)
    with transaction.atomic():
        log.append([("toy", "early", "published")])
    read = keys()
    position = log.end()
    may_commit.set()
    thread.join()
    assert read + keys(position) == ["late", "early"]
