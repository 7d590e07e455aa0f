# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several people at the same moment: one move, one save, nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from knooppunt.catalogue.models import OutboxLine
from knooppunt.practices import policies, services
from knooppunt.practices.models import PastSave, Step, Version
from knooppunt.practices.states import State
from knooppunt.practices.tests.conftest import carry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="not run: SQLite has one writer at a time"),
]


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do these at the same moment, each in a thread; names of what they raised, '' for what was done."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> str:
        try:
            start.wait(timeout=10)
            deed()
        except (policies.NotNowError, PermissionDenied) as error:
            return type(error).__name__
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def test_two_who_publish_at_once_publish_once(world, draft):
    carry(draft, world, "submit", "accept")
    outcomes = at_once(
        lambda: services.move(draft, "publish", actor=world.hub),
        lambda: services.move(draft, "publish", actor=world.administrator),
    )
    assert outcomes == ["", "NotNowError"]
    assert Step.objects.filter(verb="publish").count() == 1
    assert OutboxLine.objects.filter(kind="practice").count() == 1


def test_agreed_and_sent_back_at_once_is_one_of_the_two(world, draft):
    carry(draft, world, "submit")
    outcomes = at_once(
        lambda: services.move(draft, "accept", actor=world.steward),
        lambda: services.move(draft, "ask-changes", actor=world.reader, note="Nee"),
    )
    # Agreed first: sending back is then the hub's. Sent back first: there is nothing to agree with.
    assert outcomes in (["", "PermissionDenied"], ["", "NotNowError"])
    assert Version.objects.get().state in (State.ACCEPTED, State.DRAFT)


def test_two_saves_at_once_keep_one_and_tell_the_other(world, draft):
    one, other = ({**draft.content, "stage": stage} for stage in ("in_use", "ended"))
    outcomes = at_once(
        lambda: services.save(draft, one, actor=world.writer, seen=1),
        lambda: services.save(draft, other, actor=world.reader, seen=1),
    )
    assert outcomes[0] == ""
    assert outcomes[1] in ("LockedError", "SavedMeanwhileError")
    assert PastSave.objects.count() == 1
    assert Version.objects.get().saved == 2
