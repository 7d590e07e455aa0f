# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What released figures tell about hidden ones: two linear programmes per hidden variable.

Known are the relations, the released values (to half their rounding step) and that counts are at least 0.
Nothing secret is used: any reader of the tables can do the same [Fischetti, Salazar, Management Science
2001].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Relation = tuple[int, tuple[int, ...]]
"""A variable that is the sum of others."""
MOST_HIDDEN = 500
"""Hidden variables that are audited; more are said to be left out."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The feasible values of a hidden variable. Infinite ends are None."""

    variable: int
    low: float | None
    high: float | None

    @property
    def width(self) -> float:
        return np.inf if self.low is None or self.high is None else self.high - self.low


def feasible_intervals(
    relations: Sequence[Relation],
    values: NDArray[np.float64],
    hidden: NDArray[np.bool_],
    slack: NDArray[np.float64],
    negative: NDArray[np.bool_],
) -> list[Interval]:
    """The interval of every hidden variable that stands in a relation.

    ``values`` of released variables are known to ``slack``; ``negative`` variables may be below zero.
    """
    related = sorted({v for whole, parts in relations for v in (whole, *parts)})
    if not any(hidden[v] for v in related):
        return []
    from scipy.sparse import coo_array  # takes a second to load

    place = {v: column for column, v in enumerate(related)}
    rows, columns, factors = [], [], []
    for row, (whole, parts) in enumerate(relations):
        for variable, factor in ((whole, -1.0), *((part, 1.0) for part in parts)):
            rows.append(row)
            columns.append(place[variable])
            factors.append(factor)
    matrix = coo_array((factors, (rows, columns)), shape=(len(relations), len(related))).tocsr()
    bounds = [
        (None if negative[v] else 0.0, None)
        if hidden[v]
        else (float(values[v] - slack[v]), float(values[v] + slack[v]))
        for v in related
    ]
    wanted = [v for v in related if hidden[v]][:MOST_HIDDEN]
    return [Interval(v, *_ends(matrix, bounds, place[v])) for v in wanted]


def _ends(
    matrix: Any, bounds: Sequence[tuple[float | None, float | None]], column: int
) -> tuple[float | None, float | None]:
    from scipy.optimize import linprog

    ends: list[float | None] = []
    for sign in (1.0, -1.0):
        goal = np.zeros(len(bounds))
        goal[column] = sign
        found = linprog(goal, A_eq=matrix, b_eq=np.zeros(matrix.shape[0]), bounds=bounds, method="highs")
        ends.append(round(float(found.x[column]), 6) if found.status == 0 else None)
    return ends[0], ends[1]
