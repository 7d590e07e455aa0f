# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bench command: its rows, its table and its refusals."""

import json
import subprocess
import sys

import pytest

from samen import cli
from samen.bench import peer, table
from samen.bench.machine import Machine
from samen.bench.operations import OPERATIONS, measure
from samen.runtime import run_threads

ROW = {
    *("op", "n", "seconds", "cpu_seconds_per_party", "rounds", "bytes_per_party"),
    *("peak_mb", "limit_seconds", "mpyc_seconds"),
}


def test_rows_have_the_fields_of_the_contract(capsys):
    assert cli.main(["bench", "--ops", "mul", "--sizes", "64", "--repeats", "1", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert set(row) == ROW
    assert (row["op"], row["n"], row["rounds"], row["bytes_per_party"]) == ("mul", 64, 1, 512)
    assert min(row["seconds"], row["limit_seconds"], row["mpyc_seconds"], row["peak_mb"]) > 0


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_runs(operation):
    for runs, peak in run_threads(measure, operation, 300, 1):
        assert len(runs) == 1
        assert runs[0].rounds >= 0
        assert runs[0].drawn_bytes > 0
        assert peak > 1


def test_the_profile_accounts_for_all_the_time(capsys):
    assert cli.main(["bench", "--ops", "sort", "--sizes", "2000", "--profile"]) == 0
    lines = capsys.readouterr().out.splitlines()
    seconds = [float(line.split("|")[2]) for line in lines[4:] if line]
    assert lines[0].startswith("sort, 2,000 rows: ")
    assert sum(seconds) == pytest.approx(float(lines[0].split()[3]), abs=0.01)
    assert any("sender and receiver threads" in line for line in lines)


def test_limit_is_the_larger_of_network_and_cores():
    machine = Machine(cores=2, loopback=10.0, aes=5.0, memory=20.0)
    assert machine.limit(sent=1000.0, drawn=0.0) == 100.0
    assert machine.limit(sent=0.0, drawn=1000.0) == (200.0 + 50.0) / 2


def test_table_has_a_cell_per_column():
    row = table.Row("cmp", 100, 0.5, 0.25, 8, 1900, 50.0, 0.1, None)
    assert table.as_line(row).count("|") == table.HEADER.splitlines()[0].count("|")
    assert row.wan_seconds() == pytest.approx(8 * 0.01 + 1900 * 8e-9 + 0.25)


def test_what_mpyc_cannot_finish_is_left_out():
    assert peer.mpyc_seconds("sort", 10_000) is None
    assert peer.mpyc_seconds("mul", 1000, limit=0.01) is None


def test_unknown_operations_and_sizes_are_refused(capsys):
    assert cli.main(["bench", "--ops", "mull", "--sizes", "10"]) == 2
    assert "unknown operation mull; choose from mul, cmp" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["bench", "--sizes", "ten"])
    assert "is not a list of whole numbers" in capsys.readouterr().err


def test_help_loads_no_engine():
    code = "import samen.cli, sys\ntry: samen.cli.main(['--help'])\nexcept SystemExit: pass\n"
    code += "assert not {'numba', 'mpyc'} & set(sys.modules)"
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
        stdout=subprocess.DEVNULL,
    )
