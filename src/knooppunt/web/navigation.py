# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main menu, and what stands at the foot of every page. An app adds its own entry in `ready`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
_personal: dict[str, tuple[Promise | str, Callable[[Any], bool]]] = {}


def add(view: str, label: Promise | str, order: int, *, foot: bool = False) -> None:
    _entries[view] = Entry(order, view, label, foot)


def entries(*, foot: bool = False) -> list[Entry]:
    """The entries of the menu, or those at the foot, in their order."""
    chosen = (entry for entry in _entries.values() if entry.foot == foot)
    return sorted(chosen, key=lambda entry: (entry.order, entry.view))


def add_personal(view: str, label: Promise | str, may: Callable[[Any], bool]) -> None:
    """Have a page linked from the home of the accounts for which it is there."""
    _personal[view] = (label, may)


def personal(user: Any) -> list[tuple[str, Promise | str]]:
    """The pages that are there for this account, each with its label."""
    return [(view, label) for view, (label, may) in _personal.items() if may(user)]
