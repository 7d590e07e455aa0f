# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main menu. An app adds its own entry in `ready`; the base template draws what is there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, order=True)
class Entry:
    """One menu entry: lower `order` comes first; `view` is a URL name without arguments."""

    order: int
    view: str
    label: Promise | str


_entries: dict[str, Entry] = {}


def add(view: str, label: Promise | str, order: int) -> None:
    _entries[view] = Entry(order, view, label)


def entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.view))
