# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the time of an operation goes, at one party."""

from __future__ import annotations

import cProfile
import pstats
import time
from pathlib import Path
from typing import Any, cast

from ..party import Party
from ..protocols import arithmetic
from ..runtime import run_processes
from .operations import OPERATIONS

Shares = list[tuple[str, float]]


def profile(party: Party, name: str, n: int, top: int = 10) -> Shares:
    """CPU seconds of the main thread by function, of a warmed run; then all else, other threads included."""
    work = OPERATIONS[name](party, n)
    work()
    arithmetic.open_all(party, party.random(1), "start together")
    recorder = cProfile.Profile(time.thread_time)
    whole = time.process_time()
    recorder.enable()
    work()
    recorder.disable()
    whole = time.process_time() - whole
    statistics = cast(Any, pstats.Stats(recorder)).stats
    own = sorted(((entry[2], key) for key, entry in statistics.items()), reverse=True)[:top]
    shares = [
        (f"{Path(file).stem}.{function}" if line else function, own_time)
        for own_time, (file, line, function) in own
    ]
    return [*shares, ("all else", whole - sum(seconds for _, seconds in shares))]


def profile_lines(name: str, n: int) -> list[str]:
    """A Markdown table for party 1."""
    shares: Shares = run_processes(profile, name, n, name=f"profile {name} {n}")[1]
    whole = sum(seconds for _, seconds in shares)
    lines = [
        f"{name}, {n:,} rows: {whole:.3f} CPU seconds at party 1",
        "",
        "| where | seconds | share |",
        "|---|--:|--:|",
    ]
    return [
        *lines,
        *(f"| `{where}` | {seconds:.3f} | {seconds / whole:.0%} |" for where, seconds in shares),
        "",
    ]
