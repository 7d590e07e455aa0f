# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joint statistics on data nobody shares: three-party computation on secret tables.

Shares live in ``ring`` and ``bits``, holders in ``holder``, parties in ``party`` and ``runtime``, one module
per protocol in ``protocols``. Questions in SQL are asked with ``Study``, ``run`` and ``Table``.
Importing this package loads nothing before it is used: no compiler, no SQL, no NumPy.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import Result, Study, Table, run
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
    "Result",
    "SamenError",
    "Shared",
    "SharedBits",
    "SharedWords",
    "Study",
    "Table",
    "UploadError",
    "fixed_point",
    "from_fixed_point",
    "run",
    "run_processes",
    "run_threads",
]

_ROOMS = {
    "api": ("Result", "Study", "Table", "run"),
    "bits": ("SharedBits", "SharedWords"),
    "party": ("Party",),
    "ring": ("Shared", "fixed_point", "from_fixed_point"),
    "runtime": ("run_processes", "run_threads"),
}


def __getattr__(name: str) -> Any:
    """Each name is loaded from its module when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = next((room for room, names in _ROOMS.items() if name in names), "errors")
    return getattr(importlib.import_module(f".{room}", __name__), name)
