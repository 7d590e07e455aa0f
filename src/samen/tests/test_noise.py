# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Noise that nobody knows: its distribution, and its account."""

import math

import numpy as np
import pytest

from samen.disclosure.noise import draw_noise, noise_for

from .tools import compute


@pytest.mark.parametrize(("epsilon", "sensitivity"), [(1.0, 1), (0.5, 3)])
def test_noise_is_discrete_laplace(epsilon, sensitivity):
    noise = noise_for(epsilon, sensitivity, 1e-9)
    n = 4000
    values = compute(lambda party: draw_noise(party, noise, n))
    a = math.exp(-epsilon / sensitivity)
    for k in (0, 1, 2, -3):
        chance = (1 - a) / (1 + a) * a ** abs(k)
        assert abs((values == k).mean() - chance) < 5 * math.sqrt(chance / n)
    assert abs(values.mean()) < 5 * noise.deviation / math.sqrt(n)
    assert np.std(values) == pytest.approx(noise.deviation, rel=0.1)


def test_the_sampler_accounts_for_its_own_error():
    for sensitivity in (1, 10**6, 10**10):
        assert noise_for(0.1, sensitivity, 1e-9).delta <= 1e-9
