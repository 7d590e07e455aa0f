# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How soon the help desk suggests answers: `python -m benchmarks.desk [ANSWERS]` (default 20000).

Synthesised answers and questions, in a hub of its own that is thrown away; the whole of `suggest` while typing is timed.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import tempfile
import time
from itertools import islice
from random import Random
from statistics import median, quantiles

from benchmarks.search_cards import Vocabulary, cards
from benchmarks.search_engines import document

LENGTHS = (4, 12, 30, 60)
EACH = 100
BATCH = 2_000


def fill(answers: int) -> None:
    from knooppunt.catalogue import indexing

    indexing.rebuild()
    made = (dataclasses.replace(document(card), kind="faq") for card in cards(answers))
    while batch := list(islice(made, BATCH)):
        indexing.current().apply(batch)


def measure(length: int) -> list[float]:
    """Milliseconds per question of so many words, on an index that is warm."""
    from knooppunt.helpdesk.suggesting import suggest

    draw, words = Random(length), Vocabulary("nl", 1)
    asked = [words.text(draw, length) for _ in range(EACH)]
    for text in asked[:5]:
        suggest(text, "nl", typing=True)
    took = []
    for text in asked:
        begin = time.perf_counter()
        found = suggest(text, "nl", typing=True)
        took.append(1000 * (time.perf_counter() - begin))
        if not found:
            raise RuntimeError("a question without suggestions says nothing about speed")
    return took


def main() -> None:
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KNOOPPUNT_DEMO": "true", "KNOOPPUNT_DATA": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "knooppunt.conf.settings"
        import django

        django.setup()
        from knooppunt.cli.migrating import ready

        ready()
        fill(answers)
        print(f"{answers} answers\n\n| words in the question | median ms | p95 ms |\n|--:|--:|--:|")
        every: list[float] = []
        for length in LENGTHS:
            every += (took := measure(length))
            print(f"| {length} | {median(took):.1f} | {quantiles(took, n=20)[-1]:.1f} |")
        print(f"| all | {median(every):.1f} | {quantiles(every, n=20)[-1]:.1f} |")


if __name__ == "__main__":
    main()
