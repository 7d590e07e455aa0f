# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rules on plain numbers, as they are written: what the parties decide on shares, decided in the clear.

And an attacker: two data sets that agree with everything released and with what the attacker knows, and
differ in one unit's value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from samen.query.contributions import Counted
from samen.query.expressions import Ref
from samen.query.guard import guard
from samen.query.parse import plan_study
from samen.query.rows import plain_rows
from samen.query.suppress import released_variables
from samen.study.data import read_table
from samen.study.read import parse_study


@dataclass
class Cell:
    """Contributions of one cell: all sizes per holder."""

    sizes: list[list[int]]

    def joined(self, other):
        return Cell([a + b for a, b in zip(self.sizes, other.sizes, strict=True)])

    @property
    def units(self):
        return [len(own) for own in self.sizes]


def passes(cell, rules, counts):
    """Minimum units and holders, dominance and p%, also without any one holder."""
    units = cell.units
    if sum(units) < rules.min_units or sum(u > 0 for u in units) < rules.min_holders:
        return False
    left = [
        [size for h, own in enumerate(cell.sizes) if h != out for size in own] for out in range(len(units))
    ]
    if rules.leave_one_out and any(len(own) < rules.min_units for own in left):
        return False
    every = [size for own in cell.sizes for size in own]
    return counts or all(_spread(own, rules) for own in ([every, *left] if rules.leave_one_out else [every]))


def _spread(sizes, rules):
    largest, total = sorted(sizes, reverse=True), sum(sizes)
    if rules.dominance_n and 100 * sum(largest[: rules.dominance_n]) > rules.dominance_k * total:
        return False
    rest = total - sum(largest[:2])
    return not rules.p_percent or 100 * rest >= rules.p_percent * (largest[0] if largest else 0)


class PlainJudge:
    """The judge of ``suppress`` on the plain rows of all holders."""

    def __init__(self, study, guarded, holders):
        self.study, self.guarded, self.rules = study, guarded, study.rules
        self.counted = [Counted(guarded, rows) for rows in holders]
        self.variables = {}
        for i, names in enumerate(guarded.structure.variable_of):
            for cell, name in enumerate(names.tolist()):
                if name >= 0:
                    self.variables.setdefault(name, self._cell(i, lambda c, i=i, k=cell: c.cells(i) == k))
        self.counts = {
            name: guarded.parts[i].sums.counts
            for i, names in enumerate(guarded.structure.variable_of)
            for name in names.tolist()
        }

    def _cell(self, part, chosen):
        found = []
        for own in self.counted:
            touched, size = own.sizes(self.guarded.parts[part].sums.product)
            found.append(size[touched & chosen(own)].tolist())
        return Cell(found)

    def passed(self):
        return np.array(
            [
                passes(self.variables[v], self.rules, self.counts[v])
                for v in range(self.guarded.structure.count)
            ]
        )

    def _safe_or_empty(self, cell, counts):
        return not any(cell.units) or passes(cell, self.rules, counts)

    def overlaps(self, number, *, shared):
        own = self.guarded.structure.overlaps[number]
        found = []
        for p, q in own.cells.tolist():

            def chosen(c, p=p, q=q):
                in_p, in_q = c.cells(own.first) == p, c.cells(own.second) == q
                return in_p & in_q if shared else in_p ^ in_q

            cell = self._cell(own.first, chosen)
            found.append(self._safe_or_empty(cell, self.guarded.parts[own.first].sums.counts))
        return np.array(found, dtype=bool)

    def left_over(self, keys):
        return {key: self._left_over(*key) for key in keys}

    def _left_over(self, parts, rest):
        cells = [self.variables[v] for v in parts]
        counts = any(self.counts[v] for v in parts)
        if rest is not None:
            number, place = rest
            own = self.guarded.structure.rests[number]
            counts = self.guarded.parts[own.whole].sums.counts

            def chosen(c):
                return (c.cells(own.whole) == place) & ~c.inside(own.whole, own.inner)

            cells.append(self._cell(own.whole, chosen))
        total = cells[0]
        for cell in cells[1:]:
            total = total.joined(cell)
        return passes(total, self.rules, counts) if parts else self._safe_or_empty(total, counts)

    def room(self, circuits):
        return [any(self._moves(circuit, sign) for sign in (1, -1)) for circuit in circuits]

    def _moves(self, circuit, sign):
        counts = self.counts[circuit.variable]
        sizes = [s for own in self.variables[circuit.variable].sizes for s in own]
        move = (
            max(1, int(self.rules.min_interval))
            if counts
            else self.rules.p_percent * max(sizes, default=0) + 100
        )
        for variable, step in circuit.steps:
            if step * sign < 0:
                own = [sum(1 if counts else s for s in part) for part in self.variables[variable].sizes]
                largest = (
                    1
                    if counts
                    else max((s for part in self.variables[variable].sizes for s in part), default=0)
                )
                left = [sum(own) - largest, *(sum(own) - part for part in own)]
                if any((1 if counts else 100) * some < abs(step) * move for some in left):
                    return False
        return True


def evaluate(text, data):
    """The shown variables of the one table of a study, and what is needed to attack them."""
    study = parse_study(text)
    plans = plan_study(study)
    (guarded,) = guard(study, plans, ())
    table = plans[0].table
    holders = [plain_rows(study, table, read_table(path, table)) for _, path in data]
    judge = PlainJudge(study, guarded, holders)
    return study, guarded, holders, released_variables(guarded, judge.passed(), judge)


# The attacker


@dataclass
class Attack:
    """What an attacker who knows some rows can still believe about one unit's value."""

    who: str
    column: str
    unit: int
    value: float
    low: float
    high: float
    sure: bool
    """No product with another column was released: else data sets with other values there may agree too."""


def attacks(study, guarded, holders, shown, column, targets=12):
    """Every attacker against the units with the largest values of a column.

    Codes and the other columns are as they are, so these are some of the data sets that agree; squares and
    products that were released are kept by changing nothing that stands in one.
    """
    ref = Ref(guarded.table, column)
    values = np.concatenate([rows.columns[ref].values for rows in holders]).astype(float)
    known = np.concatenate([rows.columns[ref].present for rows in holders])
    owner = np.repeat(np.arange(len(holders)), [rows.rows for rows in holders])
    limits = study.tables[guarded.table].columns[column]
    matrix, nonlinear, mixed = _constraints(guarded, holders, shown, ref)
    if nonlinear:
        return None
    order = np.argsort(-values * known)[:targets]
    found = []
    for unit in order.tolist():
        if values[unit] <= 0:
            continue
        others = [u for u in order.tolist() if u != unit][:2]
        knows = {"outsider": np.zeros(len(values), dtype=bool)}
        knows |= {f"contributor {u}": np.arange(len(values)) == u for u in others}
        knows |= {f"holder {h}": owner == h for h in range(len(holders)) if h != owner[unit]}
        for who, own in knows.items():
            low, high = _ends(matrix, values, ~own & known, unit, limits)
            found.append(Attack(who, column, unit, values[unit], low, high, not mixed))
    return found


def _constraints(guarded, holders, shown, ref):
    """A row of 0 and 1 (or another column's value) per released sum in which the column stands alone."""
    rows, nonlinear, mixed = [], False, False
    for part, names in zip(guarded.parts, guarded.structure.variable_of, strict=True):
        times = part.sums.product.count(ref)
        visible = [cell for cell, v in enumerate(names.tolist()) if v >= 0 and shown[v]]
        if times > 1 and visible:
            nonlinear = True
        if times != 1:
            continue
        mixed |= bool(visible) and len(part.sums.product) > 1
        cells = np.concatenate([guarded.atoms.cells(part.ids, own) for own in holders])
        factor = np.ones(len(cells))
        for other in part.sums.product:
            if other != ref:
                factor *= np.concatenate(
                    [np.where(own.columns[other].present, own.columns[other].values, 0) for own in holders]
                )
        rows += [np.where(cells == cell, factor, 0) for cell in visible]
    size = sum(own.rows for own in holders)
    return np.array(rows, dtype=float).reshape(-1, size), nonlinear, mixed


def _ends(matrix, values, free, unit, limits):
    """The least and the most that one value can be."""
    bounds = [(limits.low, limits.high) if f else (v, v) for f, v in zip(free, values, strict=True)]
    ends = []
    for sign in (1, -1):
        goal = np.zeros(len(values))
        goal[unit] = sign
        if not len(matrix):
            ends.append(bounds[unit][0 if sign > 0 else 1])
            continue
        found = linprog(goal, A_eq=matrix, b_eq=matrix @ values, bounds=bounds, method="highs")
        ends.append(found.x[unit] if found.status == 0 else values[unit])
    return ends
