# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this machine can do at best: loopback, AES and memory bandwidth."""

from __future__ import annotations

import os
import socket
import threading
import time
from dataclasses import dataclass

import numpy as np

from ..randomness import Stream, fresh_key

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Machine:
    """Bytes per second, and cores this process may use."""

    cores: int
    loopback: float
    aes: float
    memory: float

    def limit(self, sent: float, drawn: float) -> float:
        """Least seconds for ``sent`` bytes of all parties over loopback, or for their AES and memory traffic.

        Memory: every byte that is drawn, sent or received is touched at least once.
        """
        return max(sent / self.loopback, (drawn / self.aes + (drawn + 2 * sent) / self.memory) / self.cores)


def measure_machine() -> Machine:
    """Best of three for each rate."""
    return Machine(
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        loopback=max(_loopback(256 << 20) for _ in range(3)),
        aes=max(_aes(256 << 20) for _ in range(3)),
        memory=max(_memory(128 << 20) for _ in range(3)),
    )


def _loopback(total: int) -> float:
    piece = bytes(_PIECE)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def send() -> None:
            with socket.create_connection(server.getsockname()) as out:
                for _ in range(total // _PIECE):
                    out.sendall(piece)

        sender = threading.Thread(target=send)
        sender.start()
        incoming, _ = server.accept()
        buffer, received = bytearray(_PIECE), 0
        start = time.perf_counter()
        with incoming:
            while count := incoming.recv_into(buffer):
                received += count
        seconds = time.perf_counter() - start
        sender.join()
    return received / seconds


def _aes(total: int) -> float:
    stream, out = Stream(fresh_key()), np.empty(_PIECE // 8, dtype=np.uint64)
    start = time.perf_counter()
    for _ in range(total // _PIECE):
        stream.fill(out)
    return total / (time.perf_counter() - start)


def _memory(size: int) -> float:
    x, y = np.ones(size // 8, dtype=np.uint64), np.ones(size // 8, dtype=np.uint64)
    out = np.empty_like(x)
    np.add(x, y, out=out)
    start = time.perf_counter()
    np.add(x, y, out=out)
    return 3 * size / (time.perf_counter() - start)
