# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A holder that sends a number that its rows cannot give: the run stops, and opens one bit."""

import numpy as np
import pytest

from samen.party import Party
from samen.problems import RefusedError
from samen.protocols.arithmetic import open_all
from samen.query import upload, wellformed
from samen.query.rehearse import run_study

from .studies import deal_rows, people, run_in_threads, study_text

SQL = (
    "SELECT SUM(income) AS s FROM people",
    "SELECT SUM(income) AS s FROM people WHERE region IN ('north', 'east')",
)
HUGE = 2**63


@pytest.fixture
def data(tmp_path):
    return deal_rows(tmp_path, people(300, missing=0))


def lie(monkeypatch, part, place, value):
    """The first holder sends another word in a part of its upload."""
    real, sent = upload.parts_of_upload, []

    def forged(study, table, *rest):
        for name, words, xor in real(study, table, *rest):
            if name == part and not sent:
                words = words.copy()
                words[place] = np.uint64(value % 2**64)
                sent.append(name)
            yield name, words, xor

    monkeypatch.setattr(upload, "parts_of_upload", forged)
    return sent


@pytest.mark.parametrize("value", [-1, -(2**40), 10_000, HUGE, HUGE - 1])
@pytest.mark.parametrize("part", ["totals", "sums"])
def test_a_count_out_of_range_is_refused(tmp_path, data, monkeypatch, part, value):
    opened = []

    def watched(party: Party, secret, name):
        values = open_all(party, secret, name)
        opened.append((name, values.tolist()))
        return values

    monkeypatch.setattr(wellformed, "open_all", watched)
    sent = lie(monkeypatch, part, 0, value)
    with pytest.raises(RefusedError, match="a count below zero or above its rows"):
        run_in_threads(study_text(*SQL), data, tmp_path)
    assert sent
    assert set(map(str, opened)) == {str((wellformed.OUT_OF_RANGE, [1]))}


@pytest.mark.parametrize("value", [2, -1, HUGE])
def test_a_bit_that_is_none_is_refused(tmp_path, data, monkeypatch, value):
    sent = lie(monkeypatch, "rows0", 5, value)
    with pytest.raises(RefusedError, match="yes/no that is none"):
        run_in_threads(study_text(SQL[0], unit_rows=2), data, tmp_path)
    assert sent


def test_a_refused_upload_counts_as_a_try(tmp_path, data, monkeypatch):
    from samen.disclosure.ledger import Ledger

    lie(monkeypatch, "totals", 0, -1)
    with pytest.raises(RefusedError):
        run_study(study_text(*SQL), data, tmp_path / "ledger.json")
    assert Ledger(tmp_path / "ledger.json").refused("people") == 1


def test_honest_uploads_pass(tmp_path, data):
    _, outcome = run_in_threads(study_text(*SQL), data, tmp_path)
    assert outcome.opened[wellformed.OUT_OF_RANGE] == 1
