# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pictures in the README, taken from the running hub: `make docs` keeps them, a test run does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.hub import Hub

PICTURES = {
    "home": "/en/",
    "search": "/en/zoeken?q=debts",
    "challenge": "/en/opgaven/poverty-debt",
    "practice": "/en/praktijken/vivet",
    "timeline": "/en/agenda/nl-digitaal-2019/tijdlijn",
    "budget": "/en/agenda/nl-digitaal-2019/begroting",
    "initiative": "/en/initiatieven/patronen-in-schulden#peers",
    "circle": "/en/kringen/betalingsachterstanden",
}
README = Path(__file__).resolve().parent.parent.parent / "README.md"


@pytest.mark.full
def test_the_pictures_of_the_readme(browser: Browser, hub: Hub, tmp_path: Path) -> None:
    folder = Path(os.environ.get("KNOOPPUNT_SCREENSHOTS") or tmp_path)
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    for name, path in PICTURES.items():
        assert page.goto(hub.url + path).status == 200
        picture = page.screenshot(path=folder / f"{name}.png")
        assert len(picture) > 10_000, f"{name} is an empty page"
        assert f"docs/images/{name}.png" in README.read_text(encoding="utf-8")
    context.close()
