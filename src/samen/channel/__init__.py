# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How parties exchange messages: in memory between threads, or over TCP between processes."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Payload = NDArray[np.uint8]


class Channel(Protocol):
    """Ordered, reliable messages to the two other parties.

    ``label`` says which protocol a message belongs to, ``clock`` how many sequential messages led to it;
    a receiver refuses a message of another label or size than it expects.
    """

    sent_bytes: int

    def send(self, to: int, payload: Payload, label: int, clock: int) -> None:
        """Hand over a message; its memory must not be written again."""

    def receive(self, source: int) -> tuple[Payload, int, int]:
        """The next message of a party: payload, label, clock."""

    def close(self, reason: str | None = None) -> None:
        """End the session; a reason tells the others that it failed and why."""
