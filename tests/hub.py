# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole hub as its user starts it: `knooppunt up` in processes of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STARTUP_SECONDS = 120
GONE_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Hub:
    """Start, use, break and stop a hub. `environment` adds to or replaces this process's variables."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def variables(self) -> dict[str, str]:
        own = {"KNOOPPUNT_DEMO": "true", "KNOOPPUNT_DATA": str(self.folder), "KNOOPPUNT_URL": self.url}
        kept = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
        return kept | own | self.environment

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "knooppunt.cli", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command of the hub, to its end."""
        return subprocess.run(
            self.command(*arguments), env=self.variables(), capture_output=True, text=True, check=False
        )

    def python(self, code: str) -> Any:
        """Run code inside this hub's Django and return the JSON it prints."""
        program = f"import django, json; django.setup()\n{code}"
        environment = self.variables() | {"DJANGO_SETTINGS_MODULE": "knooppunt.conf.settings"}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout or "null")

    def start(self) -> Hub:
        log = (self.folder.parent / f"{self.folder.name}.log").open("ab")
        self.process = subprocess.Popen(
            self.command("up", "--port", str(self.port)),
            env=self.variables(), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + STARTUP_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the hub did not start; its log:\n{self.log()}")
            time.sleep(0.2)
        return self

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of one page, whatever the status."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=30) as response:  # noqa: S310
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait_until_found(self, word: str, seconds: float = 30) -> None:
        """Wait until the worker has indexed what holds this word."""
        deadline = time.monotonic() + seconds
        while "<article" not in self.get(f"/nl/zoeken?q={word}")[1]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{word} is not found after {seconds} s")
            time.sleep(0.2)

    def log(self) -> str:
        return (self.folder.parent / f"{self.folder.name}.log").read_text(encoding="utf-8", errors="replace")

    def children(self) -> dict[str, int]:
        """Process numbers of this hub's worker and server."""
        found = {}
        for line in subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.splitlines():
            pid, arguments = line.split(maxsplit=1)
            found["worker" if " worker" in arguments else "server"] = int(pid)
        return found

    def kill_everything(self) -> None:
        """SIGKILL to every process of this hub at once, as a power cut does; returns when nothing listens."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        deadline = time.monotonic() + GONE_SECONDS
        while self.listens() and time.monotonic() < deadline:
            time.sleep(0.05)  # on a busy machine the others go a little later than the first

    def listens(self) -> bool:
        """Whether anything takes connections on the port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill_everything()
