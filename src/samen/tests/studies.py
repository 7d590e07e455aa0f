# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small studies and made-up rows for tests, and runs of them in three threads."""

from __future__ import annotations

import csv
import secrets
from dataclasses import replace
from pathlib import Path

import numpy as np

from samen.query import rehearse
from samen.query.execute import compute
from samen.query.job import Job
from samen.query.keeping import fresh_keepings
from samen.query.parse import plan_study
from samen.query.release import release
from samen.query.upload import upload
from samen.runtime import run_threads
from samen.study.read import parse_study

HEAD = """
title = "Incomes"
purpose = "to test"
legal_ground = "invented data"
retention = "none"
parties = ["one", "two", "three"]
holders = {holders}

[tables.people]
unit = "{unit}"
unit_rows = {unit_rows}

[tables.people.columns.person]
type = "text"
permissions = ["key"]

[tables.people.columns.region]
type = "code"
codes = ["north", "east", "south", "west"]
permissions = ["group", "filter"]

[tables.people.columns.sex]
type = "code"
codes = ["f", "m"]
permissions = ["group", "filter"]

[tables.people.columns.age]
type = "integer"
range = [0, 120]
breakpoints = [18, 40, 65]
permissions = ["measure", "filter", "group"]

[tables.people.columns.income]
type = "decimal"
decimals = 2
range = [-10000, 200000]
breakpoints = [0, 20000, 50000]
permissions = ["measure", "filter", "group"]

[tables.people.columns.weight]
type = "decimal"
decimals = 1
range = [0, 50]
weight = true
permissions = ["measure"]

[tables.people.columns.secret]
type = "code"
codes = ["yes", "no"]
permissions = []
{more}
"""


def study_text(*questions, holders=("a", "b", "c"), unit="person", unit_rows=1, rules="", more=""):
    """A study file; each question is SQL, or (name, SQL)."""
    text = HEAD.format(
        holders=str(list(holders)).replace("'", '"'), unit=unit, unit_rows=unit_rows, more=more
    )
    if rules:
        text += f"\n[rules]\n{rules}\n"
    for number, question in enumerate(questions):
        name, sql = question if isinstance(question, tuple) else (f"q{number}", question)
        text += f'\n[[questions]]\nname = "{name}"\nsql = """{sql}"""\n'
    return text


def people(n=600, seed=1, missing=0.05):
    """Rows as texts."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(n):
        age = int(rng.integers(0, 100))
        income = "" if rng.random() < missing else f"{rng.lognormal(10, 0.5):.2f}"
        rows.append(
            {
                "person": f"p{number}",
                "region": str(rng.choice(["north", "east", "south", "west"], p=[0.4, 0.3, 0.2, 0.1])),
                "sex": "" if rng.random() < missing else str(rng.choice(["f", "m"])),
                "age": str(age),
                "income": income,
                "weight": f"{rng.uniform(0.5, 3):.1f}",
                "secret": "no",
            }
        )
    return rows


def write(path: Path, rows, delimiter=","):
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def deal_rows(folder: Path, rows, holders=("a", "b", "c")):
    """Every holder gets every so-manieth row; (name, file) pairs as ``--data`` takes them."""
    return [
        (holder, write(folder / f"{holder}.csv", rows[place :: len(holders)]))
        for place, holder in enumerate(holders)
    ]


def run_in_threads(text, data, folder: Path, program=compute, released=(), ledger=""):
    """A run without processes: the tables of the answers, and the outcome of party 0."""
    study = parse_study(text)
    plans = plan_study(study)
    files = rehearse.assign_files(study, plans, data)
    job = Job(
        text,
        study.fingerprint,
        secrets.token_hex(16),
        str(folder / secrets.token_hex(4)),
        (),
        tuple(released),
        ledger=str(ledger),
    )
    own = fresh_keepings(study.holders)
    manifests = tuple(
        upload(study, plans, study.tables[table], holder, path, job, own[holder])
        for (holder, table), path in files.items()
    )
    job = replace(job, manifests=manifests)
    outcomes = run_threads(program, job)
    for other in outcomes[1:]:
        for mine, theirs in zip(outcomes[0].answers, other.answers, strict=True):
            np.testing.assert_array_equal(mine.values, theirs.values)
    return [release(plan, outcomes[0].answers, study, outcomes[0].labelled) for plan in plans], outcomes[0]
