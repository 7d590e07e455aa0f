# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Channels between three threads of one process: for property tests and rehearsals."""

from __future__ import annotations

import queue

from ..errors import ChannelError, PeerLostError
from . import Payload

Message = tuple[Payload, int, int]


class MemoryChannel:
    """One party's end. Messages are passed by reference, so a test also notices a write after send."""

    def __init__(
        self, index: int, queues: dict[tuple[int, int], queue.SimpleQueue[Message | str]], wait: float
    ):
        self.index = index
        self.sent_bytes = 0
        self._queues = queues
        self._wait = wait

    def send(self, to: int, payload: Payload, label: int, clock: int) -> None:
        self.sent_bytes += payload.nbytes
        self._queues[self.index, to].put((payload, label, clock))

    def receive(self, source: int) -> Message:
        try:
            message = self._queues[source, self.index].get(timeout=self._wait)
        except queue.Empty:
            raise PeerLostError(
                f"party {source} sent nothing for {self._wait:g} s; see its own error, then start a new run"
            ) from None
        if isinstance(message, str):
            raise ChannelError(f"party {source} ended the run: {message}")
        return message

    def close(self, reason: str | None = None) -> None:
        if reason is not None:
            for to in {0, 1, 2} - {self.index}:
                self._queues[self.index, to].put(reason)


def memory_channels(wait: float = 60.0) -> list[MemoryChannel]:
    """Three connected ends."""
    queues: dict[tuple[int, int], queue.SimpleQueue[Message | str]] = {
        (i, j): queue.SimpleQueue() for i in range(3) for j in range(3) if i != j
    }
    return [MemoryChannel(i, queues, wait) for i in range(3)]
