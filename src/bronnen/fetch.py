# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fetching over HTTP, politely and within limits of size and time.

A host that says to wait is waited for; errors of a server are tried again, ever later. What has not changed
(ETag, Last-Modified) is not sent again. An address on the internet never leads to one inside a private
network: `bronnen.network` judges every address of a host before it dials one.
"""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from bronnen.network import InsideError, dial, is_public

_CHUNK = 1 << 16
AGENT: Final = "bronnen (harvester of open data catalogues)"
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_AGAIN: Final = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds for one document; seconds between two requests to one host; number of attempts."""

    size: int = 1 << 30
    seconds: float = 600.0
    silence: float = 30.0
    pause: float = 0.2
    attempts: int = 4
    longest_wait: float = 60.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `unchanged` means that the earlier answer still holds and nothing was written."""

    address: str
    etag: str = ""
    last_modified: str = ""
    next_address: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """The status that an address answers with after redirects; 0 and the reason when there is no answer."""

    status: int
    reason: str = ""


class FetchError(Exception):
    """An address that gave no document; the message says why, `status` what the server answered."""

    def __init__(self, cause: str, status: int = 0) -> None:
        super().__init__(cause)
        self.status = status


@dataclass(slots=True)
class Fetcher:
    """Keeps count of when each host was last asked.

    An address on the internet never leads into a private network. With `public_only` one that lies in a
    private network itself is refused too: for addresses that a stranger gives.
    """

    limits: Limits = field(default_factory=Limits)
    public_only: bool = False
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(
        self, address: str, into: Path, etag: str = "", last_modified: str = "", source: str = ""
    ) -> Answer:
        """Writes the document at an address to a file; FetchError when that cannot be done.

        `source` is the address that a person gave when this one was found in what it answered.
        """
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
        headers["Accept"] = (
            "text/turtle, application/ld+json, application/rdf+xml, application/json, */*;q=0.5"
        )
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        private = not self.public_only and is_private(_host(source or address))
        deadline = time.monotonic() + self.limits.seconds
        for _ in range(self.limits.redirects + 1):
            answer = self._attempt(address, into, headers, private, deadline)
            if not answer.next_address or answer.etag != _MOVED:
                return answer
            address = answer.next_address
        raise FetchError(f"more than {self.limits.redirects} redirects")

    def probe(self, address: str) -> Probe:
        """Asks an address for its status, and not for its content; FetchError when it may not be asked."""
        private = not self.public_only and is_private(_host(address))
        for _ in range(self.limits.redirects + 1):
            status, location = self._status("HEAD", address, private)
            if status >= 400:  # Many servers do not know HEAD.
                status, location = self._status("GET", address, private)
            if not location:
                return Probe(status, "" if status else "no answer")
            address = urljoin(address, location)
        return Probe(0, f"more than {self.limits.redirects} redirects")

    def _status(self, method: str, address: str, private: bool) -> tuple[int, str]:
        """Status and, of a redirect, where it leads; (0, "") when nothing answers."""
        self._pause(address)
        pool, target = _pool(address, private), _target(address)
        timeout = urllib3.Timeout(connect=min(10.0, self.limits.silence), read=self.limits.silence)
        headers = {"User-Agent": AGENT}
        try:
            with (
                pool,
                pool.request(
                    method, target, headers=headers, timeout=timeout, redirect=False, retries=False,
                    preload_content=False,
                ) as response,
            ):  # fmt: skip
                location = response.headers.get("Location", "") if response.status in _REDIRECTS else ""
                return response.status, location
        except _InsideError as error:
            raise FetchError("leads to an address in a private network") from error
        except urllib3.exceptions.HTTPError:
            return 0, ""

    def _attempt(
        self, address: str, into: Path, headers: dict[str, str], private: bool, deadline: float
    ) -> Answer:
        wait = 1.0
        for attempt in range(1, self.limits.attempts + 1):
            self._pause(address)
            try:
                return self._once(address, into, headers, private, deadline)
            except _LaterError as later:
                wait = min(later.wait or wait, self.limits.longest_wait)
                if attempt == self.limits.attempts or time.monotonic() + wait > deadline:
                    raise FetchError(str(later)) from later
            time.sleep(wait)
            wait *= 2
        raise FetchError("no attempts are allowed")

    def _pause(self, address: str) -> None:
        host = urlsplit(address).netloc
        since = time.monotonic() - self._asked.get(host, 0.0)
        if since < self.limits.pause:
            time.sleep(self.limits.pause - since)
        self._asked[host] = time.monotonic()

    def _once(
        self, address: str, into: Path, headers: dict[str, str], private: bool, deadline: float
    ) -> Answer:
        if time.monotonic() > deadline:
            raise FetchError(f"not complete after {self.limits.seconds:.0f} seconds")
        pool, target = _pool(address, private), _target(address)
        timeout = urllib3.Timeout(connect=min(10.0, self.limits.silence), read=self.limits.silence)
        try:
            with (
                pool,
                pool.request(
                    "GET",
                    target,
                    headers=headers,
                    timeout=timeout,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                ) as response,
            ):
                return self._answer(address, response, into, deadline)
        except _InsideError as error:
            raise FetchError("leads to an address in a private network") from error
        except urllib3.exceptions.HTTPError as error:
            raise _LaterError(f"no answer ({type(error).__name__})") from error

    def _answer(
        self, address: str, response: urllib3.BaseHTTPResponse, into: Path, deadline: float
    ) -> Answer:
        status, given = response.status, response.headers
        if status == 304:
            return Answer(address, unchanged=True)
        if status in _REDIRECTS and "Location" in given:
            return Answer(address, etag=_MOVED, next_address=urljoin(address, given["Location"]))
        if status in _AGAIN:
            raise _LaterError(f"the server answered {status}", _seconds(given.get("Retry-After", "")))
        if status != 200:
            raise FetchError(f"the server answered {status}", status)
        self._write(response, into, deadline)
        following = _link_next(given.get("Link", ""))
        return Answer(
            address,
            given.get("ETag", ""),
            given.get("Last-Modified", ""),
            urljoin(address, following) if following else "",
        )

    def _write(self, response: urllib3.BaseHTTPResponse, into: Path, deadline: float) -> None:
        written = 0
        # A source that drips resets every time-out of the socket: only an alarm ends it.
        alarm = threading.Timer(max(deadline - time.monotonic(), 0.0), response.shutdown)
        alarm.daemon = True
        alarm.start()
        try:
            with into.open("wb") as file:
                for chunk in response.stream(_CHUNK, decode_content=True):
                    written += len(chunk)
                    if written > self.limits.size:
                        raise FetchError(f"a document of more than {self.limits.size >> 20} MiB")
                    file.write(chunk)
        finally:
            alarm.cancel()
            if time.monotonic() > deadline:
                raise FetchError(f"not complete after {self.limits.seconds:.0f} seconds")


_MOVED = "moved"


class _LaterError(Exception):
    def __init__(self, cause: str, wait: float | None = None) -> None:
        super().__init__(cause)
        self.wait = wait


def is_private(host: str) -> bool:
    """Whether a name or number leads to a loopback, link-local or private address; unknown names do not."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return not all(is_public(str(one[4][0])) for one in found)


def _target(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        raise FetchError("not an http or https address") from None


def _seconds(given: str) -> float | None:
    return float(given) if given.isdigit() else None


def _link_next(header: str) -> str:
    for part in header.split(","):
        if 'rel="next"' in part.replace(" ", "") and "<" in part:
            return part[part.index("<") + 1 :].split(">")[0]
    return ""


class _InsideError(urllib3.exceptions.HTTPError):
    """An address that leads into a private network."""


def _dial(connection: HTTPConnection) -> socket.socket:
    timeout = connection.timeout if isinstance(connection.timeout, (int, float)) else None
    try:
        return dial(connection.host, connection.port or connection.default_port, timeout)
    except InsideError as error:
        raise _InsideError(str(error)) from error
    except TimeoutError as error:
        raise urllib3.exceptions.ConnectTimeoutError(str(error)) from error
    except OSError as error:
        raise urllib3.exceptions.NewConnectionError(connection, str(error)) from error


class _PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _dial(self)


class _PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _dial(self)


def _pool(address: str, private: bool) -> urllib3.HTTPConnectionPool:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError("not an http or https address")
    try:
        port = parts.port
    except ValueError:
        raise FetchError("an address with a wrong port") from None
    if parts.scheme == "https":
        secure = urllib3.HTTPSConnectionPool(parts.hostname, port)
        secure.ConnectionCls = HTTPSConnection if private else _PublicHTTPS
        return secure
    pool = urllib3.HTTPConnectionPool(parts.hostname, port)
    pool.ConnectionCls = HTTPConnection if private else _PublicHTTP
    return pool
