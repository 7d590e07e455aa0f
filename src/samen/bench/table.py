# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of the benchmark: measuring them and printing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median

from ..runtime import run_processes
from .machine import Machine
from .operations import Run, measure
from .peer import mpyc_seconds

ONE_WAY_SECONDS = 0.010
BITS_PER_SECOND = 1e9


@dataclass(frozen=True, slots=True)
class Row:
    """Medians over warmed runs; ``seconds`` is that of the slowest party, bytes those of the busiest."""

    op: str
    n: int
    seconds: float
    cpu_seconds_per_party: float
    rounds: int
    bytes_per_party: int
    peak_mb: float
    limit_seconds: float
    mpyc_seconds: float | None

    def wan_seconds(self) -> float:
        """Estimate for 20 ms round trip (a round is one way) and 1 Gbit/s per party, nothing overlapped."""
        line = self.rounds * ONE_WAY_SECONDS + self.bytes_per_party * 8 / BITS_PER_SECOND
        return line + self.cpu_seconds_per_party


def measure_row(machine: Machine, op: str, n: int, repeats: int) -> Row:
    """Three fresh processes, so that peak memory is that of this row."""
    outcomes: list[tuple[list[Run], float]] = run_processes(measure, op, n, repeats, name=f"bench {op} {n}")
    repetitions = list(zip(*(runs for runs, _ in outcomes), strict=True))
    sent = median(sum(run.sent_bytes for run in runs) for runs in repetitions)
    drawn = median(sum(run.drawn_bytes for run in runs) for runs in repetitions)
    return Row(
        op=op,
        n=n,
        seconds=round(median(max(run.seconds for run in runs) for runs in repetitions), 6),
        cpu_seconds_per_party=round(median(mean(run.cpu_seconds for run in runs) for runs in repetitions), 6),
        rounds=int(median(max(run.rounds for run in runs) for runs in repetitions)),
        bytes_per_party=int(median(max(run.sent_bytes for run in runs) for runs in repetitions)),
        peak_mb=round(max(peak for _, peak in outcomes), 1),
        limit_seconds=round(machine.limit(sent, drawn), 9),
        mpyc_seconds=mpyc_seconds(op, n),
    )


def measure_rows(machine: Machine, ops: Sequence[str], sizes: Sequence[int], repeats: int) -> Iterator[Row]:
    for op in ops:
        for n in sizes:
            yield measure_row(machine, op, n, repeats)


def as_json(rows: Iterable[Row]) -> list[dict[str, object]]:
    """The rows for programs; the rates of the machine go to stderr."""
    return [asdict(row) for row in rows]


HEADER = (
    "| op | n | seconds | rows/s | CPU s/party | rounds | bytes/row/party | peak MB | limit s | x limit "
    "| MPyC s | x MPyC | est. 20 ms, 1 Gbit/s |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def as_line(row: Row) -> str:
    """One line of a Markdown table."""
    peer = ("-", "-")
    if row.mpyc_seconds is not None:
        peer = (f"{row.mpyc_seconds:.3g}", f"{row.mpyc_seconds / row.seconds:.0f}")
    cells = (
        row.op,
        f"{row.n:,}",
        f"{row.seconds:.4f}",
        f"{row.n / row.seconds:,.0f}",
        f"{row.cpu_seconds_per_party:.4f}",
        str(row.rounds),
        f"{row.bytes_per_party / row.n:.1f}",
        f"{row.peak_mb:.0f}",
        f"{row.limit_seconds:.4f}",
        f"{row.seconds / row.limit_seconds:.1f}",
        *peer,
        f"{row.wan_seconds():.2f} s",
    )
    return f"| {' | '.join(cells)} |"
