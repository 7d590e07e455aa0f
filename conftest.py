# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A running hub for the stories, and a real Chromium to walk through it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings
from tests.hub import Hub

# Tests judge answers, not time: the first example also pays for loading dictionaries or compiling kernels.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent / "shared"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Each test begins in Dutch, whatever language the page of the test before was in."""
    translation.activate("nl")
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """One hub with its real content for all stories."""
    running = Hub(tmp_path_factory.mktemp("hub") / "data")
    running.start()
    # The invented municipality has what the national agenda lacks: two editions, money spent, reviews.
    running.run("load", "agenda-example").check_returncode()
    running.wait_until_found("Voorbeeldstad")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; without one the stories are reported as not run, and in CI they fail."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        message = "not run: Chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return {"executable_path": found, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real inputs beside the project."""
    if not SHARED.is_dir():
        pytest.skip("not run: ../shared is absent")
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page is a browser test."""
    for item in items:
        if {"page", "context", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
