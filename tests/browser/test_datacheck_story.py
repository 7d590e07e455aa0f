# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A data officer drops a catalogue, sees what to fix first, and takes the worklist away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from bronnen.tests.check.catalogues import WHOLE
from tests.browser import axe
from tests.hub import Hub

WORDS = {
    "nl": {
        "file": "Of een bestand", "check": "Controleer", "first": "Herstel dit eerst",
        "menu": "Data controleren",
        "download": "Download herstellijst (XLSX)", "sheet": "Eerst herstellen",
        "remove": "Verwijder deze controle",
        "now": "Verwijder nu", "removed": "De controle en de bestanden zijn verwijderd.",
        "said": "De dataset heeft geen maker", "page": "Het adres geeft een webpagina",
    },
    "en": {
        "file": "Or a file", "check": "Check", "first": "Fix this first", "menu": "Check data",
        "download": "Download worklist (XLSX)", "sheet": "Fix first", "remove": "Remove this check",
        "now": "Remove it now", "removed": "The check and its files are removed.",
        "said": "The dataset has no creator", "page": "The address gives a web page",
    },
}  # fmt: skip
READY = 60_000


def drop(page: Page, hub: Hub, language: str, path: Path) -> None:
    words = WORDS[language]
    page.goto(f"{hub.url}/{language}/")
    page.get_by_role("link", name=words["menu"]).click()
    assert axe.findings(page) == []
    page.get_by_label(words["file"]).set_input_files(path)
    page.get_by_role("button", name=words["check"], exact=True).click()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("javascript", [True, False])
def test_from_drop_to_downloaded_worklist(
    browser: Browser, hub: Hub, tmp_path: Path, language: str, javascript: bool
) -> None:
    words = WORDS[language]
    (catalogue := tmp_path / "catalogus.ttl").write_text(WHOLE.replace("dct:creator e:town ;", ""))
    context = browser.new_context(java_script_enabled=javascript, accept_downloads=True)
    page = context.new_page()
    drop(page, hub, language, catalogue) if javascript else _drop_plainly(page, hub, language, catalogue)
    expect(page.get_by_role("heading", name=words["first"])).to_be_visible(timeout=READY)
    expect(page.get_by_role("row", name=re.compile(words["said"]))).to_be_visible()
    if javascript:
        assert axe.findings(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name=words["download"]).click()
    download.value.save_as(tmp_path / "worklist.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "worklist.xlsx")).get_sheet_by_name(words["sheet"])
    assert words["said"] in rows.to_python()[1][1]
    page.get_by_role("link", name=words["remove"]).click()
    page.get_by_role("button", name=words["now"]).click()
    expect(page.get_by_text(words["removed"])).to_be_visible()
    context.close()


def _drop_plainly(page: Page, hub: Hub, language: str, path: Path) -> None:
    """Without scripts axe cannot run; all else is the same."""
    page.goto(f"{hub.url}/{language}/datacheck")
    page.get_by_label(WORDS[language]["file"]).set_input_files(path)
    page.get_by_role("button", name=WORDS[language]["check"], exact=True).click()


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.full)])
def test_what_cannot_be_read_is_no_dead_end(page: Page, hub: Hub, tmp_path: Path, language: str) -> None:
    (wrong := tmp_path / "page.html").write_text("<!doctype html><html><body>Niets</body></html>")
    drop(page, hub, language, wrong)
    expect(page.get_by_role("alert")).to_contain_text(WORDS[language]["page"], timeout=READY)
    assert axe.findings(page) == []
