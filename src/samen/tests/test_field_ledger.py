# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attacks from the field on the ledger: over time, by a holder, by two runs at once, by noise."""

import shutil
import threading
from pathlib import Path

import pytest

from samen.disclosure.ledger import Ledger
from samen.problems import RefusedError
from samen.query.rehearse import run_study

FIELD = Path(__file__).resolve().parents[4] / "shared" / "field" / "samen"

pytestmark = pytest.mark.skipif(not FIELD.exists(), reason="not run: ../shared is absent")


@pytest.fixture
def case(tmp_path):
    """A copy of a case: text of a study, and its data."""

    def made(name):
        folder = shutil.copytree(FIELD / name, tmp_path / name)
        data = [(path.stem, str(path)) for path in sorted(folder.glob("*.csv"))]
        return folder, data

    return made


def test_14_the_right_holder_moves_one_row(case, tmp_path):
    folder, data = case("14-right-holder-flips")
    text = (folder / "study.toml").read_text()
    run_study(text, data, tmp_path / "ledger.json")
    registry = folder / "registry.csv"
    header, first, *rest = registry.read_text().splitlines()
    moved = first.replace("small", "SWAP").replace("large", "small").replace("SWAP", "large")
    assert moved != first
    registry.write_text("\n".join([header, moved, *rest]) + "\n")
    with pytest.raises(RefusedError, match="holder registry has other data in size"):
        run_study(text, data, tmp_path / "ledger.json")


def test_18_a_firm_is_new_in_the_next_version(case, tmp_path):
    folder, data = case("18-over-time")
    old, new = ((folder / f"y{year}.toml").read_text() for year in (2024, 2025))
    lines = (folder / "a.csv").read_text().splitlines()
    (folder / "a.csv").write_text("\n".join(lines[:-1]) + "\n")
    run_study(old, data, tmp_path / "ledger.json")
    (folder / "a.csv").write_text("\n".join(lines) + "\n")
    with pytest.raises(RefusedError, match="figures of version 2024 are released"):
        run_study(new, data, tmp_path / "ledger.json")


def test_21_two_runs_at_once_are_judged_one_after_the_other(case, tmp_path):
    folder, data = case("21-ledger-race")
    shown = []

    def run(name):
        (table,) = run_study((folder / f"{name}.toml").read_text(), data, tmp_path / "ledger.json").tables
        shown.append(table.rows[0][0])

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shown) == 2
    assert shown[0] is not None
    assert shown[1] is None


def test_22_noise_is_charged_to_both_tables(case, tmp_path):
    folder, data = case("22-privacy-join")
    run_study((folder / "study.toml").read_text(), data, tmp_path / "ledger.json")
    kept = Ledger(tmp_path / "ledger.json").tables
    assert {key: account["epsilon"] for key, account in kept.items()} == {"people 1": 1.0, "firms 1": 1.0}
