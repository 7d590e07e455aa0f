# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy officer walks the step plan to a DOCX, and fills in the pre-scan that a privacy officer signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.test_every_page import sign_in
from tests.hub import Hub

WORDS = {
    "nl": {
        "plan": "Stappenplan", "start": "Begin uw eigen stappenplan", "begin": "Begin",
        "done": "Wij deden deze stap",
        "go_on": "Bewaar en ga verder", "docx": "Download als DOCX", "noted": "Wij zien schulden te laat.",
        "first": "Begin bij het probleem", "fill": "Vul in voor uw organisatie", "verdict": "Doe een DPIA",
        "send": "Stuur naar de privacy officer", "sign": "Teken", "signed": "getekend", "out": "Afmelden",
        "term": "Woorden op deze pagina",
    },
    "en": {
        "plan": "Step plan", "start": "Start your own step plan", "begin": "Begin",
        "done": "We did this step",
        "go_on": "Save and go on", "docx": "Download as DOCX", "noted": "We see debts too late.",
        "first": "Start from the problem", "fill": "Fill in for your organisation", "verdict": "Do a DPIA",
        "send": "Send to the privacy officer", "sign": "Sign", "signed": "signed", "out": "Sign out",
        "term": "Words on this page",
    },
}  # fmt: skip


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def accessible(page: Page) -> None:
    assert axe.findings(page) == [], page.url


@pytest.mark.parametrize(
    ("language", "javascript"), [("nl", True), pytest.param("en", False, marks=pytest.mark.full)]
)
def test_a_policy_officer_walks_the_step_plan_to_a_docx(
    hub: Hub, browser: Browser, tmp_path: Path, language: str, javascript: bool
):
    words = WORDS[language]
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    page = context.new_page()
    sign_in(page, hub, language, "municipal-editor")
    page.goto(f"{hub.url}/{language}/toolkit")
    page.get_by_role("link", name=words["plan"], exact=True).click()
    page.get_by_role("link", name=words["start"]).click()
    page.locator("#id_title").fill(f"Verhaal {language}")
    press(page, words["begin"])
    page.get_by_role("link", name=words["first"], exact=True).click()
    for number in range(7):
        page.get_by_label(words["done"]).check()
        page.locator("#id_note").fill(words["noted"] if number == 0 else "")
        if number == 0 and javascript:
            accessible(page)
        press(page, words["go_on"])
    with page.expect_download() as download:
        page.get_by_role("link", name=words["docx"]).click()
    file = tmp_path / "plan.docx"
    download.value.save_as(file)
    text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert words["noted"] in text
    assert words["first"] in text
    context.close()


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.full)])
def test_a_pre_scan_is_filled_in_and_signed(hub: Hub, page: Page, language: str):
    words = WORDS[language]
    sign_in(page, hub, language, "privacy-officer")
    page.goto(f"{hub.url}/{language}/instrumenten/dpia-prescan")
    accessible(page)
    page.get_by_role("link", name=words["fill"]).click()
    page.locator("#id_title").fill(f"Meten {language}")
    press(page, words["begin"])
    form = page.url
    page.goto(f"{form}/verwerking")
    page.locator('input[name="persoonsgegevens"][value="ja"]').check()
    press(page, words["go_on"])
    page.locator('textarea[name="doel"]').fill("Schulden eerder zien")
    press(page, words["go_on"])
    for value in ("bijzonder", "beoordelen"):
        page.locator(f'input[value="{value}"]').check()
    accessible(page)
    press(page, words["go_on"])
    expect(page.get_by_role("heading", name=words["verdict"])).to_be_visible()
    accessible(page)
    press(page, words["send"])
    press(page, words["sign"])
    expect(page.locator(".kp-badge", has_text=words["signed"])).to_be_visible()


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.full)])
def test_a_word_is_explained_on_the_page_itself(hub: Hub, page: Page, language: str):
    page.goto(f"{hub.url}/{language}/veelgestelde-vragen/wie-is-verantwoordelijk")
    link = page.locator("a.kp-term").first
    meaning = link.get_attribute("aria-describedby")
    expect(page.locator(f"#{meaning}")).not_to_be_empty()
    expect(page.get_by_role("heading", name=WORDS[language]["term"])).to_be_visible()
    accessible(page)
