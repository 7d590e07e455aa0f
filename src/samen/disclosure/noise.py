# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Discrete Laplace noise that no party knows.

A geometric number with P(G = k) = (1 - a) a^k has independent binary digits, digit i being 1 with probability
a^(2^i) / (1 + a^(2^i)) [Dwork, Kenthapadi, McSherry, Mironov, Naor, EUROCRYPT 2006]. Each digit is a
comparison of a random number that nobody knows with a public threshold. The difference of two geometric
numbers is discrete Laplace [Ghosh, Roughgarden, Sundararajan, STOC 2009]: with a = e^(-epsilon /
sensitivity) it gives pure epsilon.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..bits import SharedWords
from ..party import Party, protocol
from ..protocols.compare import less
from ..protocols.convert import words_to_numbers
from ..ring import Shared

COIN_BITS = 60


@dataclass(frozen=True, slots=True)
class Noise:
    """Discrete Laplace of parameter a = e^-rate, cut off at 2^digits."""

    rate: float
    digits: int

    @property
    def delta(self) -> float:
        """Distance from exact sampling, per value: the tail that is cut off, and thresholds of 60 bits."""
        tail = math.exp(-self.rate * 2.0**self.digits)
        return 2 * tail + 2 * self.digits * 2.0**-COIN_BITS

    @property
    def deviation(self) -> float:
        """Standard deviation."""
        a = math.exp(-self.rate)
        return math.sqrt(2 * a) / (1 - a) if a < 1 else math.inf

    def thresholds(self) -> list[int]:
        """2^60 times the chance of each digit."""
        chances = [1 / (1 + math.exp(min(700.0, self.rate * 2.0**i))) for i in range(self.digits)]
        return [int(chance * 2.0**COIN_BITS) for chance in chances]


def noise_for(epsilon: float, sensitivity: int, delta: float) -> Noise:
    """Noise for one number of this sensitivity, with the sampler's own error below ``delta``."""
    rate = epsilon / sensitivity
    digits = max(1, math.ceil(math.log2(max(2.0, math.log(4 / delta) / rate))))
    return Noise(rate, digits)


@protocol
def draw_noise(party: Party, noise: Noise, count: int) -> Shared:
    """[discrete Laplace] (count,), known to nobody. Reveals nothing.

    2 * digits coins per value: each a conversion of 60 random bits (480 bytes) and a comparison.
    """
    coins = 2 * noise.digits * count
    random = SharedWords(party.own.draw(coins), party.following.draw(coins))
    numbers = words_to_numbers(party, random, COIN_BITS)
    thresholds = np.repeat(np.array(noise.thresholds() * 2, dtype=np.uint64), count)
    bits = less(party, numbers, party.public(thresholds), COIN_BITS + 1).reshape(2, noise.digits, count)
    weights = np.left_shift(np.uint64(1), np.arange(noise.digits, dtype=np.uint64)).reshape(1, -1, 1)
    pair = bits.scale(weights).sum(axis=1)
    return pair[0] - pair[1]
