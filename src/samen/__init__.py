# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joint statistics on data nobody shares: three-party computation on secret tables.

Shares live in ``ring`` and ``bits``, holders in ``holder``, parties in ``party`` and ``runtime``, one module
per protocol in ``protocols``. Importing this package loads no compiler.
"""

from .bits import SharedBits, SharedWords
from .errors import (
    ChannelError,
    DisagreementError,
    FrameError,
    PeerLostError,
    RangeError,
    SamenError,
    UploadError,
)
from .party import Party
from .ring import Shared, fixed_point, from_fixed_point
from .runtime import run_processes, run_threads

__all__ = [
    "ChannelError",
    "DisagreementError",
    "FrameError",
    "Party",
    "PeerLostError",
    "RangeError",
    "SamenError",
    "Shared",
    "SharedBits",
    "SharedWords",
    "UploadError",
    "fixed_point",
    "from_fixed_point",
    "run_processes",
    "run_threads",
]
