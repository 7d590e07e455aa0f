# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A check in a process of its own, within limits of time, memory and disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knooppunt.datacheck import policies
from knooppunt.datacheck.models import Run

TELL_EVERY = 1.0


@dataclass
class Outcome:
    """Either a result or the cause why there is none."""

    result: dict[str, Any] = field(default_factory=dict)
    cause: str = ""


def upload_of(run: Run) -> Path:
    """The file that a visitor gave, until the check is over."""
    return run.folder / "upload"


def check(run: Run, tell: Callable[[dict[str, Any]], None]) -> Outcome:
    """Does the check; whatever happens to its process, there is an outcome."""
    order = {
        "source": run.address or str(upload_of(run)),
        "name": run.subject,
        "folder": str(run.folder),
        "profile": run.profile,
        "bytes": policies.MOST_BYTES,
        "seconds": policies.MOST_SECONDS,
        "memory": policies.MOST_MEMORY,
    }
    said = _child(order, policies.MOST_SECONDS, tell)
    if said.get("result"):
        return Outcome(result=said["result"])
    return Outcome(cause=str(said.get("cause") or "not complete: it took too long or too much memory"))


def _child(order: dict[str, Any], seconds: float, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Runs the process, passes on its progress, gives the last thing that it said."""
    # One thread for numbers, since the address space is limited; nothing of the hub's own settings.
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    environment |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "knooppunt.datacheck.child"]
    last: dict[str, Any] = {}
    told = 0.0
    with subprocess.Popen(  # noqa: S603 - our own program, its order on stdin
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            for line in process.stdout:
                last = json.loads(line)
                if "progress" in last and time.monotonic() - told > TELL_EVERY:
                    tell(last["progress"])
                    told = time.monotonic()
        except (BrokenPipeError, ValueError):
            last = {}
        finally:
            alarm.cancel()
    return last
