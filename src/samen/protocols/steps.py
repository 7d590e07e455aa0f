# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Protocols as generators, so that several run in the same rounds.

A generator yields between sending and receiving. ``together`` advances many of them in turn: chunks of
one vector are pipelined (one is computed while another is on the wire), independent operations share
their rounds. All parties yield at the same places and draw before they yield, so messages and keystreams
meet in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeAlias, TypeVar

import numpy as np

from ..party import Party
from ..ring import Words

T = TypeVar("T")
Steps: TypeAlias = Generator[None, None, T]

CHUNK_ROWS = 1 << 16
"""Rows per pipelined chunk; a multiple of 512. Working sets stay in the second-level cache."""


def together(programs: Sequence[Steps[T]]) -> list[T]:
    """Run generators in lockstep; their results in order."""
    results: dict[int, T] = {}
    live = list(enumerate(programs))
    while live:
        waiting = []
        for index, program in live:
            try:
                next(program)
            except StopIteration as done:
                results[index] = done.value
            else:
                waiting.append((index, program))
        live = waiting
    return [results[i] for i in range(len(programs))]


def chunks(n: int, size: int = CHUNK_ROWS) -> list[slice]:
    """Slices of ``size`` rows; one empty slice for an empty table, so that every protocol runs."""
    return [slice(start, min(n, start + size)) for start in range(0, max(n, 1), size)]


def reshare(party: Party, summand: Words) -> Steps[tuple[Words, Words]]:
    """Components from summands of all three parties (already masked by a share of zero).

    One round, 8 bytes per word and party [Araki et al., CCS 2016].
    """
    party.send(party.previous, summand)
    yield
    return summand, party.receive(party.next, summand.shape)


def settle(
    party: Party, shape: tuple[int, ...], summand: Callable[[], Words], *, xor: bool
) -> Steps[tuple[Words, Words]]:
    """Components from summands c1 at party 1 and c2 at party 2; party 0 only draws.

    Components 0 and 1 are drawn from the keys of (2,0) and (0,1); parties 1 and 2 send each other c1 - z1
    and c2 - z0, each masked by a word the other does not know, and add them to z2. One round, 8 bytes per
    word at two parties instead of three: what the local split x = (x0+x1) + x2 saves over ``reshare``.
    """
    count = int(np.prod(shape))
    if party.index == 0:
        drawn = party.own.draw(count).reshape(shape), party.following.draw(count).reshape(shape)
        yield
        return drawn
    mask = (party.own if party.index == 1 else party.following).draw(count).reshape(shape)
    mine = summand()
    message = mine ^ mask if xor else mine - mask
    other = 3 - party.index
    party.send(other, message)
    yield
    received = party.receive(other, shape)
    third = message ^ received if xor else message + received
    return (mask, third) if party.index == 1 else (third, mask)


def hide(party: Party, shape: tuple[int, ...], secret: Callable[[Words], Words]) -> Steps[Words]:
    """Party 0 splits what it knows between parties 1 and 2: party 1 has a mask r (drawn, not sent).

    ``secret(r)`` gives party 2's part at party 0. One round, 8 bytes per word at party 0. Returns the
    part at parties 1 and 2, nothing at party 0.
    """
    count = int(np.prod(shape))
    if party.index == 1:
        mask = party.own.draw(count).reshape(shape)
        yield
        return mask
    if party.index == 0:
        party.send(2, secret(party.following.draw(count).reshape(shape)))
    yield
    return party.receive(0, shape) if party.index == 2 else np.empty(0, dtype=np.uint64)
