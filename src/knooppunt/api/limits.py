# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often one may ask: counted per minute, per token or address, in each server process."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

WINDOW = 60


@dataclass(frozen=True)
class Standing:
    """Where a caller stands: the limit, how much is left, and seconds until it counts anew."""

    limit: int
    left: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.left)),
            "RateLimit-Reset": str(self.reset),
        }


def address_of(request: HttpRequest) -> str:
    """The caller's address: the last that a proxy of our own wrote, else that of the connection."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if count and len(forwarded) >= count and forwarded[-count]:
        return forwarded[-count]
    return request.META.get("REMOTE_ADDR", "")


def count(caller: str, limit: int, window: int = WINDOW) -> Standing | None:
    """Count one request of this caller in `window` seconds; None when there is no limit (0)."""
    if not limit:
        return None
    now = int(time.time())
    key = f"{caller}:{now // window}"
    cache = caches["limits"]
    cache.add(key, 0, window * 2)
    return Standing(limit, limit - cache.incr(key), window - now % window)
