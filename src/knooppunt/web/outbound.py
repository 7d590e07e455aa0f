# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests that we send to addresses given by others, safe against server-side request forgery.

The guard is that of `bronnen.network`: every address of the host must be public, and only what was judged is
dialled. No redirects. A call is cut off after `DEADLINE`, however slowly the other side drips its answer.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import suppress
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.utils.encoding import iri_to_uri

from bronnen import network

TIMEOUT = 10.0
DEADLINE = 20.0


class OutboundRefusedError(ValueError):
    """The address may not be called; the message says why."""


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """POST over https to a public host; returns the status. OSError when it cannot be reached."""
    parts, port = _parts(url)
    connection = _GuardedConnection(parts.hostname or "", port)
    cut = Timer(DEADLINE, connection.cut)
    cut.start()
    try:
        path = iri_to_uri(parts._replace(scheme="", netloc="", path=parts.path or "/", fragment="").geturl())
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except network.InsideError as error:
        raise OutboundRefusedError(str(error)) from error
    except http.client.HTTPException as error:
        raise OSError(f"no answer in HTTP: {type(error).__name__}") from error
    finally:
        cut.cancel()
        connection.close()


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:
        raise OutboundRefusedError("this is not an address") from error
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise OutboundRefusedError("only https addresses without a user name can be called")
    return parts, port


class _GuardedConnection(http.client.HTTPSConnection):
    """Dials public addresses only, while verifying the certificate of the host name."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=ssl.create_default_context())

    def connect(self) -> None:
        plain = network.dial(self.host, self.port, TIMEOUT)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()  # not before `cut` can reach the socket

    def cut(self) -> None:
        """End the connection from another thread: whoever waits for it gets an error at once."""
        if self.sock:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
