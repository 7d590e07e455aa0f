# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other apps show on the page of an organisation. An app adds its own in `ready`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from knooppunt.people.models import Organisation

# What a template shows of an organisation to this reader, or None to stay away.
Show = Callable[[Organisation, Any], dict[str, Any] | None]
_parts: dict[str, tuple[int, Show]] = {}


def add(template: str, show: Show, order: int) -> None:
    _parts[template] = (order, show)


def parts(organisation: Organisation, reader: Any) -> list[tuple[str, dict[str, Any]]]:
    """Templates with what they show, in their order."""
    in_order = sorted(_parts.items(), key=lambda part: part[1][0])
    shown = ((template, show(organisation, reader)) for template, (_order, show) in in_order)
    return [(template, content) for template, content in shown if content is not None]
