# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drawn tables, rules and questions: no attacker knows a unit's value to within p% after a run.

For every unit and each attacker (outsider, contributor, holder; a holder that is a party sees no more) there
must be two data sets that agree with all that was released and with the attacker's own rows, and differ in
that value by p%. What public ranges already tell is excluded; cases without a verdict are counted.
"""

import os

import numpy as np
import pytest

from .plain import attacks, evaluate
from .studies import run_in_threads, write

HEAD = """
title = "Firms"
purpose = "to test"
legal_ground = "invented data"
retention = "none"
parties = ["one", "two", "three"]
holders = {holders}
[tables.firms]
unit = "firm"
[tables.firms.columns.firm]
type = "text"
permissions = ["key"]
[tables.firms.columns.sector]
type = "code"
codes = ["agri", "steel", "trade"]
permissions = ["group", "filter"]
[tables.firms.columns.size]
type = "code"
codes = ["small", "large"]
permissions = ["group", "filter"]
[tables.firms.columns.age]
type = "integer"
range = [0, 100]
breakpoints = [10, 30]
permissions = ["measure", "filter", "group"]
[tables.firms.columns.turnover]
type = "integer"
range = [0, 1000000]
permissions = ["measure"]
[tables.firms.columns.fine]
type = "integer"
range = [0, 100000]
permissions = ["measure"]
[tables.firms.columns.staff]
type = "integer"
range = [0, 1000]
weight = true
permissions = ["measure"]
[tables.firms.columns.flag]
type = "integer"
range = [0, 1]
permissions = ["measure"]
[rules]
{rules}
"""
SUMS = (
    "SUM({x})", "AVG({x})", "SUM({x} + 1000)", "SUM({x} * flag)", "SUM({x} * (1 - flag))", "SUM(2 * {x} - 5)",
    "COUNT({x})", "SUM({x} + 0 * staff)", "AVG({x} * 3)", "SUM({x}) FILTER (WHERE age >= 10)",
)  # fmt: skip
MODELS = ("VAR_POP({x})", "CORR({x}, staff)", "WEIGHTED_SUM({x}, staff)", "WEIGHTED_AVG({x}, staff)")
GROUPS = ("", "sector", "size", "sector, size", "CUBE(sector, size)", "BAND(age)", "ROLLUP(size, sector)")
FILTERS = ("", "sector = 'steel'", "size = 'small'", "NOT (sector = 'agri' AND size = 'large')", "age >= 30")


def drawn(seed, models=False):
    """A study file and the rows of every holder."""
    rng = np.random.default_rng(seed)
    holders = [f"h{i}" for i in range(int(rng.integers(3, 5)))]
    rules = [f"min_units = {rng.choice([3, 5])}", f"full_cells = '{rng.choice(['safe', 'disclosive'])}'"]
    rules.append(f"p_percent = {rng.choice([10, 20])}")
    text = HEAD.format(holders=str(holders).replace("'", '"'), rules="\n".join(rules))
    for number in range(int(rng.integers(1, 7))):
        x = str(rng.choice(["turnover", "fine"]))
        pool = (*SUMS, *MODELS) if models else SUMS
        figures = [str(rng.choice(pool)).format(x=x) for _ in range(int(rng.integers(1, 3)))]
        figures += ["COUNT(*)"] if rng.random() < 0.5 else []
        group, where = str(rng.choice(GROUPS)), str(rng.choice(FILTERS))
        sql = f"SELECT {', '.join(dict.fromkeys(figures))} FROM firms"
        sql += (f" WHERE {where}" if where else "") + (f" GROUP BY {group}" if group else "")
        if models and rng.random() < 0.15:
            sql = f"SELECT LINEAR_REGRESSION({x}, {rng.choice(['sector', 'staff', 'size'])}) FROM firms"
        text += f'\n[[questions]]\nname = "q{number}"\nsql = """{sql}"""\n'
    return text, holders, [_row(i, rng) for i in range(int(rng.integers(30, 90)))]


def _row(number, rng):
    return {
        "firm": f"f{number}",
        "sector": str(rng.choice(["agri", "steel", "trade"], p=[0.2, 0.3, 0.5])),
        "size": str(rng.choice(["small", "large"], p=[0.8, 0.2])) if rng.random() < 0.97 else "",
        "age": str(rng.integers(0, 100)),
        "turnover": str(min(1_000_000, int(rng.pareto(1.2) * 1000))),
        "fine": str(int(rng.integers(1, 100_000))) if rng.random() < 0.3 else "0",
        "staff": "" if rng.random() < 0.04 else str(rng.integers(0, 100)),
        "flag": str(int(rng.random() < 0.9)),
    }


def dealt(folder, holders, rows):
    return [(h, write(folder / f"{h}.csv", rows[place :: len(holders)])) for place, h in enumerate(holders)]


def broken(text, data, targets=12):
    """Attacks on the largest values that come within p%, how many were tried, how many without a verdict."""
    study, guarded, holders, released = evaluate(text, data)
    bad, tried, open_verdicts = [], 0, 0
    share = study.rules.p_percent / 100
    for column in ("turnover", "fine"):
        made = attacks(study, guarded, holders, released.shown, column, targets)
        if made is None:
            open_verdicts += 1
            continue
        top = study.tables["firms"].columns[column].high
        for attack in made:
            tried += 1
            room = max(attack.high - attack.value, attack.value - attack.low)
            if room < share * attack.value - 1 and attack.value * (1 + share) <= top:
                if attack.sure:
                    bad.append(attack)
                else:
                    open_verdicts += 1
    return bad, tried, open_verdicts


SEEDS = [int(seed) for seed in os.environ.get("SAMEN_SEEDS", "").split(",") if seed]
KEPT = [30]
"""Seeds of failures that were mended; they stay tried."""


@pytest.mark.parametrize("seed", [*KEPT, *SEEDS, *range(24)])
def test_no_value_is_known_to_within_p_percent(tmp_path, seed):
    text, holders, rows = drawn(seed)
    bad, tried, _ = broken(text, dealt(tmp_path, holders, rows))
    assert tried
    assert not bad, (seed, bad[:3], text[text.index("[rules]") :])


@pytest.mark.full
@pytest.mark.parametrize("block", range(10))
def test_no_value_is_known_to_within_p_percent_in_many_draws(tmp_path, block):
    failures, tried, open_verdicts = [], 0, 0
    for seed in range(1000 + 200 * block, 1200 + 200 * block):
        text, holders, rows = drawn(seed, models=seed % 4 == 0)
        bad, some, none = broken(text, dealt(tmp_path, holders, rows), targets=4)
        tried, open_verdicts = tried + some, open_verdicts + none
        failures += [(seed, bad[0])] if bad else []
    assert tried > 1000
    print(f"{tried} attacks, {open_verdicts} columns without a verdict")  # noqa: T201 - shown beside the result
    assert not failures


def shown_by_parties(outcome):
    return [entry["shown"] for entry in outcome.released]


@pytest.mark.parametrize("seed", range(6))
def test_the_parties_decide_as_the_rules_are_written(tmp_path, seed):
    _same(tmp_path, seed)


@pytest.mark.full
@pytest.mark.parametrize("block", range(10))
def test_the_parties_decide_as_the_rules_are_written_in_many_draws(tmp_path, block):
    for seed in range(5000 + 20 * block, 5020 + 20 * block):
        folder = tmp_path / str(seed)
        folder.mkdir()
        _same(folder, seed)


def _same(folder, seed):
    text, holders, rows = drawn(seed)
    text = text.replace(" FILTER (WHERE age >= 10)", "")  # its complement is judged with the figure
    text = text.replace("full_cells = 'disclosive'", "full_cells = 'safe'")  # so are full lines
    data = dealt(folder, holders, rows)
    _, guarded, _, released = evaluate(text, data)
    _, outcome = run_in_threads(text, data, folder)
    expected = [
        [int(v >= 0 and released.shown[v]) for v in names]
        for part, names in zip(guarded.parts, guarded.structure.variable_of, strict=True)
        if part.asked
    ]
    assert shown_by_parties(outcome) == expected
