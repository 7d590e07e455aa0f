# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs a command with DATABASE_URL on a PostgreSQL cluster that lives only as long as the command.

Where PostgreSQL is not installed this says *not run* and succeeds; with CI=true that is a failure.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb: on the path, or where Debian keeps it."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A throw-away cluster on loopback in a folder of its own; `address` is its DATABASE_URL."""

    def __init__(self, folder: Path, home: Path) -> None:
        # PostgreSQL refuses to run as root: become the user that Debian's package made for it.
        self._as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self._folder, self._home, self._data = folder, home, home / "data"
        self._port = free_port()
        self.address = f"postgres://knooppunt@127.0.0.1:{self._port}/postgres"
        if self._as_user:
            shutil.chown(home, "postgres", "postgres")
        self._run("initdb", "-D", self._data, "-U", "knooppunt", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        options = (
            f"-p {self._port} -c listen_addresses=127.0.0.1 -k {self._home} -c fsync=off -c autovacuum=off"
        )
        self._run("pg_ctl", "-D", self._data, "-w", "-o", options, "-l", self._home / "log", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*self._as_user, self._folder / program, *arguments]
        subprocess.run(command, cwd=self._home, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A running cluster that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="knooppunt-pg-") as name:
        made = Cluster(folder, Path(name))
        made.start()
        try:
            yield made
        finally:
            made.stop()


def main(command: list[str]) -> int:
    folder = binaries()
    if folder is None:
        print("not run: PostgreSQL is not installed (Debian: apt-get install postgresql)", file=sys.stderr)  # noqa: T201
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster(folder) as running:
        return subprocess.run(
            command, env={**os.environ, "DATABASE_URL": running.address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
