# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the addresses of a catalogue answer, on a schedule of their own, with a history.

Hosts are asked beside each other, one host one question at a time, and not more than a number of them in one
run; one that says to wait is left alone until the next run. What worked is asked again after a week, what did
not after half a day, a day, then a week.
"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bronnen.check import files
from bronnen.check.mqa import iris
from bronnen.fetch import Fetcher, FetchError, Limits, Probe
from bronnen.records import Distribution, Thing

DAY: Final = 86_400.0
#: Days until an address that did not answer is asked again, by how often it was asked in vain.
_AGAIN: Final = (0.5, 1.0, 7.0)
_WORKS: Final = 7.0
_TABLE: Final = 5 << 20


@dataclass(slots=True)
class Schedule:
    """How much is asked in a run. Addresses in private networks only when `private` allows it.

    `tables` also fetches small files that claim to be tables; `everything` asks what is not due as well.
    """

    per_host: int = 200
    hosts: int = 8
    tables: bool = False
    everything: bool = False
    private: bool = False
    limits: Limits = field(
        default_factory=lambda: Limits(size=_TABLE, seconds=30.0, silence=10.0, attempts=1)
    )


class History:
    """What each address answered, in a file of SQLite."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False)
        self._database.executescript(
            "CREATE TABLE IF NOT EXISTS link(address TEXT PRIMARY KEY, status INTEGER, reason TEXT,"
            " asked REAL, due REAL, broken_since REAL, failures INTEGER) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS file(address TEXT PRIMARY KEY, profile TEXT) WITHOUT ROWID;"
        )

    def status(self, address: str) -> int | None:
        """The last HTTP status, 0 when nothing answered, None when it was never asked."""
        row = self._one("SELECT status FROM link WHERE address = ?", address)
        return None if row is None else int(row[0])

    def file_rules(self, address: str, distribution: Distribution) -> list[str]:
        """The rules that the file at an address breaks, as far as it was fetched."""
        row = self._one("SELECT profile FROM file WHERE address = ?", address)
        return [] if row is None else files.broken_rules(files.from_json(row[0]), distribution)

    def is_due(self, address: str, now: float) -> bool:
        """Whether it is time to ask."""
        row = self._one("SELECT due FROM link WHERE address = ?", address)
        return row is None or row[0] <= now

    def note(self, address: str, status: int, reason: str, now: float) -> None:
        """An answer; since when an address is broken stays until it works again."""
        row = self._one("SELECT broken_since, failures FROM link WHERE address = ?", address)
        since, failures = row or (None, 0)
        if is_working(status):
            since, failures, days = None, 0, _WORKS
        else:
            days = _AGAIN[min(failures, len(_AGAIN) - 1)]
            since, failures = since or now, failures + 1
        values = (address, status, reason, now, now + days * DAY, since, failures)
        with self._lock, self._database:
            self._database.execute("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def keep(self, address: str, found: files.Profile) -> None:
        """The profile of the file at an address."""
        with self._lock, self._database:
            self._database.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (address, found.to_json()))

    def broken(self, addresses: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Those of these addresses that do not work, with since when."""
        for address in addresses:
            row = self._one("SELECT status, reason, broken_since FROM link WHERE address = ?", address)
            if row is not None and row[2] is not None:
                since = datetime.fromtimestamp(row[2], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                yield {"address": address, "status": row[0], "reason": row[1], "broken_since": since}

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def _one(self, query: str, address: str) -> Any:
        with self._lock:
            return self._database.execute(query, (address,)).fetchone()


def is_working(status: int) -> bool:
    """Whether an answer means that the address works."""
    return 200 <= status < 400


def addresses(records: Iterable[Thing]) -> dict[str, bool]:
    """Every http(s) address of the distributions, and whether it claims to give a table."""
    found: dict[str, bool] = {}
    for record in records:
        for part in _distributions(record):
            for iri in iris(part.access_url):
                found.setdefault(iri, False)
            for iri in iris(part.download_url):
                found[iri] = found.get(iri, False) or files.is_table(part)
    return {iri: table for iri, table in found.items() if iri.startswith(("http://", "https://"))}


def _distributions(record: Thing) -> Iterator[Distribution]:
    if isinstance(record, Distribution):
        yield record
    for value in getattr(record, "distribution", ()):
        if isinstance(value, Distribution):
            yield value


def ask(wanted: dict[str, bool], history: History, plan: Schedule) -> dict[str, Any]:
    """Asks the addresses that are due; gives the report."""
    started = time.perf_counter()
    now = time.time()
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in wanted:
        if plan.everything or history.is_due(address, now):
            hosts[_host(address)].append(address)
    with ThreadPoolExecutor(plan.hosts) as pool:
        jobs = [pool.submit(_ask_host, listed, wanted, history, plan) for listed in hosts.values()]
        asked = sum(job.result() for job in jobs)
    due = sum(map(len, hosts.values()))
    return {
        "addresses": len(wanted),
        "asked": asked,
        "left": due - asked,
        "broken": list(history.broken(wanted)),
        "seconds": round(time.perf_counter() - started, 3),
    }


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _ask_host(listed: list[str], wanted: dict[str, bool], history: History, plan: Schedule) -> int:
    """Asks one host, one question after the other; gives how many were asked."""
    fetcher = Fetcher(plan.limits, public_only=not plan.private)
    for number, address in enumerate(listed[: plan.per_host]):
        try:
            probe = fetcher.probe(address)
        except FetchError as error:
            probe = Probe(0, str(error))
        if probe.status == 429:
            return number  # It asks for rest.
        history.note(address, probe.status, probe.reason, time.time())
        if plan.tables and wanted[address] and is_working(probe.status):
            _fetch_table(fetcher, address, history)
    return min(len(listed), plan.per_host)


def _fetch_table(fetcher: Fetcher, address: str, history: History) -> None:
    """Profiles a small file; one that is larger than the limit tells nothing."""
    with tempfile.TemporaryDirectory(prefix="bronnen-table-") as work:
        path = Path(work) / "file"
        try:
            fetcher.fetch(address, path)
        except FetchError:
            return
        history.keep(address, files.profile(path))
