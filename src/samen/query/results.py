# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From secret sums to the one integer per cell that is opened, and from that to the number people read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..disclosure.rules import Tally
from ..party import Party
from ..protocols.numeric import square_root
from ..ring import Shared
from ..statistics.moments import centred_squares, correlation, digits_that_fit, ratio, rounded
from ..study.model import Study
from .figures import PAIRED, SPREAD, WEIGHTED, Figure, argument_kinds, centre, coarse
from .kinds import Kind
from .rows import weight_factor

_CORRELATION_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Encoding:
    """An opened integer m means m * factor * 10^-digits; ``whole`` numbers stay integers."""

    digits: int
    factor: int = 1

    def number(self, opened: int) -> int | float:
        value = opened * self.factor
        return value if self.digits == 0 else value / 10**self.digits


def _spread(kind: Kind, rows: int) -> tuple[int, int]:
    """Shift and bits of centred values."""
    shift = coarse(kind, rows)
    return shift, max(1, ((kind.high - centre(kind)) >> shift) + 1).bit_length()


def encoding(figure: Figure, study: Study, rows: int) -> Encoding:
    """How the opened integers of a figure are read."""
    kinds = argument_kinds(figure, study)
    if figure.kind in ("count", "count_distinct"):
        return Encoding(0)
    if figure.kind == "corr":
        return Encoding(_CORRELATION_DIGITS)
    if figure.kind == "weighted_sum":
        return Encoding(kinds[0].scale + kinds[1].scale)
    if figure.kind in ("sum", "weighted_count"):
        return Encoding(kinds[0].scale)
    if figure.kind in ("avg", "weighted_avg"):
        return Encoding(kinds[0].scale + _average_digits(figure, study, rows))
    if figure.kind == "quantile":
        return Encoding(kinds[0].scale)
    digits, shift = _second_digits(figure, study, rows)
    scale = kinds[0].scale * 2 if figure.kind not in PAIRED else kinds[0].scale + kinds[1].scale
    if figure.kind.endswith(("stddev", "stddev_samp", "stddev_pop")):
        return Encoding(scale // 2 + digits // 2, 1 << (shift // 2))
    return Encoding(scale + digits, 1 << shift)


def _average_digits(figure: Figure, study: Study, rows: int) -> int:
    kind = argument_kinds(figure, study)[0]
    divisor = rows * (weight_factor(figure, study) if figure.kind in WEIGHTED else 1)
    return digits_that_fit(kind.largest.bit_length(), divisor.bit_length())


def _second_digits(figure: Figure, study: Study, rows: int) -> tuple[int, int]:
    """Decimals of an opened second moment, and the power of two it lost."""
    kinds = argument_kinds(figure, study)
    if figure.kind in PAIRED:
        spreads = [_spread(kind, rows) for kind in kinds]
        bits, shift = sum(bits for _, bits in spreads), sum(shift for shift, _ in spreads)
        return digits_that_fit(bits, rows.bit_length()), shift
    factor = weight_factor(figure, study)
    shift, bits = _spread(kinds[0], rows * factor)
    return digits_that_fit(2 * bits, (rows * factor).bit_length(), even=True), 2 * shift


def secret_result(party: Party, figure: Figure, tally: Tally, study: Study, rows: int) -> Shared:
    """[the integer to open] for every cell of a tally."""
    terms = tally.terms
    rules = study.rules
    if figure.kind == "count":
        return rounded(party, terms[0], rules.round_counts)
    if figure.kind in ("sum", "weighted_sum", "weighted_count"):
        step = rules.round_sums * 10 ** encoding(figure, study, rows).digits or 1
        return rounded(party, terms[0], step)
    if figure.kind in ("avg", "weighted_avg"):
        return ratio(party, terms[0], terms[1], _average_digits(figure, study, rows))
    if figure.kind in SPREAD:
        return _spread_result(party, figure, terms, study, rows)
    return _paired_result(party, figure, terms, study, rows)


def _one(party: Party, n: Shared) -> Shared:
    return party.public(np.ones(len(n), dtype=np.uint64))


def _spread_result(party: Party, figure: Figure, terms: Shared, study: Study, rows: int) -> Shared:
    n = terms[2]
    weighted = figure.kind in WEIGHTED
    squares = centred_squares(party, n, (terms[0], terms[0]), terms[1], exact=not weighted)
    divisor = n - _one(party, n) if figure.kind.endswith("_samp") else n
    digits, _ = _second_digits(figure, study, rows)
    variance = ratio(party, squares, divisor, digits)
    return square_root(party, variance) if "stddev" in figure.kind else variance


def _paired_result(party: Party, figure: Figure, terms: Shared, study: Study, rows: int) -> Shared:
    u, v, uu, vv, uv, n = (terms[index] for index in range(6))
    if figure.kind == "corr":
        bits = [_spread(kind, rows)[1] for kind in argument_kinds(figure, study)]
        return correlation(party, n, (u, v), (uu, vv, uv), (bits[0], bits[1]))
    squares = centred_squares(party, n, (u, v), uv)
    divisor = n - _one(party, n) if figure.kind == "covar_samp" else n
    return ratio(party, squares, divisor, _second_digits(figure, study, rows)[0])
