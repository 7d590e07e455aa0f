# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joint statistics on data nobody shares: three-party computation on secret tables.

Shares live in ``ring`` and ``bits``, holders in ``holder``, parties in ``party`` and ``runtime``, one module
per protocol in ``protocols``. Questions in SQL are asked with ``Study``, ``run`` and ``Table``.
Importing this package loads no compiler, and nothing of SQL before it is used.
"""

from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from .api import Result, Study, Table, run

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


def __getattr__(name: str) -> Any:
    """The face of questions is loaded when it is first used."""
    if name in ("Result", "Study", "Table", "run"):
        from . import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
