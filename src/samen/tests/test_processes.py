# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Processes of a run: what they load, what they tell, and that they end with the run."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from samen.query import rehearse
from samen.query.progress import Progress
from samen.runtime import start_method

from .studies import deal_rows, people, study_text

SQL = "SELECT region, COUNT(*) AS n, AVG(income) AS mean FROM people GROUP BY region"


@pytest.fixture(autouse=True)
def own_ledgers(tmp_path, monkeypatch):
    """Ledgers of runs without ``--ledger`` stay in the folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def processes_of(session):
    """Processes of a session, by number: all that a command started, and itself."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="not run: reads /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_process(tmp_path, how):
    study = tmp_path / "study.toml"
    study.write_text(study_text(SQL).replace("unit_rows = 1", "unit_rows = 1\nmax_rows = 1000000"))
    data = [f"{name}={file}" for name, file in deal_rows(tmp_path, people(60_000, missing=0))]
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "samen.cli", "run", study, "--language", "en", "--data", *data],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env=os.environ | {"TMPDIR": str(scratch)},
    ) as run:
        assert any("units: 0% done" in line for line in run.stderr)
        assert len(processes_of(run.pid)) == 4  # the command and three parties
        run.send_signal(how)
        run.wait()
        deadline = time.monotonic() + 30
        while processes_of(run.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert processes_of(run.pid) == []
    assert run.returncode == (-signal.SIGKILL if how == signal.SIGKILL else 130)
    if how != signal.SIGKILL:
        assert list(scratch.iterdir()) == []  # files with shares


def test_a_small_run_loads_no_compiler_and_no_solver(tmp_path):
    (tmp_path / "study.toml").write_text(study_text("SELECT COUNT(*) AS n FROM people"))
    data = deal_rows(tmp_path, people(300, missing=0))
    code = f"""
import sys
from pathlib import Path
from samen.query import rehearse
from samen.query.execute import compute

def watched(party, job):
    outcome = compute(party, job)
    outcome.opened = dict.fromkeys(sys.modules, 1)
    return outcome

rehearse.compute = watched
text = Path({str(tmp_path / "study.toml")!r}).read_text()
result = rehearse.run_study(text, {data!r}, Path({str(tmp_path / "ledger.json")!r}))
assert "samen.query.execute" in result.opened
for name in ("numba", "scipy"):
    assert name not in result.opened and name not in sys.modules, name
"""
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"SAMEN_KERNELS": ""})


def test_the_help_loads_no_numbers():
    code = "import sys; from samen.cli import parser; parser().format_help()"
    code += "; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_program_with_threads_is_not_forked():
    """A forked copy of another thread's lock would never open."""
    started, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: (started.set(), stop.wait()))
    thread.start()
    try:
        started.wait()
        assert start_method().get_start_method() == "spawn"
    finally:
        stop.set()
        thread.join()


def test_large_files_are_read_by_processes_with_the_same_result(tmp_path, monkeypatch):
    text, data = study_text(SQL), deal_rows(tmp_path, people(300, missing=0))
    answers = []
    for least in (1 << 30, 0):
        monkeypatch.setattr(rehearse, "SMALL_BYTES", least)
        result = rehearse.run_study(text, data, tmp_path / f"{least}.json")
        answers.append([table.rows for table in result.tables])
    assert answers[0] == answers[1]
    assert not multiprocessing.active_children()


def test_progress_adds_up_to_all(capsys):
    progress = Progress({"units": 1.0, "results": 3.0}, "en")
    shares = []
    for phase in progress.work:
        progress.enter(phase)
        shares.append(progress.done())
        progress.step(0.5)
        shares.append(progress.done())
    progress.step(0.5)
    assert [*shares, progress.done()] == [0, 0.125, 0.25, 0.625, 1.0]
    assert "results: 25% done" in capsys.readouterr().err
    Progress({"units": 1.0}).enter("units")
    assert capsys.readouterr().err == ""
