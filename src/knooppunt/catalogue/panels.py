# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Panels on the home page, which draws those that have something to show.

An app names its own in its declaration (`flow.app.App`, `home`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """One panel: `content` gives what its template shows, or None to stay away."""

    order: int
    template: str
    stylesheet: str
    content: Callable[[], Content | None]


_panels: dict[str, Panel] = {}


def add(template: str, content: Callable[[], Content | None], order: int, stylesheet: str = "") -> None:
    _panels[template] = Panel(order, template, stylesheet, content)


def filled() -> list[tuple[Panel, Content]]:
    """The panels that have something to show, in their order."""
    panels = sorted(_panels.values(), key=lambda panel: panel.order)
    return [(panel, content) for panel in panels if (content := panel.content()) is not None]
