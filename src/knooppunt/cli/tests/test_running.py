# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starting a hub: one per data folder, and never a migration under somebody's feet."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from knooppunt.cli import main, migrating, running


def command(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KNOOPPUNT", "DJANGO", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "knooppunt.cli", *arguments],
        env=kept | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_data_folder_has_one_hub_at_a_time_also_when_only_its_worker_is_left(tmp_path):
    lock = running.claim(tmp_path / "new")
    worker = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock])
    os.close(lock)  # as a kill -9 of `knooppunt up` does
    with pytest.raises(RuntimeError, match="already: stop it first"):
        running.claim(tmp_path / "new")
    worker.communicate(b"\n")
    os.close(running.claim(tmp_path / "new"))


def test_a_second_hub_on_the_same_folder_says_what_to_do(tmp_path):
    lock = running.claim(tmp_path)
    try:
        done = command("up", "--port", "0", KNOOPPUNT_DATA=str(tmp_path), KNOOPPUNT_DEMO="true")
    finally:
        os.close(lock)
    assert done.returncode == 2
    assert "KNOOPPUNT_DATA" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_hub_that_cannot_prepare_says_why_and_ends(tmp_path):
    (tmp_path / "knooppunt.sqlite3").write_text("this is no database " * 100, encoding="utf-8")
    done = command("up", "--port", "0", KNOOPPUNT_DATA=str(tmp_path), KNOOPPUNT_DEMO="true")
    assert done.returncode == 2
    assert "not a database" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["search", "x"], ["load"], ["worker"], ["reindex"]])
def test_a_missing_setting_is_one_sentence(tmp_path, arguments):
    done = command(*arguments, KNOOPPUNT_DATA=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith(f"knooppunt {arguments[0]}: KNOOPPUNT_SECRET_KEY is not set")


def test_a_port_that_is_no_number_is_said_by_the_command_that_needs_it(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(SystemExit) as ended:
        main(["up"])
    assert ended.value.code == 2
    assert "eighty" in capsys.readouterr().err


def test_a_database_in_use_is_not_replaced(tmp_path):
    file = tmp_path / "hub.sqlite3"
    with (
        closing(sqlite3.connect(file, timeout=0)) as other,
        closing(sqlite3.connect(file, timeout=0)) as ours,
    ):
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE t (x)")
        with pytest.raises(RuntimeError, match="stop every knooppunt process"):
            migrating._leave_no_log(ours)


def test_what_a_killed_process_left_in_the_log_file_comes_along(tmp_path):
    file = tmp_path / "hub.sqlite3"
    program = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute('PRAGMA journal_mode=WAL'); c.execute('CREATE TABLE t (x)'); "
        "c.execute('INSERT INTO t VALUES (42)'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    log = tmp_path / "hub.sqlite3-wal"
    assert log.stat().st_size > 0
    with closing(sqlite3.connect(file)) as ours:
        migrating._leave_no_log(ours)
        assert not log.exists()
        assert ours.execute("SELECT x FROM t").fetchone() == (42,)
