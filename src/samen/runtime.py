# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run a program at three parties: as threads (tests), or as processes over TCP on this machine.

Processes on one machine are a rehearsal: one administrator sees all shares, so it protects nobody.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
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


def start_method() -> BaseContext:
    """How processes of a run are started. A program without other threads forks, so that children have
    everything loaded; a forked copy of another thread's lock would never open, so others start anew."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


def live_with_parent() -> None:
    """Call first in a child process: it ends when its parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a whole terminal; the parent ends its children
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - called in children

    def watch(sentinel: int) -> None:
        wait_for([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), name="parent", daemon=True).start()


def run_processes(
    program: Program, *args: Any, name: str = "", wait: float = 600.0, patience: float = 10.0
) -> list[Any]:
    """``program(party, *args)`` at three new processes over TCP on loopback; the three results.

    ``program`` must be importable. Arguments are copied to all three. On failure the first cause is raised
    and no process is left. A party that sends nothing for ``wait`` seconds where a message is due, or is
    gone for ``patience`` seconds, ends the run.
    """
    context = start_method()
    pipes, processes = [], []
    session = secrets.token_bytes(16)
    for index in range(3):
        ours, theirs = context.Pipe()
        process = context.Process(  # type: ignore[attr-defined]  # of every context
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
        outcomes = _collect(pipes)
    except BaseException:  # stopped from outside: nobody waits for the children any more
        _end(processes, 0)
        raise
    _end(processes, 5)
    failures = [o for o in outcomes if isinstance(o, BaseException)]
    if failures:
        raise next((e for e in failures if not isinstance(e, ChannelError)), failures[0])
    return [outcome[0] for outcome in outcomes]


def _end(processes: list[Any], seconds: float) -> None:
    """Give each process its time to finish, then end it."""
    for process in processes:
        process.join(seconds)
        if process.is_alive():
            process.kill()
            process.join()


def _collect(pipes: list[Connection]) -> list[Any]:
    """What each party sent: a result in a tuple, or why there is none."""
    outcomes: list[Any] = []
    for index, pipe in enumerate(pipes):
        try:
            outcomes.append(pipe.recv())
        except EOFError:
            outcomes.append(SamenError(f"the process of party {index} died; see its output"))
    return outcomes


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

    live_with_parent()
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
