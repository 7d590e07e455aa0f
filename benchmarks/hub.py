# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hub as a whole, at growing numbers of cards: import, index, publish-to-found, pages, memory.

`python -m benchmarks.hub --sizes 10000,100000` prints a table and, with --json, the figures.
Cards are made from the toy kind of the tests, of dictionary words drawn by Zipf's law as real texts have them;
every size has a database and an index of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.search_cards import Vocabulary

REPEATS = 40
MATCHES = 200


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", default="10000,100000")
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    rows = []
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="knooppunt-bench-") as folder:
            environment = os.environ | {
                "KNOOPPUNT_TEST_DATA": folder,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "KNOOPPUNT_API_LIMIT": "0",
            }
            command = [sys.executable, "-m", "benchmarks.hub", "--one", str(size)]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stderr[-2000:])
            rows.append(json.loads(done.stdout.splitlines()[-1]))
    print(json.dumps(rows, indent=2) if options.json else table(rows))


def measure(size: int) -> dict[str, Any]:
    """All figures at one size."""
    import django

    django.setup()
    from django.core.management import call_command

    from knooppunt.catalogue import indexing, services

    call_command("migrate", verbosity=0, run_syncdb=True)
    row: dict[str, Any] = {"cards": size}
    row["import_s"] = timed(lambda: services.publish_many(_toys(0, size)))
    row["index_s"] = timed(indexing.rebuild)
    row |= _pages()
    row |= _matches()
    row |= _publish_to_found(size)
    return row


def timed(run: Any) -> float:
    started = time.perf_counter()
    run()
    return round(time.perf_counter() - started, 2)


def _toys(start: int, number: int) -> Any:
    from tests.toykind.models import Toy

    chance, dutch, english = random.Random(start), Vocabulary("nl", 1), Vocabulary("en", 2)
    for i in range(start, start + number):
        yield Toy(
            slug=f"k{i}", name_nl=dutch.text(chance, 5), name_en=english.text(chance, 5),
            text=dutch.text(chance, 60),
            colour=chance.choice(["red", "blue"]), year=chance.randint(2015, 2026),
        )  # fmt: skip


def _pages() -> dict[str, Any]:
    """Milliseconds (p50, p95) and number of queries of the kinds of pages, and of the API's first and last page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    import knooppunt.conf.wsgi  # noqa: F401 - warm, as a server is
    from knooppunt.api.paging import cursor_of
    from knooppunt.catalogue.models import Card

    client, row = Client(), {}
    common = Vocabulary("nl", 1).words
    last = cursor_of(Card.objects.order_by("-pk").values_list("pk", flat=True)[60])
    paths = {
        "home": lambda i: "/nl/",
        "list": lambda i: f"/nl/zoeken?q={common[i % 10]}&colour=red&page={1 + i % 10}",
        "card": lambda i: f"/nl/speelgoed/k{i}",
        "api_first": lambda i: "/api/v1/cards?limit=50",
        "api_last": lambda i: f"/api/v1/cards?limit=50&cursor={last}",
    }
    for name, path in paths.items():
        client.get(path(0))
        times = []
        for i in range(REPEATS):
            started = time.perf_counter()
            response = client.get(path(i))
            times.append((time.perf_counter() - started) * 1000)
            assert response.status_code == 200, path(i)
        with CaptureQueriesContext(connection) as context:
            client.get(path(2))
        row |= {
            f"{name}_p50_ms": median(times),
            f"{name}_p95_ms": p95(times),
            f"{name}_queries": len(context),
        }
    return row


def _matches() -> dict[str, Any]:
    """Milliseconds to match new texts of forty words, with reasons."""
    from knooppunt.catalogue import matching

    chance, words, times = random.Random(7), Vocabulary("nl", 1), []
    for i in range(MATCHES + 5):
        text = words.text(chance, 40)
        started = time.perf_counter()
        assert matching.match(matching.Source(text), "nl")
        if i >= 5:  # a running hub is warm
            times.append((time.perf_counter() - started) * 1000)
    return {"match_p50_ms": median(times), "match_p95_ms": p95(times)}


def _publish_to_found(size: int) -> dict[str, Any]:
    """Seconds from publication until a search finds it, with a real worker; and that worker's memory."""
    from knooppunt.catalogue import finding, services

    worker = subprocess.Popen([sys.executable, "-m", "knooppunt.cli", "worker"], stderr=subprocess.DEVNULL)
    try:
        delays = []
        for toy in _toys(size, 15):
            toy.name_nl = f"uniekwoord{toy.slug}"
            started = time.perf_counter()
            services.publish(toy)
            while not finding.find(toy.name_nl, "nl").total:
                time.sleep(0.01)
            delays.append(time.perf_counter() - started)
        status = Path(f"/proc/{worker.pid}/status").read_text(encoding="utf-8")
        memory = next(
            int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")
        )
    finally:
        worker.terminate()
        worker.wait()
    return {"found_p50_s": median(delays), "found_p95_s": p95(delays), "worker_peak_mb": memory}


def median(values: list[float]) -> float:
    return round(statistics.median(values), 2)


def p95(values: list[float]) -> float:
    return round(statistics.quantiles(values, n=20)[-1], 2)


def table(rows: list[dict[str, Any]]) -> str:
    """Figures as a Markdown table, a column per size and one for how the figure grows."""
    head = "| figure | " + " | ".join(f"{row['cards']:,} cards" for row in rows) + " | growth |"
    lines = [head, "|---" * (len(rows) + 2) + "|"]
    for name in rows[0]:
        if name != "cards":
            growth = f"{rows[-1][name] / rows[0][name]:.1f}×" if rows[0][name] else "-"
            lines.append(f"| {name} | " + " | ".join(str(row[name]) for row in rows) + f" | {growth} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
