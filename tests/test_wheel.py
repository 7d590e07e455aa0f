# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a wheel holds: everything a hub needs to run, and nothing that only builds or tests it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.full
def test_the_wheel_is_complete_and_clean(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "knooppunt/web/static/build/theme.css",
        "knooppunt/web/static/build/hub.js",
        "knooppunt/locale/nl/LC_MESSAGES/django.mo",
        "knooppunt/agenda/locale/nl/LC_MESSAGES/django.mo",
        "knooppunt/web/templates/web/base.html",
        "knooppunt/catalogue/migrations/0001_initial.py",
        "bronnen/__init__.py",
        "samen/__init__.py",
    ):
        assert needed in names, f"{needed} is missing"
    assert any(name.startswith("knooppunt/agenda/content/") for name in names)
    for name in names:
        assert "/tests/" not in name, f"{name} is for tests only"
        assert "node_modules" not in name
