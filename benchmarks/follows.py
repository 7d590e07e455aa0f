# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling followers: CPU seconds to find who follows 500 changed cards, by the number of followed searches.

`python -m benchmarks.follows 500,10000`. Every search is another one, of one to three words drawn by Zipf's law,
half of them with a filter; ten are followed by one person. A database and an index of its own per number.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time

CHANGES = 500
PER_PERSON = 10


def main() -> None:
    numbers = sys.argv[1] if len(sys.argv) > 1 else "500,10000"
    print("| followed searches | changed cards | CPU s | CPU s, once warm | alerts |\n|--:|--:|--:|--:|--:|")
    for number in numbers.split(","):
        with tempfile.TemporaryDirectory(prefix="knooppunt-bench-") as folder:
            environment = os.environ | {
                "KNOOPPUNT_TEST_DATA": folder,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
            }
            command = [sys.executable, "-c", f"from benchmarks import follows; follows.measure({number})"]
            subprocess.run(command, env=environment, check=True)


def measure(number: int) -> None:
    """One row: the first time a process tells (searches still to be analysed), and the next."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from benchmarks.hub import _toys
    from benchmarks.search_cards import Vocabulary
    from knooppunt.catalogue import alerts, following, indexing, services
    from knooppunt.catalogue.models import Alert
    from knooppunt.catalogue.queries import Search

    call_command("migrate", verbosity=0, run_syncdb=True)
    indexing.ensure()
    chance, words = random.Random(11), Vocabulary("nl", 1)
    for i in range(number):
        if i % PER_PERSON == 0:
            person = get_user_model().objects.create(username=f"p{i}", email=f"p{i}@example.org")
        facets = {"colour": ("red",)} if i % 2 else {}
        text = f"{words.text(chance, chance.randint(1, 3))} {chance.choice(words.words)}"
        following.follow(person, search=Search(text=text, facets=facets))
    seconds = []
    for start in (0, CHANGES):
        services.publish_many(_toys(start, CHANGES))
        indexing.catch_up()
        started = time.process_time()
        while alerts.collect():
            pass
        seconds.append(time.process_time() - started)
    print(
        f"| {number:,} | {CHANGES} | {seconds[0]:.2f} | {seconds[1]:.2f} | {Alert.objects.count()} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
