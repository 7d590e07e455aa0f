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
from .figures import PAIRED, SPREAD, WEIGHTED, Figure, argument_kinds, centre, coarse, gain
from .kinds import Kind
from .moments import counts_only
from .rows import weight_factor

_CORRELATION_DIGITS = 9
NEARLY_PERFECT = int(0.995 * 10**_CORRELATION_DIGITS)
"""A correlation from here on gives a value away to whoever knows the other: R² of 0.99."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An opened integer m means m * 2^shift * 10^-digits; whole numbers stay integers."""

    digits: int
    shift: int = 0

    def number(self, opened: int) -> int | float:
        if self.digits == 0 and self.shift == 0:
            return opened
        return float(opened) * 2.0**self.shift / 10.0**self.digits


@dataclass(frozen=True, slots=True)
class Spread:
    """How values are centred: u * 2^gain, of ``bits`` bits; one unit is 2^shift of the column."""

    gain: int
    bits: int
    shift: int


def _spread(kind: Kind, rows: int) -> Spread:
    lost = coarse(kind, rows)
    bits = max(1, ((kind.high - centre(kind)) >> lost) + 1).bit_length()
    more = gain(bits, rows)
    return Spread(more, bits + more, lost - more)


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
        return Encoding(scale // 2 + digits // 2, shift // 2)
    return Encoding(scale + digits, shift)


def _average_digits(figure: Figure, study: Study, rows: int) -> int:
    kind = argument_kinds(figure, study)[0]
    divisor = rows * (weight_factor(figure, study) if figure.kind in WEIGHTED else 1)
    return digits_that_fit(kind.largest.bit_length(), divisor.bit_length())


def _spreads(figure: Figure, study: Study, rows: int) -> list[Spread]:
    """Of both arguments of a pair, or of the one argument twice."""
    kinds = argument_kinds(figure, study)
    if figure.kind in PAIRED:
        return [_spread(kind, rows) for kind in kinds]
    return [_spread(kinds[0], rows * weight_factor(figure, study))] * 2


def _second_digits(figure: Figure, study: Study, rows: int) -> tuple[int, int]:
    """Decimals of an opened second moment, and its power of two."""
    first, second = _spreads(figure, study, rows)
    divisor = (rows * weight_factor(figure, study)).bit_length()
    digits = digits_that_fit(first.bits + second.bits, divisor, even=figure.kind not in PAIRED)
    return digits, first.shift + second.shift


def secret_result(party: Party, figure: Figure, tally: Tally, study: Study, rows: int) -> Shared:
    """[the integer to open] for every cell of a tally."""
    terms = tally.terms
    rules = study.rules
    if figure.kind == "count":
        return rounded(party, terms[0], rules.round_counts)
    if figure.kind in ("sum", "weighted_sum", "weighted_count"):
        return rounded(party, terms[0], _step(figure, study, encoding(figure, study, rows).digits))
    if figure.kind == "avg":  # of published numbers, so that it tells no more than they do
        scale = argument_kinds(figure, study)[0].scale
        total = rounded(party, terms[0], _step(figure, study, scale))
        count = rounded(party, terms[1], rules.round_counts)
        return ratio(party, total, count, _average_digits(figure, study, rows))
    if figure.kind == "weighted_avg":
        return ratio(party, terms[0], terms[1], _average_digits(figure, study, rows))
    if figure.kind in SPREAD:
        return _spread_result(party, figure, terms, study, rows)
    return _paired_result(party, figure, tally, study, rows)


def _step(figure: Figure, study: Study, digits: int) -> int:
    """What a sum is rounded to, as an integer of its scale: as a count where it is one."""
    if figure.kind in ("sum", "avg") and study.rules.round_counts > 1 and counts_only(figure, study):
        return study.rules.round_counts
    return study.rules.round_sums * 10**digits or 1


def _one(party: Party, n: Shared) -> Shared:
    return party.public(np.ones(len(n), dtype=np.uint64))


def _spread_result(party: Party, figure: Figure, terms: Shared, study: Study, rows: int) -> Shared:
    n = terms[2]
    grown = _spreads(figure, study, rows)[0].gain
    sums = terms[0].scale(1 << grown)
    weighted = figure.kind in WEIGHTED
    squares = centred_squares(party, n, (sums, sums), terms[1].scale(1 << 2 * grown), exact=not weighted)
    divisor = n - _one(party, n) if figure.kind.endswith("_samp") else n
    variance = ratio(party, squares, divisor, _second_digits(figure, study, rows)[0])
    return square_root(party, variance) if "stddev" in figure.kind else variance


def correlation_of(party: Party, figure: Figure, tally: Tally, study: Study, rows: int) -> Shared:
    """[the correlation of the two columns of a paired figure] * 10^9."""
    first, second = _spreads(figure, study, rows)
    u, v, uu, vv, uv, n = _grown(tally.terms, first, second)
    return correlation(party, n, (u, v), (uu, vv, uv), (first.bits, second.bits))


def _grown(terms: Shared, first: Spread, second: Spread) -> list[Shared]:
    powers = [first.gain, second.gain, 2 * first.gain, 2 * second.gain, first.gain + second.gain, 0]
    return [terms[index].scale(1 << power) for index, power in enumerate(powers)]


def _paired_result(party: Party, figure: Figure, tally: Tally, study: Study, rows: int) -> Shared:
    if figure.kind == "corr":
        return correlation_of(party, figure, tally, study, rows)
    first, second = _spreads(figure, study, rows)
    u, v, _, _, uv, n = _grown(tally.terms, first, second)
    squares = centred_squares(party, n, (u, v), uv)
    divisor = n - _one(party, n) if figure.kind == "covar_samp" else n
    return ratio(party, squares, divisor, _second_digits(figure, study, rows)[0])
