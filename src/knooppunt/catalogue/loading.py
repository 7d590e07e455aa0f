# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Content that comes with the hub. An app registers a loader; loading twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Loader = Callable[[], str]
_loaders: dict[str, Loader] = {}
_on_request: set[str] = set()


def register(name: str, loader: Loader, *, on_request: bool = False) -> None:
    """`loader` is idempotent and atomic, and returns one line on what it did.

    What is loaded on request only (an invented example, say) must be asked for by name.
    """
    _loaders[name] = loader
    if on_request:
        _on_request.add(name)


def load_all(names: list[str] | None = None) -> Iterator[str]:
    """Run the named loaders (default: all but those on request); ValueError names what there is."""
    unknown = set(names or ()) - set(_loaders)
    if unknown:
        raise ValueError(
            f"no content named {', '.join(sorted(unknown))}; there is: {', '.join(sorted(_loaders))}"
        )
    for name in names or [n for n in _loaders if n not in _on_request]:
        yield f"{name}: {_loaders[name]()}"
