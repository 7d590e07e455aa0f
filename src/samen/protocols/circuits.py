# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""AND circuits on bit planes: carry trees and AND trees.

A carry tree folds nodes (generate g, propagate p), least significant first, pairwise:
g = g_hi xor p_hi g_lo, p = p_hi p_lo. The lowest node needs no p. D nodes take ceil(log2 D) rounds and
at most 2(D-1) AND gates, an eighth of a byte each: only the last carry is wanted, so this is the tree
and not a full parallel-prefix adder [Catrina, de Hoogh: SCN 2010].
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..kernels import kernels
from ..party import Party
from ..ring import Words
from .steps import Steps, reshare

Rows = NDArray[np.int64]
Planes = tuple[Words, Words]


@dataclass(frozen=True, slots=True)
class Layer:
    """AND gates left[t] & right[t] ^ add[t] over rows of the planes before; ``keep`` rows pass by."""

    left: Rows
    right: Rows
    add: Rows
    keep: Rows


def _rows(values: list[int]) -> Rows:
    return np.array(values, dtype=np.int64)


@lru_cache(maxsize=256)
def carry_layers(digits: int) -> tuple[Layer, ...]:
    """Layers for planes p_1..p_{D-1}, g_0..g_{D-1}; the last layer leaves one plane, the carry."""
    p, g = [-1, *range(digits - 1)], [*range(digits - 1, 2 * digits - 1)]
    layers = []
    while len(g) > 1:
        pairs = len(g) // 2
        high, inner = [2 * t + 1 for t in range(pairs)], range(1, pairs)
        left = [p[h] for h in high] + [p[2 * t + 1] for t in inner]
        right = [g[h - 1] for h in high] + [p[2 * t] for t in inner]
        add = [g[h] for h in high] + [-1 for _ in inner]
        odd = len(g) % 2
        layers.append(Layer(_rows(left), _rows(right), _rows(add), _rows([p[-1], g[-1]] if odd else [])))
        gates = 2 * pairs - 1
        g = [*range(pairs)] + [gates + 1] * odd
        p = [-1, *range(pairs, gates)] + [gates] * odd
    return tuple(layers)


@lru_cache(maxsize=256)
def and_layers(planes: int) -> tuple[Layer, ...]:
    """Layers for the AND of all planes."""
    layers = []
    while planes > 1:
        pairs = planes // 2
        keep = [planes - 1] if planes % 2 else []
        even, none = [2 * t for t in range(pairs)], [-1] * pairs
        layers.append(Layer(_rows(even), _rows([t + 1 for t in even]), _rows(none), _rows(keep)))
        planes = pairs + len(keep)
    return tuple(layers)


def gates(party: Party, planes: Planes, layer: Layer) -> Steps[Planes]:
    """One layer of AND gates. 1 round, 8 bytes per word."""
    a, b = planes
    shape = (len(layer.left), a.shape[1])
    out = party.zero_bits(*shape)
    kernels().gate(a, b, layer.left, layer.right, layer.add, out)
    new_a, new_b = yield from reshare(party, out)
    if len(layer.keep):
        return np.concatenate([new_a, a[layer.keep]]), np.concatenate([new_b, b[layer.keep]])
    return new_a, new_b


def fold(party: Party, planes: Planes, layers: tuple[Layer, ...]) -> Steps[Planes]:
    """All layers in turn."""
    for layer in layers:
        planes = yield from gates(party, planes, layer)
    return planes
