# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What many parts of one request ask for is read once: roles, and who stands in whose place.

Outside a request or a batch everything is read anew each time. A change of what was read forgets it at
once, so a role that is taken back counts from that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

_kept: ContextVar[dict[Any, Any] | None] = ContextVar("read_once", default=None)


def once(key: Any, read: Callable[[], Any]) -> Any:
    """What `read` gives, from earlier in this request or batch where it was asked before."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]


def forget(**_signal: Any) -> None:
    """Read anew from here on."""
    if (kept := _kept.get()) is not None:
        kept.clear()


@contextmanager
def reading_once() -> Iterator[None]:
    """Begin with nothing read, keep what is read, and leave nothing behind."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


class Once:
    """Middleware: every request reads once."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading_once():
            return self.respond(request)
