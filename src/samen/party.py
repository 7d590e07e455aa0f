# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A compute party: an index, a channel, and keystreams shared with each neighbour.

Rounds are counted as the longest chain of messages that had to wait for one another (each message
carries its depth), so pipelined chunks of one exchange count once, as they do on a slow network.
"""

from __future__ import annotations

import functools
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bits import SharedWords
from .channel import Channel
from .errors import DisagreementError
from .randomness import Stream, fresh_key
from .ring import Shared, Words, words

P = ParamSpec("P")
R = TypeVar("R")
_NAMES: dict[int, str] = {}


class Party:
    """What a protocol needs of the world."""

    def __init__(self, index: int, channel: Channel, keys: tuple[bytes, bytes] | None = None) -> None:
        """``keys`` are those of components index and index+1; left out, fresh ones are agreed."""
        self.index = index
        self.next = (index + 1) % 3
        self.previous = (index + 2) % 3
        self.channel = channel
        self.rounds = 0
        self.openings: list[str] = []
        self.opened: Counter[str] = Counter()
        self._label = 0
        own, following = keys or self._agree_keys()
        self.own = Stream(own)
        self.following = Stream(following)

    def _agree_keys(self) -> tuple[bytes, bytes]:
        key = fresh_key()
        self.send(self.previous, np.frombuffer(key, dtype=np.uint64))
        return key, self.receive(self.next, (2,)).tobytes()

    def send(self, to: int, array: NDArray[Any]) -> None:
        """Send an array. It must not be written afterwards."""
        payload = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        self.channel.send(to, payload, self._label, self.rounds)

    def receive(self, source: int, shape: tuple[int, ...]) -> Words:
        """The next array of a party, of the shape that this party's program expects."""
        payload, label, clock = self.channel.receive(source)
        expected = 8 * int(np.prod(shape))
        if label != self._label or payload.nbytes != expected:
            raise DisagreementError(
                f"party {source} sent {payload.nbytes} bytes in step '{_NAMES.get(label, label)}', but here "
                f"the program is in step '{_NAMES.get(self._label, self._label)}' and expects {expected}: "
                "the parties run other programs or tables of other shape; compare both and start again"
            )
        self.rounds = max(self.rounds, clock + 1)
        return payload.view(np.uint64).reshape(shape)

    def knows(self, component: int) -> Stream | None:
        """The keystream of a component, or None when this party does not hold it."""
        return {self.index: self.own, self.next: self.following}.get(component)

    def public(self, values: ArrayLike) -> Shared:
        """Public numbers as a sharing: component 0 is the value, the others are zero."""
        value = words(values)
        zero = np.zeros_like(value)
        return Shared(value if self.index == 0 else zero, value if self.index == 2 else zero)

    def public_words(self, values: ArrayLike) -> SharedWords:
        shared = self.public(values)
        return SharedWords(shared.a, shared.b)

    def zero_bits(self, *shape: int) -> Words:
        """This party's summand of an XOR sharing of zero; no communication."""
        words = np.empty(shape, dtype=np.uint64)
        self.own.fill(words)
        return self.following.mask(words)

    def random(self, count: int) -> Shared:
        """Random numbers that nobody knows; no communication."""
        return Shared(self.own.draw(count), self.following.draw(count))

    def note_opening(self, name: str, values: int) -> None:
        """Every opening is noted under its name, with how many values became public."""
        self.openings.append(name)
        self.opened[name] += values

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Mark messages with the protocol they belong to."""
        label = _register(name)
        before, self._label = self._label, label
        try:
            yield
        finally:
            self._label = before


def _register(name: str) -> int:
    label = zlib.crc32(name.encode())
    _NAMES[label] = name
    return label


def protocol(
    function: Callable[Concatenate[Party, P], R],
) -> Callable[Concatenate[Party, P], R]:
    """Mark a function as a protocol step: all three parties must be in it at the same time."""
    label = _register(function.__name__)

    @functools.wraps(function)
    def wrapper(party: Party, /, *args: P.args, **kwargs: P.kwargs) -> R:
        before = party._label
        party._label = label
        try:
            return function(party, *args, **kwargs)
        finally:
            party._label = before

    return wrapper
