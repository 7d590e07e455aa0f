# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Inner loops: compiled with numba where it is installed, plain NumPy where it is not.

Both modules have the same functions with the same results bit for bit, so parties may differ in their choice.
``SAMEN_KERNELS=numpy`` (or ``numba``) forces one. Nothing is imported before the first use: a data
holder that only makes shares never loads numba, and neither does a party in a small run.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import threading
from types import ModuleType

_MODULES = {"numba": "compiled", "numpy": "plain"}
_chosen: ModuleType | None = None
_run = threading.local()

SMALL = 1 << 18
"""Shared words below which loading compiled kernels (over a second, more the first time) takes longer than
all that they save."""


def use(name: str) -> None:
    """Choose the kernels of this process: ``numba`` or ``numpy``."""
    global _chosen
    if name not in _MODULES:
        raise ValueError(f"SAMEN_KERNELS={name!r} is unknown; choose numba or numpy")
    _chosen = importlib.import_module(f".{_MODULES[name]}", __name__)


def suit(words: int) -> None:
    """Choose for a run of so many shared words in this thread, unless the environment has chosen."""
    _run.plain = words < SMALL and not os.environ.get("SAMEN_KERNELS")


def kernels() -> ModuleType:
    """The chosen kernels; the first call decides."""
    if getattr(_run, "plain", False):
        return importlib.import_module(".plain", __name__)
    if _chosen is None:
        use(os.environ.get("SAMEN_KERNELS") or ("numba" if importlib.util.find_spec("numba") else "numpy"))
    assert _chosen is not None  # noqa: S101 - for the type checker
    return _chosen
