# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ledger: one writer, on disk before any opening, bound to the data, charged for every table."""

import json
import os
import shutil
import subprocess
import sys
import threading

import numpy as np
import pytest

from samen.disclosure.ledger import MOST_REFUSED, Ledger, one_writer
from samen.party import Party
from samen.problems import RefusedError
from samen.protocols.arithmetic import open_all
from samen.query import account, execute, private
from samen.query.job import Manifest
from samen.query.keeping import Keeping, fresh_keepings, load_keepings
from samen.query.parse import plan_study
from samen.query.rehearse import run_study
from samen.study import parse_study

from .studies import deal_rows, people, run_in_threads, study_text, write

SQL = "SELECT region, COUNT(*) AS n, SUM(income) AS s FROM people GROUP BY region"


@pytest.fixture
def data(tmp_path):
    return deal_rows(tmp_path, people(300, missing=0))


def samen(folder, study, data):
    return subprocess.run(
        [
            *(sys.executable, "-m", "samen.cli", "run", str(study), "--json", "--language", "en", "--data"),
            *(f"{name}={path}" for name, path in data),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XDG_STATE_HOME": str(folder / "state")},
    )


def test_a_copy_of_the_study_meets_the_same_ledger(tmp_path, data):
    (tmp_path / "one.toml").write_text(study_text(SQL))
    assert samen(tmp_path, tmp_path / "one.toml", data).returncode == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(tmp_path / "one.toml", elsewhere / "two.toml")
    assert samen(tmp_path, elsewhere / "two.toml", data).returncode == 0
    (file,) = (tmp_path / "state" / "samen").glob("*.json")
    kept = json.loads(file.read_text())["tables"]["people 1"]
    assert len(kept["released"]) == 2
    assert kept["refused"] == 0
    assert "p1" not in str(kept["released"])


def test_other_data_under_the_same_version_are_refused(tmp_path, data):
    (tmp_path / "study.toml").write_text(study_text(SQL))
    assert samen(tmp_path, tmp_path / "study.toml", data).returncode == 0
    rows = people(300, missing=0)
    rows[1]["income"] = "1.00"
    data = deal_rows(tmp_path, rows)
    again = samen(tmp_path, tmp_path / "study.toml", data)
    assert again.returncode == 2
    assert "holder b has other data in income than before" in again.stderr
    assert "A correction is a new version" in again.stderr


def test_a_second_run_waits_for_its_turn(tmp_path, capsys):
    order, inside, leave = [], threading.Event(), threading.Event()

    def first():
        with one_writer(tmp_path / "ledger.json", "en"):
            inside.set()
            leave.wait()
            order.append("first")

    def second():
        with one_writer(tmp_path / "ledger.json", "en"):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait()
    threads[1].start()
    while "waits for its turn" not in capsys.readouterr().err:
        assert threads[1].is_alive()
    leave.set()
    for thread in threads:
        thread.join()
    assert order == ["first", "second"]


def test_what_is_opened_is_in_the_ledger_before(tmp_path, data, monkeypatch):
    """The ledger as it is on disk when the first figure is opened."""
    seen = {}

    def watched(party: Party, secret, name):
        if name.startswith("q0: "):
            seen[name] = json.loads((tmp_path / "ledger.json").read_text())["tables"]["people 1"]
        return open_all(party, secret, name)

    monkeypatch.setattr(execute, "open_all", watched)
    run_in_threads(study_text(SQL), data, tmp_path, ledger=tmp_path / "ledger.json")
    assert set(seen) == {"q0: COUNT(*)", "q0: SUM(income)"}
    assert all(len(kept["released"]) == 2 for kept in seen.values())


def test_refused_runs_are_counted_over_versions_and_bounded(tmp_path):
    """A unit at two holders: the refusal tells a holder that another has it. It cannot ask for long."""
    rows = people(60, missing=0)
    data = deal_rows(tmp_path, rows)
    write(tmp_path / "b.csv", [*rows[1::3], rows[0]])
    for version in range(MOST_REFUSED + 1):
        text = study_text(SQL).replace("unit_rows = 1", f'unit_rows = 1\nversion = "{version}"')
        with pytest.raises(RefusedError) as error:
            run_study(text, data, tmp_path / "ledger.json")
        enough = version == MOST_REFUSED
        assert ("no more are made" in str(error.value)) == enough
        assert ("more than unit_rows" in str(error.value)) != enough


def test_two_versions_that_differ_by_one_unit(tmp_path):
    """The sums of both would give the value of the unit that is new; who signs may accept that."""
    rows = people(301, missing=0)
    ledger, sql = tmp_path / "ledger.json", "SELECT SUM(income) AS s FROM people"
    old, new = (
        study_text(sql).replace("unit_rows = 1", f'unit_rows = 1\nversion = "{year}"') for year in (1, 2)
    )
    (table,) = run_study(old, deal_rows(tmp_path, rows[:300]), ledger).tables
    assert table.rows[0][0] is not None
    data = deal_rows(tmp_path, rows)
    with pytest.raises(RefusedError, match="beside them those of version 2"):
        run_study(new, data, ledger)
    signed = new.replace('version = "2"', 'version = "2"\nversions = "independent"')
    (table,) = run_study(signed, data, ledger).tables
    assert table.rows[0][0] is not None


@pytest.mark.parametrize("copies", [1, 2, 4, 64])
def test_the_unit_check_opens_one_bit_however_many(tmp_path, monkeypatch, copies):
    opened = []

    def watched(party: Party, secret, name):
        values = open_all(party, secret, name)
        if "unit_rows" in name:
            opened.append(values.tolist())
        return values

    monkeypatch.setattr(execute, "open_all", watched)
    rows = people(300, missing=0)
    deal_rows(tmp_path, rows)
    files = [("a", write(tmp_path / "a.csv", rows[:100])), ("b", write(tmp_path / "b.csv", rows[:copies]))]
    files.append(("c", write(tmp_path / "c.csv", rows[200:])))
    with pytest.raises(RefusedError):
        run_in_threads(study_text(SQL), files, tmp_path)
    assert opened
    assert all(values == [1] for values in opened)


def joined(key):
    return (
        study_text(f"SELECT size, COUNT(*) AS n FROM people JOIN firms USING ({key}) GROUP BY size")
        .replace('holders = ["a", "b", "c"]', 'holders = ["a", "b", "c", "r"]')
        .replace("[tables.people]\n", '[tables.people]\nmax_rows = 500\nholders = ["a", "b", "c"]\n')
        .replace(
            "[tables.people.columns.region]",
            '[tables.people.columns.firm]\ntype = "text"\npermissions = ["key"]\n'
            "[tables.people.columns.region]",
        )
        + f"""
[privacy]
epsilon = 1.0
budget = 1.5

[tables.firms]
unit = "{key}"
holders = ["r"]
[tables.firms.columns.{key}]
type = "text"
permissions = ["key"]
[tables.firms.columns.size]
type = "code"
codes = ["small", "large"]
permissions = ["group"]
"""
    )


def test_epsilon_is_charged_to_every_table_that_is_read(tmp_path):
    study = parse_study(joined("person"))
    book = Ledger(tmp_path / "ledger.json")
    account.charge(study, plan_study(study), book)
    assert {key: kept["epsilon"] for key, kept in book.tables.items()} == {"people 1": 1.0, "firms 1": 1.0}
    book.tables["people 1"]["epsilon"] = 0.0
    with pytest.raises(RefusedError, match="table firms"):
        account.charge(study, plan_study(study), book)


@pytest.mark.parametrize(("key", "influence"), [("person", 1), ("firm", 500)])
def test_noise_hides_a_unit_of_the_right_table_with_all_its_rows(key, influence):
    study = parse_study(joined(key))
    (plan,) = plan_study(study)
    assert private.unit_influence(plan) == influence
    rates = {table.noise.rate for table in private.noisy_tables(study, plan, study.privacy)}
    assert rates == {0.5 / influence}


def test_the_same_data_give_the_same_masks_and_other_data_unrelated_ones():
    own, other = fresh_keepings(["a", "b"]).values()
    values = np.arange(10, dtype=np.uint64)
    seeds = own.seeds("study part", values)
    assert seeds == own.seeds("study part", values.copy())
    changed = values.copy()
    changed[3] += np.uint64(1)
    every = [
        *seeds,
        *own.seeds("study part", changed),
        *own.seeds("study other", values),
        *other.seeds("study part", values),
    ]
    assert len(set(every)) == len(every)
    assert own.common == other.common


def test_holders_keep_their_secrets(tmp_path):
    first = load_keepings(tmp_path / "own", ["a", "b"])
    again = load_keepings(tmp_path / "own", ["a", "b", "c"])
    assert {name: again[name] for name in first} == first
    assert again["c"] != again["a"]
    assert (tmp_path / "own").stat().st_mode & 0o077 == 0


def test_a_holder_is_bound_column_by_column(tmp_path):
    """Another study of the same table may describe other columns."""
    study, book = parse_study(study_text(SQL)), Ledger(tmp_path / "ledger.json")
    account.bind(study, book, [Manifest("people", "a", 10, {}, {"income": "1", "age": "2"})])
    account.bind(study, book, [Manifest("people", "a", 10, {}, {"income": "1", "sex": "3"})])
    with pytest.raises(RefusedError, match="other data in sex"):
        account.bind(study, book, [Manifest("people", "a", 10, {}, {"sex": "4"})])


def test_identifiers_hang_on_the_common_key(tmp_path):
    from samen.query.keeping import identifiers

    one, two = (Keeping(b"s" * 32, bytes([k]) * 32) for k in (1, 2))
    words = [identifiers(["p1", "p2"], own.common).tolist() for own in (one, one, two)]
    assert words[0] == words[1]
    assert not set(words[0]) & set(words[2])
    assert max(words[0]) < 2**62
