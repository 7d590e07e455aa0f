# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much memory this program has taken at most."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak_mb() -> float:
    """The highest resident set of this program, in MiB.

    On Linux from the kernel's own mark for this memory: `ru_maxrss` also counts that of whoever started the
    program, from before it was this program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        with status.open(encoding="ascii", errors="replace") as lines:
            return round(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
