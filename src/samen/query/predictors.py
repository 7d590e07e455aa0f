# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The columns of models as numbers: centred numbers, and 0/1 for every code but the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..study.model import Study
from .evaluate import Flags, Integers, PlainRows
from .expressions import Ref
from .figures import Figure, centre, coarse
from .kinds import Kind, kind_of


@dataclass(frozen=True, slots=True)
class Predictor:
    """x = (value * 2^shift + centre) * 10^-scale. For a code ``place`` is the place it stands for."""

    ref: Ref
    name: str
    centre: int
    shift: int
    scale: int
    largest: int
    place: int | None = None


def predictors(figure: Figure, study: Study) -> list[Predictor]:
    """The outcome first, then every predictor in order."""
    found: list[Predictor] = []
    for index, ref in enumerate(figure.refs):
        column = study.tables[ref.table].columns[ref.column]
        if column.type == "code":
            found += [
                Predictor(ref, f"{ref.column}={code}" if index else ref.column, 0, 0, 0, 1, place)
                for place, code in enumerate(column.codes)
                if place > 0
            ]
            continue
        kind = kind_of(ref, study)
        plain = figure.kind in ("kaplan_meier", "peer_band") or (
            figure.kind == "logistic_regression" and not index
        )
        middle = 0 if plain else centre(kind)
        shift = 0 if plain else coarse(kind, study.tables[ref.table].max_rows)
        found.append(Predictor(ref, ref.column, middle, shift, column.scale, _largest(kind, middle, shift)))
    return found


def _largest(kind: Kind, middle: int, shift: int) -> int:
    return max(1, (max(kind.high - middle, middle - kind.low) >> shift) + 1)


def predictor_columns(figure: Figure, rows: PlainRows) -> tuple[Integers, Flags]:
    """The matrix (columns, rows), and the rows where all are known."""
    columns, present = [], np.ones(rows.rows, dtype=bool)
    for predictor in predictors(figure, rows.study):
        data = rows.columns[predictor.ref]
        present &= data.present
        values = data.values
        if predictor.place is not None:
            columns.append((values == predictor.place).astype(np.int64))
        else:
            half = (1 << predictor.shift) >> 1
            columns.append((values.astype(np.int64) - predictor.centre + half) >> predictor.shift)
    return np.stack(columns), present
