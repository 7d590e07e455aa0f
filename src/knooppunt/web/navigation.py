# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main menu, and what stands at the foot of every page. An app adds its own entry in `ready`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, order=True)
class Entry:
    """One menu entry: lower `order` comes first; `view` is a URL name without arguments.

    `foot`: it stands at the foot of the page, so that the menu stays short enough for one line.
    """

    order: int
    view: str
    label: Promise | str
    foot: bool = False


_entries: dict[str, Entry] = {}


def add(view: str, label: Promise | str, order: int, *, foot: bool = False) -> None:
    _entries[view] = Entry(order, view, label, foot)


def entries(*, foot: bool = False) -> list[Entry]:
    """The entries of the menu, or those at the foot, in their order."""
    chosen = (entry for entry in _entries.values() if entry.foot == foot)
    return sorted(chosen, key=lambda entry: (entry.order, entry.view))
