# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guard of every request to an address that others gave: it leads to the public internet, or nowhere.

A host is resolved once and *every* address it has is judged before one is dialled; what is dialled is an
address that was judged. So a name that later resolves to something else changes nothing, and a refusal tells
nothing of the inside: no port there was knocked at.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Final

#: What the internet registries hand out to networks (RFC 4291, 2.4), less the ranges in it that carry an IPv4
#: address inside, which a gateway would unpack: Teredo and 6to4. NAT64 lies outside it.
UNICAST: Final = ipaddress.ip_network("2000::/3")
TUNNELS: Final = (ipaddress.ip_network("2001::/32"), ipaddress.ip_network("2002::/16"))


class InsideError(ValueError):
    """The host may not be called: it is no host name, or an address of it is not on the public internet."""


def dial(host: str, port: int, timeout: float | None) -> socket.socket:
    """A connection to a host of which every address is public.

    `InsideError` when one is not, before anything is dialled; `OSError` when there is no answer.
    """
    refused: OSError | None = None
    for address in public_addresses(host, port):
        try:
            opened = socket.create_connection((address, port), timeout)
        except OSError as error:
            refused = error
            continue
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened
    raise refused or OSError(f"{host} has no address")


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, each once; `InsideError` unless all are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise InsideError("this is not a host name") from error
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not all(is_public(address) for address in addresses):
        raise InsideError("this host is not on the public internet")
    return addresses


def is_public(address: str) -> bool:
    """Whether a number is on the public internet: not loopback, private, link-local, multicast and so on."""
    found = ipaddress.ip_address(address)
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    if found.version == 4:
        return True
    return found in UNICAST and not any(found in tunnel for tunnel in TUNNELS)
