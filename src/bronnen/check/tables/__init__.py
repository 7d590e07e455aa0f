# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requirement tables: what each specification asks, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

#: Specifications of each profile, from the general to the particular.
PROFILES: Final = {"eu": ("dcat-ap",), "nl": ("dcat-ap", "dcat-ap-nl")}


@cache
def table(name: str) -> dict[str, Any]:
    """The table of this name, read once."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
