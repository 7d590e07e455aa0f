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


def _name(key: tuple[str, int, str]) -> str:
    file, line, function = key
    return (
        f"{Path(file).stem}.{function}" if line else function.split("'")[1] if "'" in function else function
    )


def profile(party: Party, name: str, n: int, top: int = 12) -> Shares:
    """CPU seconds of a warmed run by function of the main thread, the rest of it, and the other threads."""
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
    own = sorted(((_name(key), entry[2]) for key, entry in statistics.items()), key=lambda pair: -pair[1])
    rest = sum(seconds for _, seconds in own[top:])
    threads = whole - sum(seconds for _, seconds in own)
    return [*own[:top], ("other functions", rest), ("sender and receiver threads", threads)]


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
