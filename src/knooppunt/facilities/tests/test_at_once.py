# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last place in a slot, asked for by many at the same moment: each place is given once.

On PostgreSQL threads race in the test database; on SQLite real processes race for one file.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from knooppunt.facilities import services
from knooppunt.facilities.models import Booking, Enquiry
from knooppunt.facilities.tests.conftest import BREDA, TEXTS, slot
from knooppunt.web.forms import NotNowError

pytestmark = pytest.mark.django_db(transaction=True)
MANY, PLACES, FILE = 4, 2, "knooppunt.sqlite3"
BOOK = """
import sys, time, django
from pathlib import Path
django.setup()
from knooppunt.facilities import services
from knooppunt.facilities.models import Enquiry, Slot
from knooppunt.web.forms import NotNowError
from knooppunt.people.models import User
enquiry, time_ = Enquiry.objects.get(pk=sys.argv[1]), Slot.objects.get()
actor = User.objects.get(username="asker")
print("ready", flush=True)
sys.stdin.readline()
try:
    services.book(enquiry, time_, actor=actor)
    print("got")
except NotNowError:
    print("none")
"""


def test_the_last_places_are_not_given_twice(world, tmp_path):
    time = slot(world.lab, places=PLACES)
    enquiries = []
    for _ in range(MANY):
        (enquiry,) = services.ask(BREDA, [world.lab], TEXTS, actor=world.asker).enquiries.all()
        services.move(enquiry, "accept", actor=world.first)
        enquiries.append(services.move(enquiry, "agree", actor=world.asker))
    if connection.vendor == "sqlite":
        got, places = by_processes(enquiries, tmp_path)
    else:
        got = by_threads(enquiries, lambda enquiry: services.book(enquiry, time, actor=world.asker))
        places = sorted(Booking.objects.values_list("place", flat=True))
    assert sum(got) == PLACES
    assert places == [1, 2]


def by_threads(enquiries: list[Enquiry], book: Callable[[Enquiry], object]) -> list[bool]:
    start = Barrier(MANY)

    def run(enquiry: Enquiry) -> bool:
        try:
            start.wait(timeout=20)
            book(enquiry)
        except NotNowError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, enquiries))


def by_processes(enquiries: list[Enquiry], folder: Path) -> tuple[list[bool], list[int]]:
    """The test's database as a file of its own, and a process per enquiry that waits for the start."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / FILE)])
    settings = {
        "KNOOPPUNT_DATA": str(folder),
        "KNOOPPUNT_DEMO": "true",
        "DJANGO_SETTINGS_MODULE": "knooppunt.conf.settings",
    }
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", BOOK, str(enquiry.pk)],
            env=os.environ | settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for enquiry in enquiries
    ]  # fmt: skip
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate(timeout=60)[0].strip() for racer in racers]
    assert set(said) == {"got", "none"}
    with sqlite3.connect(folder / FILE) as database:
        found = database.execute("SELECT place FROM facilities_booking ORDER BY place").fetchall()
    return [word == "got" for word in said], [place for (place,) in found]
