# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole run on one machine: holders, three parties as processes over TCP, the analyst.

One administrator sees all of it, so it protects nobody; it is how questions are tried and demonstrated.
"""

from __future__ import annotations

import importlib
import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..disclosure.ledger import Ledger, default_ledger, one_writer, table_key
from ..problems import DataError, Problem
from ..runtime import live_with_parent, run_processes, start_method
from ..study.fields import similar
from ..study.model import Study, Table
from ..study.read import parse_study
from .account import charge, settle
from .audited import Hidden, audit
from .execute import compute
from .guard import guard
from .job import Job, Manifest, Outcome
from .keeping import Keeping, load_keepings
from .parse import plan_study
from .plan import Plan
from .quality import Finding
from .release import Table as AnswerTable
from .release import check_released, release
from .upload import mask_file, upload

SMALL_BYTES = 4 << 20
"""Files of together less are read by this process, one holder after the other; more by a process per core."""

Files = Mapping[tuple[str, str], str]
"""(holder, table) to a CSV file."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gives the analyst, and what it cost."""

    tables: list[AnswerTable]
    hidden: list[Hidden]
    quality: list[Finding]
    opened: dict[str, int]
    seconds: float
    rounds: int
    bytes: int
    phases: dict[str, float]
    phase_bytes: dict[str, int]
    peak_megabytes: float
    for_holders: dict[str, dict[str, int]] = field(default_factory=dict)
    """What only a holder itself can read: its band among its peers, by question."""


def assign_files(
    study: Study, plans: Sequence[Plan], given: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Which file is which table of which holder, from HOLDER=FILE or HOLDER.TABLE=FILE."""
    used = {table.name: table for plan in plans for table in plan.tables}
    files: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for name, path in given:
        key = _place(study, used, name, problems)
        if key is not None and key in files:
            problems.append(Problem(f"--data names {name} twice", f"--data noemt {name} tweemaal"))
        elif key is not None:
            files[key] = path
    for table in used.values():
        absent = [holder for holder in table.holders if (holder, table.name) not in files]
        if absent and not problems:
            shown = ", ".join(absent[:5]) + (" …" if len(absent) > 5 else "")
            problems.append(
                Problem(
                    f"table {table.name} lacks the file of {len(absent)} of its holders: {shown}; give "
                    "--data "
                    f"{absent[0]}=FILE",
                    f"van tabel {table.name} ontbreekt het bestand van {len(absent)} houders: {shown}; "
                    "geef --data "
                    f"{absent[0]}=BESTAND",
                )
            )
    if problems:
        raise DataError(problems)
    return files


def _place(
    study: Study, used: Mapping[str, Table], name: str, problems: list[Problem]
) -> tuple[str, str] | None:
    holder, dot, table = name, "", ""
    if name not in study.holders:
        holder, dot, table = name.rpartition(".")
    if holder not in study.holders:
        en, nl = similar(name, study.holders)
        problems.append(
            Problem(
                f"--data {name}=…: the study has no holder {name!r}{en}",
                f"--data {name}=…: het onderzoek heeft geen houder {name!r}{nl}",
            )
        )
        return None
    own = [t.name for t in study.tables_of(holder) if t.name in used]
    if dot and table.lower() in own:
        return holder, table.lower()
    if not dot and len(own) == 1:
        return holder, own[0]
    if not own:
        return None
    problems.append(
        Problem(
            f"--data {name}=…: say which table, --data {holder}.{own[0]}=FILE; {holder} has {', '.join(own)}",
            f"--data {name}=…: zeg welke tabel, --data {holder}.{own[0]}=BESTAND; {holder} heeft "
            f"{', '.join(own)}",
        )
    )
    return None


def run_study(
    text: str,
    data: Sequence[tuple[str, str]],
    ledger: Path | None,
    *,
    language: str = "",
    judge: bool = True,
    peek: Callable[[Job], None] | None = None,
) -> Result:
    """Run all questions of a study file on files, and note in the ledger what is released.

    Without ``ledger`` it is the one of these data. ProblemsError says what to repair, or why the answer is
    refused; then nothing is released. Without ``judge`` nothing is charged: for rehearsals whose answers
    nobody sees. ``language`` is that of progress on stderr; without one there is none. ``peek`` may look at
    the inboxes.
    """
    study = parse_study(text)
    plans = plan_study(study)
    for plan in plans:
        check_released(plan)
    files = assign_files(study, plans, data)
    path = ledger or default_ledger(files)
    with one_writer(path, language):
        return _run(text, study, plans, files, path, language, judge, peek)


def _run(
    text: str,
    study: Study,
    plans: list[Plan],
    files: Files,
    ledger: Path,
    language: str,
    judge: bool,
    peek: Callable[[Job], None] | None,
) -> Result:
    """The run itself, when the ledger is ours."""
    start = time.perf_counter()
    book = Ledger(ledger)
    past = tuple(book.released([table_key(study, name) for name in study.tables]))
    guarded = [] if study.privacy is not None else guard(study, plans, past)
    with tempfile.TemporaryDirectory(prefix="samen-") as inbox:
        job = Job(text, study.fingerprint, secrets.token_hex(16), inbox, (), past, language)
        job = replace(job, ledger=str(ledger), judge=judge)
        keepings = load_keepings(ledger.with_name(ledger.name + ".holders"), study.holders)
        job = replace(job, manifests=tuple(holders_upload(study, files, job, keepings)))
        check_rows(study, job.manifests)
        if judge:
            charge(study, plans, book, job.manifests)
        uploaded = time.perf_counter() - start
        if language:
            sys.stderr.write(f"  upload: {uploaded:.2f} s, {len(job.manifests)} uploads\n")
        if peek is not None:
            peek(job)
        if any(table.structure.relations for table in guarded):
            importlib.import_module("scipy.optimize")  # here once, and not by each party that is forked
        outcomes: list[Outcome] = run_processes(compute, job, name=study.canonical)
        bands = holders_read(plans, job, outcomes[0])
    first = outcomes[0]
    hidden = [item for table in guarded for item in audit(study, table, first.answers)]
    if judge:
        settle(study, plans, ledger)
    seconds = time.perf_counter() - start
    computing = sum(first.phases.values())
    return Result(
        tables=[release(plan, first.answers, study, first.labelled) for plan in plans],
        hidden=hidden,
        quality=first.quality,
        opened={
            f"rows of {table} per holder": len(job.of_table(table))
            for table in {m.table: 0 for m in job.manifests}
        }
        | first.opened,
        seconds=seconds,
        rounds=max(outcome.rounds for outcome in outcomes),
        bytes=sum(outcome.sent_bytes for outcome in outcomes),
        phases={"upload": uploaded, "start": seconds - uploaded - computing} | first.phases,
        phase_bytes=first.phase_bytes,
        peak_megabytes=max(outcome.peak_megabytes for outcome in outcomes),
        for_holders=bands,
    )


def holders_read(plans: Sequence[Plan], job: Job, outcome: Outcome) -> dict[str, dict[str, int]]:
    """Each holder takes its own mask from its own value: its quarter among its peers, 1 the lowest."""
    found: dict[str, dict[str, int]] = {}
    for plan in plans:
        if plan.figures[0].kind == "peer_band":
            masked = next(answer.values for answer in outcome.answers if answer.question == plan.name)
            for manifest, value in zip(job.of_table(plan.table.name), masked, strict=True):
                own = json.loads(mask_file(job, manifest).read_text())[plan.name]
                found.setdefault(manifest.holder, {})[plan.name] = int(value) - own
    return found


def check_rows(study: Study, manifests: Sequence[Manifest]) -> None:
    """DataError when a table has more rows than its sums were planned for."""
    for table in study.tables.values():
        rows = sum(manifest.rows for manifest in manifests if manifest.table == table.name)
        if rows > table.max_rows:
            raise DataError(
                Problem(
                    f"table {table.name} has {rows} rows with padding, more than max_rows = "
                    f"{table.max_rows}; declare "
                    "a larger max_rows",
                    f"tabel {table.name} heeft {rows} rijen met opvulling, meer dan max_rows = "
                    f"{table.max_rows}; geef "
                    "een grotere max_rows op",
                    table.line or None,
                )
            )


def holders_upload(study: Study, files: Files, job: Job, keepings: Mapping[str, Keeping]) -> list[Manifest]:
    """Every holder's turn, in order of the study."""
    tasks = [
        (job, table.name, holder, files[holder, table.name], keepings[holder])
        for table in study.tables.values()
        for holder in table.holders
        if (holder, table.name) in files
    ]
    if sum(_size(task[3]) for task in tasks) < SMALL_BYTES:
        outcomes = [_holder(task) for task in tasks]
    else:
        workers = min(len(tasks), os.cpu_count() or 1)
        with ProcessPoolExecutor(workers, start_method(), live_with_parent) as pool:
            outcomes = list(pool.map(_holder, tasks))
    problems = [problem for outcome in outcomes if isinstance(outcome, list) for problem in outcome]
    if problems:
        raise DataError(problems)
    return [outcome for outcome in outcomes if isinstance(outcome, Manifest)]


def _size(path: str) -> int:
    """Bytes of a file; 0 where it cannot be read, which its reader will say."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _holder(task: tuple[Job, str, str, str, Keeping]) -> Manifest | list[Problem]:
    """One holder's turn; its problems name the holder."""
    job, table, holder, path, own = task
    study = parse_study(job.text)
    try:
        return upload(study, plan_study(study), study.tables[table], holder, path, job, own)
    except DataError as error:
        return [Problem(f"{holder}: {p.text('en')}", f"{holder}: {p.text('nl')}") for p in error.problems]
