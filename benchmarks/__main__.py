# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make bench`: every benchmark, one after the other, each beside its peers in the same run.

`SIZES` (default 10000,100000) sets the number of cards; secure computation goes to 10^6 rows.
"""

from __future__ import annotations

import os
import subprocess
import sys

SIZES = os.environ.get("SIZES", "10000,100000")
RUNS = (
    ("Search beside FTS5 and LIKE", ["-m", "benchmarks.search", *SIZES.split(",")]),
    ("Sources beside rdflib and pyshacl", ["-m", "benchmarks.check"]),
    ("Questions in SQL beside the bare operators, and many holders", ["-m", "benchmarks.questions"]),
    ("Matching beside BM25", ["-m", "benchmarks.matching"]),
    ("The help desk while one types", ["-m", "benchmarks.desk"]),
    ("Telling followers", ["-m", "benchmarks.follows"]),
    ("The hub", ["-m", "benchmarks.hub", "--sizes", SIZES]),
    (
        "Secure computation beside MPyC",
        ["-m", "samen.cli", "bench", "--ops", "mul,cmp,sort,group,join", "--sizes", "10000,100000,1000000"],
    ),
)


def main() -> int:
    failed = 0
    for title, arguments in RUNS:
        print(f"\n# {title}\n", flush=True)
        failed |= subprocess.run([sys.executable, *arguments], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
