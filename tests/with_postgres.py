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


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A throw-away cluster on loopback; yields its address. PostgreSQL refuses to run as root."""
    # initdb may not run as root: become the user that Debian's package made for it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="knooppunt-pg-") as name:
        home, port = Path(name), free_port()
        if as_user:
            shutil.chown(home, "postgres", "postgres")
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        data = home / "data"
        initdb = [folder / "initdb", "-D", data, "-U", "knooppunt", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*as_user, *initdb], cwd=home, **quiet)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c fsync=off"
        control = [*as_user, folder / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-o", options, "-l", home / "log", "start"], cwd=home, **quiet)
        try:
            yield f"postgres://knooppunt@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], cwd=home, **quiet)


def main(command: list[str]) -> int:
    folder = binaries()
    if folder is None:
        print("not run: PostgreSQL is not installed (Debian: apt-get install postgresql)", file=sys.stderr)  # noqa: T201
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster(folder) as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
