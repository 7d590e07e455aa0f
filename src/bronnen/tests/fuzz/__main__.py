# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fuzzes readers, records and check for some seconds; prints what was reached, exits with 1 on a crash."""

from __future__ import annotations

import random
import sys
import time

from bronnen.tests.fuzz.loop import Fuzzer


def main(seconds: float, seed: int) -> int:
    """Until the time is over or something crashes; then the input that did it is printed."""
    fuzzer = Fuzzer(random.Random(seed))  # noqa: S311 - the same inputs for the same seed
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not fuzzer.crashes:
        fuzzer.step()
    print(f"seed {seed}: {fuzzer.runs} inputs, {len(fuzzer.corpus)} kept, {len(fuzzer.reached)} lines")  # noqa: T201
    for content, error in fuzzer.crashes:
        print(f"{error!r} on {content!r}")  # noqa: T201
    return int(bool(fuzzer.crashes))


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:3]]
    by_clock = time.time_ns() % (1 << 30)
    sys.exit(main(given[0] if given else 60.0, int(given[1]) if len(given) > 1 else by_clock))
