# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Search: index time, answer time and memory by number of cards, beside what Django offers by itself.

    python -m benchmarks.search            10,000 and 100,000 cards
    python -m benchmarks.search 1000000    another size

Every engine runs in a process of its own, one after the other, and answers the same questions: the
first twenty cards, the total, and counts for three facets, every second time with one theme selected.
A table goes to stderr, JSON to stdout.
"""

import argparse
import json
import subprocess
import sys
from typing import Any

ENGINES = ("ours", "modelsearch", "like")
QUESTIONS = ("rare", "common", "two", "none")
DEFAULT_SIZES = (10_000, 100_000)


def measure(sizes: list[int]) -> list[dict[str, Any]]:
    """One row per engine and size, as the engine's process printed it."""
    rows = []
    for size in sizes:
        for engine in ENGINES:
            print(f"{engine}, {size:,} cards ...", file=sys.stderr)
            command = [sys.executable, "-m", "benchmarks.search_engines", engine, str(size)]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
            rows.append(json.loads(done.stdout))
    return rows


def compare(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """How many times slower the others are, and how ours grows from the smallest to the largest size."""
    ours = {row["cards"]: row for row in rows if row["engine"] == "ours"}
    ratios = [
        {
            "engine": row["engine"],
            "cards": row["cards"],
            **{name: _ratio(row, ours[row["cards"]], name) for name in QUESTIONS},
        }
        for row in rows
        if row["engine"] != "ours"
    ]
    small, large = ours[min(ours)], ours[max(ours)]
    growth = {name: _ratio(large, small, name) for name in QUESTIONS}
    return {
        "slower_than_ours_p50": ratios,
        "growth_p50": {"cards": round(large["cards"] / small["cards"], 1), **growth},
    }


def _ratio(above: dict[str, Any], below: dict[str, Any], name: str) -> float:
    return round(above["ms"][name]["p50"] / below["ms"][name]["p50"], 1)


def table(rows: list[dict[str, Any]]) -> str:
    """Milliseconds as p50 / p95."""
    head = ["engine", "cards", "index s", "memory MB", *QUESTIONS]
    lines = [head]
    for row in rows:
        cells = [_cell(row["ms"][name]) for name in QUESTIONS]
        sizes = [f"{row['cards']:,}", f"{row['index_seconds']:.0f}", f"{row['memory_mb']:.0f}"]
        lines.append([row["engine"], *sizes, *cells])
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )


def _cell(figures: dict[str, Any]) -> str:
    stopped = f" ({figures['stopped']} stopped)" if figures["stopped"] else ""
    last = f"{figures['p95']:.1f}" if figures["p95"] is not None else "-"
    return f"{figures['p50']:.1f} / {last} (n={figures['n']}){stopped}"


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Measures, prints the table and the JSON, and returns what the JSON says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(DEFAULT_SIZES))
    rows = measure(parser.parse_args(arguments).sizes)
    result = {"benchmark": "search", "rows": rows, **compare(rows)}
    print(table(rows), file=sys.stderr)
    print(json.dumps(result))
    return result


if __name__ == "__main__":
    main()
