# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fuzzer runs, learns and finds; a long run is `python -m bronnen.tests.fuzz 600`."""

from __future__ import annotations

import random

import pytest

from bronnen.tests.fuzz import loop


@pytest.mark.parametrize("steps", [150, pytest.param(5_000, marks=pytest.mark.full)])
def test_no_input_that_the_fuzzer_makes_crashes_a_reader(steps: int) -> None:
    fuzzer = loop.Fuzzer(random.Random(steps))  # noqa: S311
    begun = len(fuzzer.reached)
    for _ in range(steps):
        fuzzer.step()
    assert fuzzer.crashes == []
    assert len(fuzzer.reached) > begun, "it learnt nothing"


def test_a_crash_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def exercise(path) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(loop, "exercise", exercise)
    fuzzer = loop.Fuzzer(random.Random(1))  # noqa: S311
    assert len(fuzzer.crashes) == len(loop.SEEDS)
