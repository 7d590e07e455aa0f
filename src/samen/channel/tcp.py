# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Channels between three processes over TCP.

Of every pair the higher party dials the lower one's address, at the start and again after a break. A party
that stays away longer than ``patience`` seconds, or sends nothing for ``wait`` seconds where a message is
due, ends the session: the others are told why, and everything closes.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import ChannelError, DisagreementError, PeerLostError
from . import Payload
from .frames import HELLO_BYTES, Hello, Kind, parse_hello, read_exactly
from .link import Link

Address = tuple[str, int]
_BUFFER = 4 << 20
_RETRY = 0.05
_GREETING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Session:
    """What all parties of one run must agree on before the first share moves."""

    id: bytes
    """16 random bytes, new for every run."""
    program: str = ""
    """What is computed: any text, say the canonical study file with table shapes."""

    def hello(self, party: int, received: int) -> Hello:
        return Hello(party, self.id, hashlib.sha256(self.program.encode()).digest(), received)


def listen(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """A listening socket for ``TcpChannel``; port 0 takes a free one."""
    return socket.create_server((host, port), backlog=8)


class TcpChannel:
    """One party's end of a session. Call ``start`` before use and ``close`` after it."""

    def __init__(
        self,
        index: int,
        addresses: Sequence[Address],
        listener: socket.socket,
        session: Session,
        *,
        patience: float = 10.0,
        wait: float = 600.0,
    ) -> None:
        self.index = index
        self.sent_bytes = 0
        self.session = session
        self._addresses = addresses
        self._listener = listener
        self._patience = patience
        self._closed = False
        self.links = {peer: Link(peer, wait, self._lost, self._fail) for peer in range(3) if peer != index}
        threading.Thread(target=self._accept_loop, name="accept", daemon=True).start()

    def start(self) -> None:
        """Connect to both others; PeerLostError when one stays away, DisagreementError when one differs."""
        for link in self.links.values():
            if link.peer < self.index:
                self._restore(link)
        for link in self.links.values():
            self._await(link)
            if link.failure:
                raise link.failure

    def send(self, to: int, payload: Payload, label: int, clock: int) -> None:
        self.sent_bytes += payload.nbytes
        self.links[to].send(payload, label, clock)

    def receive(self, source: int) -> tuple[Payload, int, int]:
        return self.links[source].receive()

    def close(self, reason: str | None = None) -> None:
        """End with a farewell to both others and theirs, or tell them why the run failed; then close all
        sockets and threads. Raises the error of another party that failed meanwhile."""
        try:
            for link in self.links.values():
                if reason is None:
                    link.control(Kind.FAREWELL)
                else:
                    link.control(Kind.ABORT, np.frombuffer(reason.encode(), dtype=np.uint8))
            if reason is None:
                for link in self.links.values():
                    link.await_end()
        finally:
            self._shut()

    def _shut(self) -> None:
        self._closed = True
        for link in self.links.values():
            link.flush(self._patience)
            link.close()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._listener.close()

    def _lost(self, link: Link) -> None:
        """A connection broke: the dialling side dials again, the other waits to be dialled."""
        if self._closed:
            return
        link.resumed += 1
        try:
            if link.peer < self.index:
                self._restore(link)
            self._await(link)
        except ChannelError as error:
            self._fail(error)

    def _fail(self, error: ChannelError) -> None:
        """Whoever waits for any party learns the cause."""
        for link in self.links.values():
            link.fail(error)
            link.up.set()

    def _await(self, link: Link) -> None:
        if not link.up.wait(self._patience) and not link.failure:
            raise PeerLostError(
                f"party {link.peer} is gone for {self._patience:g} s; "
                "restart it, then start a new run (new session id, new keys)"
            )

    def _restore(self, link: Link) -> None:
        deadline = time.monotonic() + self._patience
        while not self._closed:
            try:
                self._dial(link)
                return
            except OSError as error:
                if time.monotonic() > deadline:
                    host, port = self._addresses[link.peer]
                    raise PeerLostError(
                        f"party {link.peer} cannot be reached at {host}:{port} for {self._patience:g} s "
                        f"({error}); check that it runs and that the address is right"
                    ) from error
                time.sleep(_RETRY)

    def _dial(self, link: Link) -> None:
        connection = socket.create_connection(self._addresses[link.peer], timeout=_GREETING_SECONDS)
        try:
            mine = self.session.hello(self.index, link.received)
            connection.sendall(mine.pack())
            self._greeted(connection, parse_hello(read_exactly(connection, HELLO_BYTES).tobytes(), mine))
        except BaseException:
            connection.close()
            raise

    def _accept_loop(self) -> None:
        while not self._closed:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._welcome, args=(connection,), daemon=True).start()

    def _welcome(self, connection: socket.socket) -> None:
        """Greet back. Strangers are dropped; a party that disagrees ends the run on both sides."""
        connection.settimeout(_GREETING_SECONDS)
        try:
            data = read_exactly(connection, HELLO_BYTES).tobytes()
            try:
                hello = parse_hello(data, self.session.hello(self.index, 0))
            except DisagreementError:
                connection.sendall(self.session.hello(self.index, 0).pack())
                raise
            link = self.links[hello.party]
            link.quiesce()
            connection.sendall(self.session.hello(self.index, link.received).pack())
            self._greeted(connection, hello)
        except DisagreementError as error:
            self._fail(error)
            connection.close()
        except (OSError, ChannelError):
            connection.close()

    def _greeted(self, connection: socket.socket, hello: Hello) -> None:
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self.links[hello.party].attach(connection, hello.received)
