# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A run at one party: take uploads, tally, apply the output rules, open what passes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..disclosure.ledger import Ledger
from ..disclosure.rules import Tally
from ..memory import peak_megabytes
from ..party import Party
from ..problems import Problem, RefusedError
from ..protocols.arithmetic import open_all
from ..protocols.compare import negative
from ..protocols.neighbours import same_as_previous
from ..protocols.sort import Key, sort
from ..ring import concatenate, signed
from ..study.model import Privacy, Study, Table
from ..study.read import parse_study
from .columns import FROM_ROWS, needs_rows
from .figures import WHOLE
from .frame import Frame, frame_of_table, tally_of_rows
from .guard import guard
from .job import Job, Outcome
from .joined import frame_of_join
from .judge import BY_ITSELF, DEPENDENT, SHOWN, Judged, Reasons, judge
from .layout import Block, blocks_of
from .models import linear_answer, logistic_answer, peer_answer, survival_answer
from .parse import plan_study
from .plan import Plan, holder_side
from .predictors import predictors
from .private import private_cells, private_values
from .progress import Progress, expected_work
from .quality import linked_report, missing_report
from .receive import receive_sums, receive_totals, receive_words
from .results import secret_result
from .rowresults import row_result
from .rows import max_rows
from .secret import secret_answer
from .tallies import tallies_of_totals
from .upload import KEY_BITS, checks_units
from .wellformed import check_uploads

Flags = NDArray[np.bool_]


@dataclass(slots=True)
class Answer:
    """One block: why each cell is not shown (``reasons``), and the opened integers of those that are."""

    question: str
    grouping: tuple[int, ...]
    figure: int
    why: Reasons
    values: NDArray[np.int64]
    beside: str = ""
    """The question that hidden cells may not be shown beside."""

    @property
    def released(self) -> NDArray[np.bool_]:
        shown: NDArray[np.bool_] = self.why == SHOWN
        return shown


@dataclass(slots=True)
class Run:
    """The state of a run at one party."""

    party: Party
    job: Job
    study: Study
    plans: list[Plan]
    frames: dict[str, Frame] = field(default_factory=dict)
    """Secret rows by question, where totals are not enough."""
    outcome: Outcome = field(default_factory=Outcome)
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        language = self.job.language if self.party.index == 0 else ""
        self.progress = Progress(expected_work(self.study, self.plans, self.job), language)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time and bytes of a phase; party 0 tells about it."""
        start, sent = time.perf_counter(), self.party.channel.sent_bytes
        self.progress.enter(name)
        yield
        seconds = time.perf_counter() - start
        moved = self.party.channel.sent_bytes - sent
        self.outcome.phases[name] = self.outcome.phases.get(name, 0.0) + seconds
        self.outcome.phase_bytes[name] = self.outcome.phase_bytes.get(name, 0) + moved
        self.progress.leave(seconds, moved)


def compute(party: Party, job: Job) -> Outcome:
    """The program of a run. Opens what ``explain`` lists and nothing else."""
    started = time.process_time()
    kernels.suit(sum(words for manifest in job.manifests for words in manifest.words.values()))
    study = parse_study(job.text)
    run = Run(party, job, study, plan_study(study))
    with run.phase("units"):
        known = [] if study.privacy is not None else guard(study, run.plans, job.released)
        check_uploads(party, job, study, run.plans, known)
        checked = [table for table in _tables(run) if checks_units(table)]
        for table in checked:
            check_units(party, job, table)
            run.progress.step(1 / len(checked))
    with run.phase("tallies"):
        tallies = all_tallies(run)
    if study.rules.quality_report:
        with run.phase("quality"):
            quality(run)
    if study.privacy is not None:
        with run.phase("results"):
            run.outcome.answers = private_answers(run, study.privacy, tallies)
        return _finished(run, started)
    with run.phase("rules"):
        judged = judge(party, run.job, study, run.plans, run.frames, tallies)
        run.outcome.released = judged.entries
        remember(party, job, judged.entries)
    with run.phase("results"):
        for block, tally in tallies.items():
            run.outcome.answers.append(_answer(run, block, tally, judged))
            run.progress.step(1 / len(tallies))
        for number, plan in enumerate(run.plans):
            if plan.secret is not None:
                frame = run.frames[plan.name]
                run.outcome.labelled.append(secret_answer(party, job, plan, number, frame, study))
    return _finished(run, started)


def remember(party: Party, job: Job, entries: Sequence[Mapping[str, Any]]) -> None:
    """What will be opened is in the ledger, on disk, before any party sends its part of it."""
    if not job.ledger:
        return
    with party.step("written in the ledger"):
        written = np.ones(1, dtype=np.uint64)
        if party.index == 0:
            book = Ledger(Path(job.ledger))
            for entry in entries:
                book.release(entry["key"], [entry])
            book.write()
            party.send(1, written)
            party.send(2, written)
        else:
            party.receive(0, (1,))


def _finished(run: Run, started: float) -> Outcome:
    """The outcome with what the run cost at this party."""
    outcome, party = run.outcome, run.party
    outcome.opened = dict(party.opened)
    outcome.rounds, outcome.sent_bytes = party.rounds, party.channel.sent_bytes
    outcome.cpu_seconds = time.process_time() - started
    outcome.peak_megabytes = peak_megabytes()
    return outcome


def quality(run: Run) -> None:
    """The report on the joint data, before any answer."""
    party, rules = run.party, run.study.rules
    for table in _tables(run):
        totals = receive_sums(party, run.job, table.name, "quality")
        run.outcome.quality += missing_report(party, table, totals, rules)
    for plan in run.plans:
        frame = run.frames.get(plan.name)
        if frame is not None and frame.linked is not None:
            run.outcome.quality.append(linked_report(party, plan.name, frame.linked, rules))


def _tables(run: Run) -> list[Table]:
    used = {table.name for plan in run.plans for table in plan.tables}
    return [table for name, table in run.study.tables.items() if name in used]


def check_units(party: Party, job: Job, table: Table) -> None:
    """RefusedError unless no unit has more rows than declared. Opens one bit: whether that is so.

    Sort by unit; a row equal to the one ``unit_rows`` before it has too many.
    """
    words = receive_words(party, job, job.of_table(table.name), "units")
    if len(words) <= table.unit_rows:
        return
    packed, _ = sort(party, [Key(words, KEY_BITS)], [])
    step = table.unit_rows
    same = []
    for start in range(step):  # every step-th row: neighbours there are ``step`` apart
        same.append(same_as_previous(party, [word[start::step] for word in packed], KEY_BITS))
    many = concatenate(same).sum().reshape(1)
    some = negative(party, -many, KEY_BITS)
    if open_all(party, some, f"{table.name}: a unit has more than unit_rows rows (yes or no)")[0]:
        raise RefusedError(
            Problem(
                f"table {table.name}: some {table.unit} has more than unit_rows = {step} rows over the "
                "holders "
                "together; declare unit_rows as the most rows that one unit can have",
                f"tabel {table.name}: een {table.unit} heeft meer dan unit_rows = {step} rijen bij de "
                "houders samen; "
                "zet unit_rows op het grootste aantal rijen dat een eenheid kan hebben",
                table.line or None,
            )
        )


def all_tallies(run: Run) -> dict[Block, Tally]:
    """The tally of every block of every question, in order of the questions."""
    found: dict[Block, Tally] = {}
    for table in _tables(run):
        if any(plan.table.name == table.name and holder_side(plan) for plan in run.plans):
            upload = receive_totals(run.party, run.job, table.name)
            found |= tallies_of_totals(run.plans, table, run.study, upload)
    for number, plan in enumerate(run.plans):
        if any(needs_rows(plan, figure) for figure in plan.figures):
            make = frame_of_table if plan.join is None else frame_of_join
            run.frames[plan.name] = make(run.party, run.job, plan, number, run.study)
        if not holder_side(plan) and plan.secret is None:
            for block in blocks_of(plan):
                found[block] = tally_of_rows(run.party, run.frames[plan.name], block, run.study)
        run.progress.step(1 / len(run.plans))
    return {block: found[block] for plan in run.plans for block in blocks_of(plan) if block in found}


def private_answers(run: Run, privacy: Privacy, tallies: dict[Block, Tally]) -> list[Answer]:
    """All answers with noise; nothing exact is opened."""
    answers = []
    for plan in run.plans:
        values = private_values(run.party, run.study, plan, privacy, tallies)
        for block in blocks_of(plan):
            shown, encoded = private_cells(run.study, plan, block, values)
            why = np.where(shown, SHOWN, BY_ITSELF).astype(np.int8)
            answers.append(Answer(plan.name, block.grouping, block.index, why, encoded))
    return answers


def _answer(run: Run, block: Block, tally: Tally, judged: Judged) -> Answer:
    why = judged.why[block]
    released = why == SHOWN
    if block.figure.kind in WHOLE:
        return _whole_answer(run, block, tally, why, judged.beside.get(block, ""))
    chosen = np.flatnonzero(released)
    values = np.zeros(block.cells, dtype=np.int64)
    if len(chosen):
        kept = select_cells(tally, chosen)
        if block.figure.kind in FROM_ROWS:
            secret = row_result(run.party, run.frames[block.question], block, tally, run.study)[chosen]
        else:
            secret = secret_result(run.party, block.figure, kept, run.study, max_rows(block.plan))
        name = f"{block.plan.name}: {block.figure.sql}"
        values[chosen] = signed(open_all(run.party, secret, name))
    return Answer(block.question, block.grouping, block.index, why, values, judged.beside.get(block, ""))


def _whole_answer(run: Run, block: Block, tally: Tally, why: Reasons, beside: str) -> Answer:
    """The answer of a figure that is a table of its own."""
    party, study, figure, question = run.party, run.study, block.figure, block.question
    values: NDArray[np.int64] | None = np.zeros(block.cells, dtype=np.int64)
    if figure.kind == "kaplan_meier":
        values = survival_answer(party, question, tally, why == SHOWN)
    elif figure.kind == "peer_band":
        assert tally.masks is not None  # noqa: S101 - holders send one each
        most = block.plan.table.max_rows
        values = peer_answer(party, question, tally, tally.masks, predictors(figure, study)[0], most)
    elif why[0] == SHOWN and figure.kind == "linear_regression":
        values = linear_answer(
            party, question, figure, tally, run.frames[question].figures[block.index], study
        )
    elif why[0] == SHOWN:
        values = logistic_answer(party, question, run.frames[question], block.index, study)
    if values is None:
        why = np.full_like(why, DEPENDENT)
        values = np.zeros(0, dtype=np.int64)
    return Answer(question, block.grouping, block.index, why, values, beside)


def select_cells(tally: Tally, cells: NDArray[np.int64]) -> Tally:
    """A tally of some cells, for computing what is going to be opened."""
    return Tally(
        units=tally.units[cells],
        without=tally.without[:, cells],
        present=tally.present[:, cells],
        base=None if tally.base is None else tally.base[cells],
        terms=tally.terms[:, cells],
        holders=None if tally.holders is None else tally.holders[:, :, cells],
    )
