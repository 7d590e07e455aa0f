# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests that we send to addresses given by others, safe against server-side request forgery.

The host is resolved once, every address it has must be public, and the connection goes to the address
that was checked: a name that later resolves to something else changes nothing. No redirects.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urlsplit

TIMEOUT = 10.0


class OutboundRefusedError(ValueError):
    """The address may not be called; the message says why."""


def is_public(address: str) -> bool:
    """True for an address on the public internet (not loopback, private, link-local, multicast …)."""
    return ipaddress.ip_address(address).is_global


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """POST over https to a public host; returns the status. OSError when it cannot be reached."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise OutboundRefusedError("only https addresses without a user name can be called")
    address = _checked_address(parts.hostname, parts.port or 443)
    connection = _PinnedConnection(parts.hostname, address, parts.port or 443)
    try:
        path = parts.path or "/"
        connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _checked_address(host: str, port: int) -> str:
    addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not addresses or not all(is_public(address) for address in addresses):
        raise OutboundRefusedError("this host is not on the public internet")
    return addresses[0]


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to a given address while verifying the certificate of the host name."""

    def __init__(self, host: str, address: str, port: int) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)
