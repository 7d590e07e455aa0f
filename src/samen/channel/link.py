# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The link with one other party: frames that survive the connections that carry them.

Sent frames are kept, without a copy, until acknowledged; a new connection starts with what the other
side has not received, byte for byte the same. A sender thread writes what the socket did not take at
once, so computing goes on meanwhile; a receiver thread always drains, so no two parties can block each other.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from ..errors import ChannelError, DisagreementError, FrameError, PeerLostError
from . import Payload
from .frames import HEADER_BYTES, Header, Kind, parse, read_exactly

ACK_BYTES = 1 << 20
ACK_FRAMES = 64
_NOTHING = np.empty(0, dtype=np.uint8)


def _finished_early(peer: int) -> ChannelError:
    return DisagreementError(
        f"party {peer} has finished its program while here its next message is due: "
        "the parties run different programs; compare them and start again"
    )


class _Frame:
    __slots__ = ("offset", "payload", "sequence", "wire")

    def __init__(self, header: Header, payload: Payload) -> None:
        self.sequence = header.sequence if header.kind is Kind.DATA else -1
        self.wire = header.pack()
        self.payload = payload
        self.offset = 0

    def parts(self) -> list[memoryview]:
        head, body = memoryview(self.wire), self.payload.data
        if self.offset < len(head):
            return [head[self.offset :], body]
        return [body[self.offset - len(head) :]]

    @property
    def done(self) -> bool:
        return self.offset == len(self.wire) + self.payload.nbytes


class Link:
    """Its receiver calls ``lost`` when a connection breaks and ``failed`` when the session must end."""

    def __init__(
        self, peer: int, wait: float, lost: Callable[[Link], None], failed: Callable[[ChannelError], None]
    ) -> None:
        self.peer = peer
        self.received = 0
        self.finished = False
        self.resumed = 0
        self.up = threading.Event()
        self._wait = wait
        self._lost = lost
        self._failed = failed
        self._inbox: queue.SimpleQueue[tuple[Payload, int, int] | ChannelError] = queue.SimpleQueue()
        self._socket: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._said_farewell = False
        self._idle = threading.Event()
        self._idle.set()
        self._kept: deque[_Frame] = deque()
        self._unsent: deque[_Frame] = deque()
        self._sent = 0
        self._unacknowledged = [0, 0]
        self._state = threading.Lock()
        self._wire = threading.Lock()
        self._work = threading.Semaphore(0)
        self.failure: ChannelError | None = None
        self._closing = threading.Event()
        self._ended = threading.Event()
        self._pause = threading.Event()
        self._sender = threading.Thread(target=self._send_loop, name=f"send to {peer}", daemon=True)
        self._sender.start()

    def attach(self, connection: socket.socket, peer_received: int) -> None:
        """Use a freshly greeted connection; resend what the peer has not received."""
        with self._wire, self._state:
            self._idle.clear()
            if self._kept and peer_received < self._kept[0].sequence:
                raise FrameError(f"party {self.peer} lost frames that it had acknowledged; start a new run")
            self._forget(peer_received)
            for frame in self._kept:
                frame.offset = 0
            self._unsent = deque(self._kept)
            if self._said_farewell:
                self._unsent.append(self._control_frame(Kind.FAREWELL, _NOTHING))
            self._socket = self._connection = connection
        threading.Thread(
            target=self._receive_loop, args=(connection,), name=f"receive from {self.peer}", daemon=True
        ).start()
        self.up.set()
        self._work.release()

    def send(self, payload: Payload, label: int, clock: int) -> None:
        if self.failure:
            raise self.failure
        with self._state:
            frame = _Frame(Header(Kind.DATA, payload.nbytes, self._sent, label, clock), payload)
            self._sent += 1
            self._kept.append(frame)
            self._unsent.append(frame)
        self._push()

    def control(self, kind: Kind, payload: Payload = _NOTHING) -> None:
        """A frame outside the numbering; of these only a farewell is repeated after a break."""
        with self._state:
            self._said_farewell |= kind is Kind.FAREWELL
            self._unsent.append(self._control_frame(kind, payload))
        self._push()

    def _control_frame(self, kind: Kind, payload: Payload) -> _Frame:
        return _Frame(Header(kind, payload.nbytes, self.received), payload)

    def receive(self) -> tuple[Payload, int, int]:
        try:
            item = self._inbox.get(timeout=self._wait)
        except queue.Empty:
            raise PeerLostError(
                f"party {self.peer} sent nothing for {self._wait:g} s; see its log, then start a new run"
            ) from None
        if isinstance(item, ChannelError):
            raise item
        return item

    def fail(self, error: ChannelError) -> None:
        """Wake whoever waits here with an error."""
        self.failure = self.failure or error
        self._inbox.put(error)
        self._ended.set()

    def await_end(self) -> None:
        """Wait for the peer's farewell; raises its error, or PeerLostError when it does not come."""
        if not self._ended.wait(self._wait):
            raise PeerLostError(f"party {self.peer} did not finish within {self._wait:g} s; see its log")
        if self.failure:
            raise self.failure

    def flush(self, seconds: float) -> None:
        """Wait until everything is handed to the network, at most ``seconds``."""
        for _ in range(max(1, int(seconds / 0.01))):
            if not self._unsent or self.failure:
                return
            self._pause.wait(0.01)

    def close(self) -> None:
        self._closing.set()
        self._work.release()
        self.drop()

    def quiesce(self) -> None:
        """Before a new connection: end the old one and let its receiver finish, so ``received`` is final."""
        self.drop()
        self._idle.wait(self._wait)

    def drop(self) -> None:
        """End the connection under the link (what a network failure does). Its receiver closes it."""
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):  # already gone
                connection.shutdown(socket.SHUT_RDWR)

    def _release(self, connection: socket.socket) -> None:
        """Close a connection when nobody reads it or writes to it: a descriptor that is still in use may be
        given to the next connection, whose bytes would be taken for those of this one."""
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)  # wakes a sender that is blocked
        with self._wire:
            if self._socket is connection:
                self._socket = None
        connection.close()

    def _push(self) -> None:
        """Write what the socket takes at once; the sender thread does the rest."""
        if self._wire.acquire(blocking=False):
            try:
                self._write(socket.MSG_DONTWAIT)
            finally:
                self._wire.release()
        if self._unsent:
            self._work.release()

    def _write(self, flags: int) -> None:
        connection = self._socket
        try:
            while self._unsent and connection is not None:
                frame = self._unsent[0]
                frame.offset += connection.sendmsg(frame.parts(), (), flags | socket.MSG_NOSIGNAL)
                if frame.done:
                    self._unsent.popleft()
        except BlockingIOError:
            pass  # the socket is full
        except OSError:
            self._socket = None  # the receiver thread sees the same break and asks for a new connection

    def _send_loop(self) -> None:
        while not self._closing.is_set():
            self._work.acquire()
            with self._wire:
                self._write(0)

    def _receive_loop(self, connection: socket.socket) -> None:
        try:
            while True:
                header = parse(read_exactly(connection, HEADER_BYTES).tobytes(), self.peer)
                self._accept(header, read_exactly(connection, header.length))
        except OSError:
            self._release(connection)
            self.up.clear()
            self._idle.set()
            if not (self.finished or self._closing.is_set() or self.failure):
                self._lost(self)
        except ChannelError as error:
            self._failed(error)
            self._closing.wait(self._wait)  # the peer is still told why
            self._release(connection)

    def _accept(self, header: Header, payload: Payload) -> None:
        if header.kind is Kind.ABORT:
            reason = payload.tobytes().decode(errors="replace")
            raise ChannelError(f"party {self.peer} ended the run: {reason}")
        if header.kind is Kind.FAREWELL:
            self.finished = True
            self._ended.set()
            self._inbox.put(_finished_early(self.peer))
        elif header.kind is Kind.ACK:
            with self._state:
                self._forget(header.sequence)
        elif header.sequence != self.received:
            raise FrameError(
                f"party {self.peer} sent frame {header.sequence} where {self.received} was due; "
                "start a new run"
            )
        else:
            self.received += 1
            self._inbox.put((payload, header.label, header.clock))
            self._acknowledge(header.length)

    def _acknowledge(self, length: int) -> None:
        self._unacknowledged[0] += 1
        self._unacknowledged[1] += length
        if self._unacknowledged[0] >= ACK_FRAMES or self._unacknowledged[1] >= ACK_BYTES:
            self._unacknowledged = [0, 0]
            self.control(Kind.ACK)

    def _forget(self, sequence: int) -> None:
        while self._kept and self._kept[0].sequence < sequence:
            self._kept.popleft()
