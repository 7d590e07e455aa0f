# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the hub keeps of a person, over all apps: each app declares how to export its part and let go."""

from __future__ import annotations

from typing import Any

from knooppunt.flow.app import Personal, declared
from knooppunt.people.models import User


def parts() -> dict[str, Personal]:
    """Every app's share, by name."""
    return {name: part for app in declared() for name, part in app.personal.items()}


def export(user: User) -> dict[str, Any]:
    """Everything, as plain data that JSON can hold."""
    return {name: part.export(user) for name, part in sorted(parts().items())}


def release(user: User) -> None:
    for part in parts().values():
        part.release(user)


def covered() -> set[str]:
    """Labels of the models that some part answers for."""
    return {label for part in parts().values() for label in part.models}
