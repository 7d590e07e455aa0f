# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same work in MPyC; ``peer`` runs it as ``python mpyc_program.py -M3``, the job in the environment."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np
from mpyc.runtime import mpc


async def _work(operation: str, n: int) -> float:
    bits = 64 if operation == "mul" else 32
    integer: Any = mpc.SecInt(bits)
    rng = np.random.default_rng(1)
    low = -(2 ** (bits // 2 - 2))
    x, y = (mpc.input(integer.array(rng.integers(low, -low, n)), senders=0) for _ in range(2))
    await mpc.barrier()
    start = time.perf_counter()
    await mpc.gather(x * y if operation == "mul" else x < y)
    await mpc.barrier()
    return time.perf_counter() - start


async def main() -> None:
    operation, n = os.environ["SAMEN_PEER_JOB"].split()
    await mpc.start()
    await _work(operation, min(int(n), 100))
    seconds = await _work(operation, int(n))
    await mpc.shutdown()
    if mpc.pid == 0:
        print(f"seconds {seconds}")  # noqa: T201 - read by the parent


if __name__ == "__main__":
    mpc.run(main())
