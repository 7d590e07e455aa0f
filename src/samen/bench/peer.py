# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""MPyC on the same work in the same run, where it can finish within a limit."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

LARGEST = {"mul": 1_000_000, "cmp": 10_000}
"""Rows up to which MPyC finishes within the limit; it has no sort, group-by or join of tables."""


def mpyc_seconds(operation: str, n: int, limit: float = 90.0) -> float | None:
    """Wall time of one warmed run with three processes; None when it is not there or does not finish."""
    if n > LARGEST.get(operation, 0) or importlib.util.find_spec("mpyc") is None:
        return None
    script = Path(__file__).with_name("mpyc_program.py")
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), "-M3", "--no-log", "--base-port", str(_base_port())],
        env=os.environ | {"SAMEN_PEER_JOB": f"{operation} {n}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own session: MPyC's other parties end with it
        process.communicate()
        return None
    found = [line.split()[1] for line in output.splitlines() if line.startswith("seconds ")]
    return float(found[0]) if found else None


def _base_port() -> int:
    """A port that is free together with the two after it, so that two benchmarks do not meet."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first = int(probe.getsockname()[1])
        if first < 65_000 and all(map(_is_free, range(first, first + 3))):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
