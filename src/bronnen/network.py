# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which numbers are on the public internet: the guard of every request to an address that others gave."""

from __future__ import annotations

import ipaddress
from typing import Final

#: What the internet registries hand out to networks (RFC 4291, 2.4), less the ranges in it that carry an IPv4
#: address inside, which a gateway would unpack: Teredo and 6to4. NAT64 lies outside it.
UNICAST: Final = ipaddress.ip_network("2000::/3")
TUNNELS: Final = (ipaddress.ip_network("2001::/32"), ipaddress.ip_network("2002::/16"))


def is_public(address: str) -> bool:
    """Whether a number is on the public internet: not loopback, private, link-local, multicast and so on."""
    found = ipaddress.ip_address(address)
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    if found.version == 4:
        return True
    return found in UNICAST and not any(found in tunnel for tunnel in TUNNELS)
