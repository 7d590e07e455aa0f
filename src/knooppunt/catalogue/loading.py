# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Content that comes with the hub. An app registers a loader; loading twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Loader = Callable[[], str]
_loaders: dict[str, Loader] = {}


def register(name: str, loader: Loader) -> None:
    """`loader` is idempotent and atomic, and returns one line on what it did."""
    _loaders[name] = loader


def load_all(names: list[str] | None = None) -> Iterator[str]:
    """Run the named loaders (default: all); LookupError names what there is."""
    unknown = set(names or ()) - set(_loaders)
    if unknown:
        raise LookupError(
            f"no content named {', '.join(sorted(unknown))}; there is: {', '.join(sorted(_loaders))}"
        )
    for name in names or list(_loaders):
        yield f"{name}: {_loaders[name]()}"
