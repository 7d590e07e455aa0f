# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run a program at three parties: as threads (tests), or as processes over TCP on this machine.

Processes on one machine are a rehearsal: one administrator sees all shares, so it protects nobody.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from .channel.memory import memory_channels
from .errors import ChannelError, SamenError
from .party import Party

Program = Callable[..., Any]


def run_threads(program: Program, *args: Any, wait: float = 60.0) -> list[Any]:
    """``program(party, *args)`` at three threads of this process; the three results.

    An error at one party ends the run at all of them; the first cause is raised.
    """
    channels = memory_channels(wait)
    results: list[Any] = [None] * 3
    errors: list[BaseException] = []

    def work(index: int) -> None:
        try:
            results[index] = program(Party(index, channels[index]), *args)
        except BaseException as error:  # handed to the caller's thread
            errors.append(error)
            channels[index].close(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=work, args=(i,), name=f"party {i}") for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise next((e for e in errors if not isinstance(e, ChannelError)), errors[0])
    return results


def run_processes(
    program: Program, *args: Any, name: str = "", wait: float = 600.0, patience: float = 10.0
) -> list[Any]:
    """``program(party, *args)`` at three new processes over TCP on loopback; the three results.

    ``program`` must be importable. Arguments are copied to all three. On failure the first cause is raised
    and no process is left.
    """
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    session = secrets.token_bytes(16)
    for index in range(3):
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_work, args=(index, theirs, session, name, (wait, patience), program, args), daemon=True
        )
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
    try:
        addresses = [pipe.recv() for pipe in pipes]
        for pipe in pipes:
            pipe.send(addresses)
        return _collect(pipes)
    finally:
        for process in processes:
            process.join(5)
            if process.is_alive():
                process.kill()
                process.join()


def _collect(pipes: list[Connection]) -> list[Any]:
    """Results of all parties; the root cause when one failed."""
    outcomes: list[Any] = []
    for index, pipe in enumerate(pipes):
        try:
            outcomes.append(pipe.recv())
        except EOFError:
            outcomes.append(SamenError(f"the process of party {index} died; see its output"))
    failures = [o for o in outcomes if isinstance(o, BaseException)]
    if failures:
        raise next((e for e in failures if not isinstance(e, ChannelError)), failures[0])
    return [outcome[0] for outcome in outcomes]


def _work(
    index: int,
    pipe: Connection,
    session: bytes,
    name: str,
    limits: tuple[float, float],
    program: Program,
    args: Any,
) -> None:
    from .channel.tcp import Session, TcpChannel, listen
    from .memory import keep_freed_memory

    keep_freed_memory()
    listener = listen()
    pipe.send(listener.getsockname())
    channel = TcpChannel(
        index, pipe.recv(), listener, Session(session, name), wait=limits[0], patience=limits[1]
    )
    outcome: Any
    try:
        channel.start()
        outcome = (program(Party(index, channel), *args),)
        channel.close()
    except Exception as error:
        channel.close(f"{type(error).__name__}: {error}")
        outcome = error
    pipe.send(outcome)
