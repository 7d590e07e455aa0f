# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions: what SQL adds to the bare operators, and a run with as many holders as there are municipalities.

`python -m benchmarks.questions` prints both; `--holders` and `--rows` change the second.
"""

from __future__ import annotations

import argparse
import secrets
import tempfile
import time
from pathlib import Path

import numpy as np

from samen.party import Party
from samen.protocols.arithmetic import multiply, open_all
from samen.protocols.compare import equal
from samen.protocols.group import group_codes
from samen.protocols.join import Side, join
from samen.protocols.sort import Key
from samen.query.columns import Name
from samen.query.execute import Run, all_tallies
from samen.query.frame import holder_flags, receive_table
from samen.query.job import Job
from samen.query.parse import plan_study
from samen.query.receive import receive_words
from samen.query.rehearse import run_study
from samen.query.upload import upload
from samen.runtime import run_processes
from samen.statistics.ranks import UNIT_BITS
from samen.study.read import parse_study

HEAD = """
title = "Bench"
purpose = "to measure"
legal_ground = "invented rows"
retention = "none"
parties = ["one", "two", "three"]
holders = {holders}
{tables}
[rules]
full_cells = "safe"
dominance_n = 0
p_percent = 0
"""
PEOPLE = """
[tables.people]
holders = {own}
unit = "person"
columns.person = {{ type = "integer", range = [0, 100000000], permissions = ["key"], required = true }}
columns.region = {{ type = "code", codes = {codes}, permissions = ["group"], required = true }}
columns.amount = {{ type = "integer", range = [0, 100000], permissions = ["measure"], required = true }}
"""
FIRMS = """
[tables.firms]
holders = ["registry"]
unit = "person"
columns.person = { type = "integer", range = [0, 100000000], permissions = ["key"], required = true }
columns.size = { type = "code", codes = ["small", "large"], permissions = ["group"], required = true }
"""
JOIN = "SELECT size, SUM(amount) AS s FROM people JOIN firms USING (person) GROUP BY size"


def listed(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def write_people(folder: Path, holders: list[str], rows: int, regions: int) -> list[tuple[str, str]]:
    rng = np.random.default_rng(1)
    files = []
    for place, holder in enumerate(holders):
        path = folder / f"{holder}.csv"
        people = np.arange(place * rows, (place + 1) * rows)
        table = np.stack([people, rng.integers(0, regions, rows), rng.integers(0, 100_000, rows)], axis=1)
        lines = [f"{p},r{r},{a}\n" for p, r, a in table.tolist()]
        path.write_text("person,region,amount\n" + "".join(lines))
        files.append((f"{holder}.people", str(path)))
    return files


def overhead_program(party: Party, job: Job, repeats: int) -> tuple[list[float], list[float]]:
    """CPU and wall of the question's tallies and of the same bare operators, in turn, in one session."""
    study = parse_study(job.text)
    plans = plan_study(study)
    (plan,) = plans
    asked, bare = [], []
    for _ in range(repeats + 1):
        open_all(party, party.random(1), "start together")
        start = time.perf_counter()
        all_tallies(Run(party, job, study, plans))
        asked.append(time.perf_counter() - start)
        open_all(party, party.random(1), "start together")
        start = time.perf_counter()
        operators(party, job, plan, study)
        bare.append(time.perf_counter() - start)
    return asked[1:], bare[1:]


def operators(party: Party, job: Job, plan, study) -> None:
    """What one would write by hand for this question: receive, join, products with the holders, group."""
    left = receive_table(party, job, plan, 0, "people", study)
    right = receive_table(party, job, plan, 0, "firms", study)
    keys = [Key(receive_words(party, job, job.of_table(t), "key0"), UNIT_BITS) for t in ("people", "firms")]
    owners = [party.public(row) for row in holder_flags(job, "people")]
    valid = Name("valid")
    joined = join(
        party,
        Side([keys[0]], [*left.values(), *owners], left[valid]),
        Side([keys[1]], list(right.values()), right[valid]),
        right_unique=True,
    )
    amount = joined.left[list(left).index(next(n for n in left if n.what == "number"))]
    size = joined.right[list(right).index(next(n for n in right if n.what == "place"))]
    nonzero = party.public(np.ones(len(amount), dtype=np.uint64)) - equal(
        party, amount, party.public(np.zeros(len(amount), dtype=np.uint64)), 18
    )
    counted = multiply(party, joined.valid, nonzero)
    value = multiply(party, joined.valid, amount)
    flags = [multiply(party, counted, owner) for owner in joined.left[len(left) :]]
    group_codes(party, size, 2, [*flags, counted, joined.valid, value])


def overhead(rows: int, repeats: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        holders = ["a", "b", "c"]
        files = write_people(Path(folder), holders, rows, 4)
        firms = Path(folder) / "firms.csv"
        sizes = np.random.default_rng(2).integers(0, 2, 2 * rows).tolist()
        firms.write_text(
            "person,size\n" + "".join(f"{i},{('small', 'large')[s]}\n" for i, s in enumerate(sizes))
        )
        text = HEAD.format(
            holders=listed([*holders, "registry"]),
            tables=PEOPLE.format(own=listed(holders), codes=listed([f"r{i}" for i in range(4)])) + FIRMS,
        )
        text += f'\n[[questions]]\nname = "join"\nsql = "{JOIN}"\n'
        study = parse_study(text)
        plans = plan_study(study)
        job = Job(text, study.fingerprint, secrets.token_hex(16), folder + "/inbox", ())
        given = [(name.split(".")[0], "people", path) for name, path in files] + [
            ("registry", "firms", str(firms))
        ]
        manifests = tuple(upload(study, plans, study.tables[t], h, path, job) for h, t, path in given)
        job = Job(text, study.fingerprint, job.session, job.inbox, manifests)
        outcomes = run_processes(overhead_program, job, repeats)
        asked = min(max(o[0][r] for o in outcomes) for r in range(repeats))
        bare = min(max(o[1][r] for o in outcomes) for r in range(repeats))
        print(
            f"| {3 * rows:,} x {2 * rows:,} rows | {asked:.3f} | {bare:.3f} | {100 * (asked / bare - 1):+.1f} % |"
        )


def many(count: int, rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        holders = [f"gm{i:04d}" for i in range(count)]
        files = write_people(Path(folder), holders, rows, 12)
        tables = PEOPLE.format(own=listed(holders), codes=listed([f"r{i}" for i in range(12)]))
        text = HEAD.format(holders=listed(holders), tables=tables)
        text += '\n[[questions]]\nname = "q"\nsql = "SELECT region, COUNT(*) AS n, AVG(amount) AS a, STDDEV(amount) AS s FROM people GROUP BY region"\n'
        result = run_study(text, files, Path(folder) / "ledger.json")
        shown = sum(row[1] is not None for row in result.tables[0].rows)
        print(
            f"{count} holders x {rows:,} rows, 12 regions ({shown} shown), count, mean and deviation: {result.seconds:.1f} s, "
            f"{result.rounds} rounds, {result.bytes:,} bytes between parties, {result.peak_megabytes:.0f} MB per party\n"
        )
        print("| phase | seconds | bytes sent by one party |\n|---|--:|--:|")
        for phase, seconds in result.phases.items():
            print(f"| {phase} | {seconds:.2f} | {result.phase_bytes.get(phase, 0):,} |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--holders", type=int, default=342)
    parser.add_argument("--rows", type=int, default=1000)
    options = parser.parse_args()
    many(options.holders, options.rows)
    print("\n| join and group | question, s | bare operators, s | SQL adds |\n|---|--:|--:|--:|")
    for rows in (5_000, 30_000):
        overhead(rows, 5)


if __name__ == "__main__":
    main()
