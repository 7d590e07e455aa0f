# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures for the tests of the hub."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from tests.toykind.models import Toy

_numbers = itertools.count(1)


@pytest.fixture
def make_toy(db: None) -> Callable[..., Toy]:
    """Make an unsaved toy; `slug` and names are filled in."""

    def make(**values: Any) -> Toy:
        number = next(_numbers)
        names = {"slug": f"toy-{number}", "name_nl": f"Speelgoed {number}", "name_en": f"Toy {number}"}
        return Toy(**names | values)

    return make


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Any) -> None:
    """Each test has an index of its own."""
    settings.INDEX_FOLDER = tmp_path / "index"
