# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every file of a folder harvested in a process of its own: `python -m benchmarks.harvest FOLDER…`.

Prints the table of docs/reference/harvest.md. Seconds are those of the clock for reading one file, as the
report gives them; CPU seconds and peak memory are of the whole process, its start-up included.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_CAUSES = 2
_WIDEST = 90


def main(folders: list[str]) -> None:
    """Prints one row for each file that gives a record or is part of a catalogue, and totals by folder."""
    print(
        "| file | in | kept | refused | causes | seconds | CPU s | peak MB |\n|---|---:|---:|---:|---|---:|---:|---:|"
    )
    for folder in folders:
        root = Path(folder)
        for path in sorted(one for one in root.rglob("*") if one.is_file()):
            print(_row(str(path.relative_to(root)), _harvest(path)))


def _harvest(path: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as into:
        command = [sys.executable, "-m", "bronnen.cli", "harvest", str(path), "--to", into, "--json"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found: dict[str, Any] = json.loads(done.stdout)
    found["cpu"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found


def _row(name: str, report: dict[str, Any]) -> str:
    causes = sorted(
        {one["cause"].split(" at line ")[0].replace("|", "/")[:_WIDEST] for one in report["refused"]}
    )
    shown = "; ".join(causes[:_CAUSES]) + (f"; {len(causes) - _CAUSES} more" if len(causes) > _CAUSES else "")
    figures = (report["in"], report["kept"], len(report["refused"]))
    return f"| {name} | {' | '.join(map(str, figures))} | {shown} | {report['seconds']:.2f} | {report['cpu']:.2f} | {report['peak_mb']:.0f} |"


if __name__ == "__main__":
    main(sys.argv[1:])
