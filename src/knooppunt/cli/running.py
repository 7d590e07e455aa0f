# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands that keep running: up, serve, worker."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import SUPPRESS, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from knooppunt.cli.output import say

STARTUP_SECONDS = 60


def add_commands(commands: _SubParsersAction) -> None:
    up = commands.add_parser(
        "up", help="prepare everything, load content, run worker and server until interrupted"
    )
    serve = commands.add_parser("serve", help="serve the web pages")
    for command, run in ((up, run_up), (serve, run_serve)):
        command.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
        )
        command.add_argument(
            "--port",
            type=int,
            default=os.environ.get("PORT") or 8000,
            help="port (default: PORT, or 8000)",
        )
        command.set_defaults(run=run)
    serve.add_argument("--workers", type=int, default=1, help="server processes (default: 1)")
    worker = commands.add_parser("worker", help="run background tasks and the index")
    worker.add_argument("--prepare", type=int, metavar="FD", help=SUPPRESS)  # prepare first, then close this
    worker.set_defaults(run=run_worker)


def run_up(options: Namespace) -> int:
    """Supervise a worker that prepares first, and the server; the first that ends ends both."""
    from knooppunt.conf.environment import Environment

    if not _is_free(options.host, options.port):
        raise RuntimeError(
            f"port {options.port} is in use: stop what runs there, or choose another: make up PORT=8010"
        )
    lock = claim(Environment().read("KNOOPPUNT_DATA"))
    os.environ.setdefault("KNOOPPUNT_URL", f"http://{options.host}:{options.port}")
    os.environ.setdefault("KNOOPPUNT_LOG_LEVEL", "WARNING")
    return _supervise(lock, options.host, options.port)


def claim(folder: Path) -> int:
    """The right to prepare and run the hub in this data folder: a lock that goes with its holders."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise RuntimeError(
            f"a hub runs in {folder} already: stop it first, or give another folder in KNOOPPUNT_DATA"
        ) from error
    return lock


def prepare() -> None:
    """Database, static files, content and index: whatever is there already is left alone."""
    import django

    django.setup()
    from django.core.management import call_command

    from knooppunt.catalogue import indexing, loading
    from knooppunt.cli.migrating import ready

    ready()
    say("static files: collecting …")
    call_command("collectstatic", verbosity=0, interactive=False)
    for line in loading.load_all():
        say(f"content: {line}")
    say(f"index: {indexing.ensure()} cards")


def run_serve(options: Namespace) -> int:
    os.execv(sys.executable, _server(options.host, options.port, options.workers))  # noqa: S606


def run_worker(options: Namespace) -> int:
    import django

    if options.prepare is not None:
        with os.fdopen(options.prepare, "wb") as told:
            prepare()
            told.write(b"ready")
    else:
        django.setup()
    from knooppunt.jobs.worker import Worker

    Worker().run()
    return 0


def _server(host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "knooppunt.conf.wsgi:application",
    ]


def _supervise(lock: int, host: str, port: int) -> int:
    """Start a worker that prepares and then the server, and end with the first that ends."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    processes: list[subprocess.Popen[bytes]] = []
    address = f"http://{host}:{port}/"
    say("starting …")
    try:
        if not _prepared(lock, processes):
            return processes[0].wait() or 1  # it said why
        say("server: starting …")
        processes.append(subprocess.Popen(_server(host, port, workers=1)))  # noqa: S603
        if _answers(address, processes):
            say(f"\nKnooppunt is up: {address}\nStop with Ctrl+C.")
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
        say("a process stopped by itself; stopping the other. Its log is above.")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(processes)


def _prepared(lock: int, processes: list[subprocess.Popen[bytes]]) -> bool:
    """Start a worker that prepares everything before it begins; whether it could.

    One process does both, so that what both need is loaded once and this one stays small. The worker keeps
    the claim when this process is killed: nobody may migrate under its feet.
    """
    ready, told = os.pipe()
    command = [sys.executable, "-m", "knooppunt.cli", "worker", "--prepare", str(told)]
    with os.fdopen(ready, "rb") as answer:
        processes.append(subprocess.Popen(command, pass_fds=[lock, told]))  # noqa: S603
        os.close(told)
        return bool(answer.read())


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _answers(address: str, processes: list[subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
