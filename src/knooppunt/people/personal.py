# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the hub keeps of a person, over all apps: each app says how to export its part and how to let go.

An app with personal data registers both in `ready`; a test fails for a model with an account that is in no
part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knooppunt.people.models import User


@dataclass(frozen=True)
class Part:
    """One app's share: `export` gives plain data, `release` is called before the account is deleted and
    keeps what others rely on without the person's name. `models` are labels such as "people.Profile"."""

    export: Callable[[User], Any]
    release: Callable[[User], None]
    models: tuple[str, ...]


_parts: dict[str, Part] = {}


def _nothing(user: User) -> None:
    """What goes with the account by itself needs no more."""


def register(
    name: str,
    *,
    models: tuple[str, ...],
    export: Callable[[User], Any],
    release: Callable[[User], None] = _nothing,
) -> None:
    _parts[name] = Part(export, release, models)


def export(user: User) -> dict[str, Any]:
    """Everything, as plain data that JSON can hold."""
    return {name: part.export(user) for name, part in sorted(_parts.items())}


def release(user: User) -> None:
    for part in _parts.values():
        part.release(user)


def covered() -> set[str]:
    """Labels of the models that some part answers for."""
    return {label for part in _parts.values() for label in part.models}
