# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures that are a table of their own: regressions, survival, the place of each holder among its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..disclosure.rules import COUNT_BITS, Tally, few
from ..party import Party
from ..protocols.arithmetic import multiply, open_all
from ..protocols.compare import less, negative
from ..protocols.truncate import multiply_fixed, truncate
from ..ring import Shared, concatenate, signed, stack
from ..statistics.leverage import too_much
from ..statistics.linear import FRACTION, Moments, fit, pairs
from ..statistics.logit import fit_logit, standardise
from ..statistics.moments import digits_that_fit, scaled_ratio, spread_digits
from ..study.model import Study
from .figures import Figure, gain
from .frame import FigureShares, Frame
from .plan import Value
from .predictors import Predictor, predictors

Numbers = NDArray[np.int64]
BANDS = 4
INDEPENDENT = "predictors are independent, the fit is not perfect and no row makes it up (yes or no)"
STANDARD_BITS = 19
"""Columns are standardised from integers of so many bits."""
MOST_EXPLAINED = 0.99
"""A fit that explains more gives the outcome of whoever is known by its predictors."""


# Linear regression


def gain_of(predictor: Predictor, study: Study) -> int:
    """Bits by which a column is made larger, so that integers are fine enough."""
    return gain(predictor.largest.bit_length(), study.tables[predictor.ref.table].max_rows)


def lifted(figure: Figure, study: Study) -> list[Predictor]:
    """The predictors with their columns made larger: one unit is then a smaller part of the range."""
    return [
        replace(p, shift=p.shift - gain_of(p, study), largest=p.largest << gain_of(p, study))
        for p in predictors(figure, study)
    ]


def most_leverage(study: Study) -> float:
    """The largest share that one row may have in its own fitted value: as in a sum."""
    rules = study.rules
    return rules.dominance_k / 100 if rules.dominance_n else 1 - rules.p_percent / 100


def _one_makes_it_up(party: Party, shares: FigureShares, found: Sequence[Predictor], study: Study) -> Shared:
    """[some row has too much leverage on a model] (1,)."""
    columns = []
    for place, predictor in enumerate(found[1:], start=1):
        more = max(0, predictor.largest.bit_length() - STANDARD_BITS)
        column = shares.terms[place]
        columns.append(truncate(party, column, more) if more else column)
    n = shares.contributes.sum().reshape(1)
    z, _, _ = standardise(party, stack(columns), n, shares.contributes)
    return too_much(party, z, n, most_leverage(study))


def linear_answer(
    party: Party, question: str, figure: Figure, tally: Tally, shares: FigureShares, study: Study
) -> Numbers | None:
    """Slopes, errors, intercept and error, R² and n, opened; None when the model gives values away."""
    found = lifted(figure, study)
    k = len(found)
    gains = np.array([gain_of(predictor, study) for predictor in predictors(figure, study)])
    first, second = pairs(k)
    terms = tally.terms[:, 0]
    moments = Moments(
        n=terms[:1],
        sums=terms[1 : 1 + k].scale(1 << gains),
        products=terms[1 + k :].scale(1 << (gains[first] + gains[second])),
        bits=[predictor.largest.bit_length() for predictor in found],
        offsets=np.array([predictor.centre / 2.0**predictor.shift for predictor in found]),
    )
    result = fit(party, moments)
    bound = party.public(np.full(1, int(MOST_EXPLAINED * 2**FRACTION)))
    perfect = negative(party, bound - result.determination, 62)
    fine = result.independent - multiply(party, result.independent, perfect)
    made_up = _one_makes_it_up(party, shares, predictors(figure, study), study)
    fine = fine - multiply(party, fine, made_up)
    if not open_all(party, fine, f"{question}: {INDEPENDENT}")[0]:
        return None
    secret = concatenate(
        [
            result.slopes,
            result.slope_errors,
            result.intercept,
            result.intercept_error,
            result.determination,
            moments.n,
        ]
    )
    return signed(open_all(party, secret, f"{question}: coefficients, standard errors, R², n"))


def linear_rows(figure: Figure, opened: Numbers, study: Study) -> list[list[Value]]:
    """Term, estimate and standard error; then R² and the number of units."""
    found = lifted(figure, study)
    outcome, others = found[0], found[1:]
    p = len(others)
    half = spread_digits(outcome.largest.bit_length()) // 2
    unit = 2.0**outcome.shift / 10.0**outcome.scale
    rows: list[list[Value]] = [
        [
            "(intercept)",
            float(opened[2 * p]) / 10.0**half * unit,
            max(0.0, float(opened[2 * p + 1])) / 10.0**half * unit,
        ]
    ]
    for place, predictor in enumerate(others):
        own = spread_digits(predictor.largest.bit_length()) // 2
        factor = 1e-7 * 10.0 ** (own - half) * unit / (2.0**predictor.shift / 10.0**predictor.scale)
        rows.append(
            [predictor.name, float(opened[place]) * factor, max(0.0, float(opened[p + place])) * factor]
        )
    rows.append(["(R²)", min(1.0, max(0.0, float(opened[2 * p + 2]) / 2.0**FRACTION)), None])
    rows.append(["(n)", int(opened[2 * p + 3]), None])
    return rows


# Logistic regression


def logistic_answer(party: Party, question: str, frame: Frame, index: int, study: Study) -> Numbers | None:
    """Coefficients and errors of standardised predictors, and what undoes the standardisation, opened.

    The parts are opened already combined: slope / deviation and intercept - sum of slope * mean / deviation.
    """
    shares = frame.figures[index]
    n = shares.contributes.sum().reshape(1)
    y, columns = shares.terms[0], shares.terms[1:]
    z, means, deviations = standardise(party, columns, n, shares.contributes)
    result = fit_logit(party, z, y, shares.contributes, n)
    made_up = too_much(party, z, n, most_leverage(study))
    fine = result.independent - multiply(party, result.independent, made_up)
    if not open_all(party, fine, f"{question}: {INDEPENDENT}")[0]:
        return None
    p = len(columns)
    slopes = scaled_ratio(
        party,
        concatenate([result.coefficients[1:], result.errors[1:]]).scale(1 << 8),
        concatenate([deviations, deviations]),
        1 << 16,
    )
    moved = multiply(party, slopes[:p], means).sum().reshape(1)
    intercept = result.coefficients[:1].scale(1 << 24) - moved
    secret = concatenate([slopes, intercept, n])
    return signed(open_all(party, secret, f"{question}: coefficients, standard errors, n"))


def logistic_rows(figure: Figure, opened: Numbers, study: Study) -> list[list[Value]]:
    """Term, estimate (log odds) and standard error; the number of units."""
    others = predictors(figure, study)[1:]
    p = len(others)
    rows: list[list[Value]] = []
    intercept = float(opened[2 * p]) / 2.0**40
    for place, predictor in enumerate(others):
        slope = float(opened[place]) / 2.0**32  # per unit of u
        error = max(0.0, float(opened[p + place])) / 2.0**32
        factor = 10.0**predictor.scale / 2.0**predictor.shift
        intercept -= slope * predictor.centre / 2.0**predictor.shift
        rows.append([predictor.name, slope * factor, error * factor])
    rows.insert(0, ["(intercept)", intercept, None])
    rows.append(["(n)", int(opened[2 * p + 1]), None])
    return rows


# Survival


@dataclass(frozen=True, slots=True)
class Survival:
    """Tally of events per band with those at risk as their group, and [share that survives each band]."""

    tally: Tally
    at_risk: Shared


def survival(tally: Tally) -> Survival:
    """Events as contributions: a step of the curve must be made by enough units, and leave enough."""
    assert tally.holders is not None  # noqa: S101 - the planner asks holders' totals for this
    events = tally.terms[0]
    by_holder = tally.holders[:, 0]
    units = tally.units
    at_risk = Shared(*(np.cumsum(part[::-1])[::-1].copy() for part in (units.a, units.b)))
    return Survival(
        Tally(
            units=events,
            without=Shared(events.a - by_holder.a, events.b - by_holder.b),
            present=by_holder,
            base=at_risk,
            terms=tally.terms,
        ),
        at_risk,
    )


def survival_answer(party: Party, question: str, tally: Tally, released: NDArray[np.bool_]) -> Numbers:
    """The share that survives the end of every released band, times 2^26; 0 in the others."""
    found = survival(tally)
    n = len(found.at_risk)
    one = party.public(np.ones(n, dtype=np.uint64))
    nobody = negative(party, few(party, found.at_risk, 1), COUNT_BITS)
    at_risk = found.at_risk + multiply(party, nobody, one)
    left = scaled_ratio(party, at_risk - found.tally.units, at_risk, 1 << FRACTION)
    curve = [left[:1]]
    for band in range(1, n):
        curve.append(multiply_fixed(party, curve[-1], left[band : band + 1], FRACTION))
    values = np.zeros(n, dtype=np.int64)
    chosen = np.flatnonzero(released)
    if len(chosen):
        values[chosen] = signed(open_all(party, concatenate(curve)[chosen], f"{question}: survival"))
    return values


# Peers


def peer_answer(
    party: Party, question: str, tally: Tally, masks: Shared, predictor: Predictor, most: int
) -> Numbers:
    """Each holder's quarter among its peers by average, plus the mask that only that holder knows.

    All pairs of averages are compared; what is opened is masked, so only the holder reads its own.
    """
    assert tally.holders is not None  # noqa: S101 - the planner asks holders' totals for this
    sums = tally.holders[:, 0, 0]
    counts = tally.present[:, 0]
    holders = len(sums)
    digits = digits_that_fit(predictor.largest.bit_length(), most.bit_length())
    one = party.public(np.ones(holders, dtype=np.uint64))
    empty = negative(party, few(party, counts, 1), COUNT_BITS)
    averages = scaled_ratio(party, sums, counts + multiply(party, empty, one), 10**digits)
    i, j = np.divmod(np.arange(holders * holders), holders)
    below = less(party, averages[j], averages[i], 62).reshape(holders, holders).sum(axis=1)
    edges = [-(-quarter * holders // BANDS) for quarter in range(1, BANDS)]
    tests = concatenate([few(party, below, edge) for edge in edges])
    under = negative(party, tests, COUNT_BITS).reshape(len(edges), holders).sum(axis=0)
    band = one.scale(BANDS) - under
    return signed(open_all(party, band + masks, f"{question}: each holder's band, masked for it alone"))
