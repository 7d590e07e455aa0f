# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bytes on a TCP connection: a greeting each way, then frames.

Frame header, 32 bytes little-endian: magic ``KS``, kind, zero, label, clock, zero, payload length, sequence
number; then CRC-32 of those 28 bytes. Data frames are numbered from 0 per direction. Payload bytes
are guarded by TCP here and by TLS when parties are at different organisations.
"""

from __future__ import annotations

import socket
import struct
import zlib
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ..errors import DisagreementError, FrameError
from . import Payload

VERSION = 1
MAX_PAYLOAD = 1 << 30
_HEADER = struct.Struct("<2sBxIIQQ")
_CRC = struct.Struct("<I")
HEADER_BYTES = _HEADER.size + _CRC.size
_HELLO = struct.Struct("<8sHB5x16s32sQ")
_HELLO_MAGIC = b"samen\0ks"


class Kind(IntEnum):
    DATA = 1
    ACK = 2
    """``sequence`` is the first number not yet received: everything before it may be forgotten."""
    FAREWELL = 3
    """The sender is done; the connection closes next."""
    ABORT = 4
    """The sender failed; the payload is the reason."""


@dataclass(frozen=True, slots=True)
class Header:
    kind: Kind
    length: int
    sequence: int
    label: int = 0
    clock: int = 0

    def pack(self) -> bytes:
        body = _HEADER.pack(b"KS", self.kind, self.label, self.clock, self.length, self.sequence)
        return body + _CRC.pack(zlib.crc32(body))


def parse(data: bytes, peer: int) -> Header:
    """Raises FrameError when the bytes are no header or announce an oversized payload."""
    body, check = data[: _HEADER.size], data[_HEADER.size :]
    magic, kind, label, clock, length, sequence = _HEADER.unpack(body)
    if magic != b"KS" or _CRC.unpack(check)[0] != zlib.crc32(body) or kind not in Kind.__members__.values():
        raise FrameError(
            f"party {peer} sent bytes that are no frame; something between the parties changes the stream, "
            "or another program uses this port: check address and proxy, then start a new run"
        )
    if length > MAX_PAYLOAD:
        raise FrameError(
            f"party {peer} announces a frame of {length} bytes; at most {MAX_PAYLOAD} are accepted"
        )
    return Header(Kind(kind), length, sequence, label, clock)


@dataclass(frozen=True, slots=True)
class Hello:
    """First bytes in both directions of every connection of a session."""

    party: int
    session: bytes
    program: bytes
    received: int
    """How many data frames the sender of this greeting has: the other resends from there."""

    def pack(self) -> bytes:
        return _HELLO.pack(_HELLO_MAGIC, VERSION, self.party, self.session, self.program, self.received)


HELLO_BYTES = _HELLO.size


def parse_hello(data: bytes, mine: Hello) -> Hello:
    """FrameError for bytes that are no greeting, DisagreementError when the two cannot compute together."""
    magic, version, party, session, program, received = _HELLO.unpack(data)
    if magic != _HELLO_MAGIC or party not in (0, 1, 2) or party == mine.party:
        raise FrameError("a connection did not greet as another party of samen; check the address list")
    if version != VERSION:
        raise DisagreementError(
            f"party {party} speaks version {version}, this party {VERSION}; install the same"
        )
    if session != mine.session:
        raise DisagreementError(f"party {party} is in another session; give all parties the same session id")
    if program != mine.program:
        raise DisagreementError(
            f"party {party} runs another program or study file; "
            "compare the files at both parties, then start again"
        )
    return Hello(party, session, program, received)


def read_exactly(connection: socket.socket, count: int) -> Payload:
    """``count`` bytes; ConnectionError when the other side stops before."""
    buffer = np.empty(count, dtype=np.uint8)
    view = buffer.data
    while view:
        got = connection.recv_into(view, len(view), socket.MSG_WAITALL)
        if got == 0:
            raise ConnectionResetError("connection closed")
        view = view[got:]
    return buffer
