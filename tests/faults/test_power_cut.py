# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""kill -9 at any moment, a full disk, a database that goes and comes back: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time

import pytest

from tests import with_postgres
from tests.hub import Hub

pytestmark = pytest.mark.full

PUBLISHER = """
from knooppunt.catalogue import services
from knooppunt.catalogue.kinds import kinds
things = list(kinds["action"].published())
while True:
    for thing in things:
        services.publish(thing)
        services.withdraw(thing)
        services.publish(thing)
"""
STATE = """
from knooppunt.catalogue import finding, indexing
from knooppunt.catalogue.models import AuditLine, Card, OutboxLine
from knooppunt.catalogue.queries import Search
pages = (finding.search(Search(page=page), "nl", size=200).hits for page in range(1, 11))
found = [(hit.kind, hit.key) for hits in pages for hit in hits]
print(json.dumps({
    "cards": sorted(f"{c.kind}:{c.key}" for c in Card.objects.all()),
    "found": sorted(f"{k}:{key}" for k, key in found),
    "lag": indexing.state().lag,
    "log": OutboxLine.objects.count(),
    "audit": AuditLine.objects.filter(action__in=["publish", "update", "withdraw"]).count(),
}))
"""


def settled(hub: Hub, seconds: float = 60) -> dict:
    """The hub's state once its index has caught up."""
    deadline = time.monotonic() + seconds
    while (state := hub.python(STATE))["lag"] and time.monotonic() < deadline:
        time.sleep(0.5)
    return state


def test_kill_nine_while_publishing_and_indexing(tmp_path):
    hub = Hub(tmp_path / "data").start()
    try:
        before = settled(hub)
        chance = random.Random(2019)  # noqa: S311 - the same moments every time
        for _ in range(4):
            publisher = subprocess.Popen(
                [sys.executable, "-c", f"import django; django.setup()\n{PUBLISHER}"],
                env=hub.variables() | {"DJANGO_SETTINGS_MODULE": "knooppunt.conf.settings"},
            )
            time.sleep(chance.uniform(1.5, 4))
            hub.kill_everything()
            publisher.send_signal(signal.SIGKILL)
            publisher.wait()
            hub.start()
            after = settled(hub)
            assert after["lag"] == 0
            assert after["found"] == after["cards"], "the index differs from the cards"
            assert len(before["cards"]) - 1 <= len(after["cards"]) <= len(before["cards"])
            assert after["audit"] == after["log"], "a deed without its log line, or the reverse"
    finally:
        hub.stop()


@pytest.mark.parametrize("part", ["worker", "server"])
def test_when_one_process_dies_the_hub_stops_and_starts_again_whole(tmp_path, part):
    hub = Hub(tmp_path / "data").start()
    try:
        os.kill(hub.children()[part], signal.SIGKILL)
        assert hub.process.wait(timeout=30) == 1
        assert "stopped by itself" in hub.log()
        hub.start()
        state = settled(hub)
        assert state["found"] == state["cards"] != []
    finally:
        hub.stop()


def prepare_on_a_small_disk(hub: Hub, room: int) -> str:
    """Prepare the hub where no file may grow over `room` bytes; what it said when that failed."""

    def full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    prepare = [sys.executable, "-c", "from knooppunt.cli import running; running.prepare()"]
    environment = hub.variables() | {"DJANGO_SETTINGS_MODULE": "knooppunt.conf.settings"}
    failed = subprocess.run(
        prepare, env=environment, preexec_fn=full_disk, capture_output=True, text=True, check=False
    )
    assert failed.returncode != 0
    assert "full" in failed.stderr or "File too large" in failed.stderr or "I/O" in failed.stderr
    return failed.stderr


def starts_whole(hub: Hub) -> None:
    hub.start()
    try:
        state = settled(hub)
        assert state["found"] == state["cards"] != []
        assert state["audit"] == state["log"]
    finally:
        hub.stop()


@pytest.mark.parametrize("room", [50_000, 1_100_000])
def test_a_full_disk_while_tables_are_made_leaves_nothing_half_done(tmp_path, room):
    hub = Hub(tmp_path / "data")
    hub.folder.mkdir()
    assert "migrating" in prepare_on_a_small_disk(hub, room)
    starts_whole(hub)


@pytest.mark.parametrize(
    ("room", "failure"),
    [(600_000, "File too large"), (1_100_000, "disk I/O error")],
    ids=["static", "content"],
)
def test_a_full_disk_while_files_or_content_are_written_leaves_nothing_half_done(tmp_path, room, failure):
    hub = Hub(tmp_path / "data")
    hub.python("from knooppunt.cli.migrating import ready\nready()")
    told = prepare_on_a_small_disk(hub, room)
    assert "migrating" not in told
    assert "static files" in told
    assert failure in told
    starts_whole(hub)


def test_a_database_that_goes_and_comes_back(tmp_path):
    folder = with_postgres.binaries()
    if folder is None:
        pytest.fail("PostgreSQL is needed") if os.environ.get("CI") == "true" else pytest.skip(
            "not run: no PostgreSQL"
        )
    with with_postgres.cluster(folder) as database:
        hub = Hub(tmp_path / "data", {"DATABASE_URL": database.address}).start()
        try:
            assert settled(hub)["found"]
            database.stop()
            status, body = hub.get("/nl/zoeken?q=schulden")
            assert status == 503
            assert "Wacht een minuut" in body
            database.start()
            deadline = time.monotonic() + 60
            while hub.get("/nl/zoeken?q=schulden")[0] != 200 and time.monotonic() < deadline:
                time.sleep(0.5)
            assert hub.get("/nl/zoeken?q=schulden")[0] == 200
            hub.python(
                "from knooppunt.catalogue import services\n"
                "from knooppunt.catalogue.kinds import kinds\n"
                "services.withdraw(next(iter(kinds['action'].published())))"
            )
            assert settled(hub)["lag"] == 0, "the worker did not survive the outage"
        finally:
            hub.stop()
