# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A desk for a while: opened by a connector, asked with a file, asked back, answered by its team, judged."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_helpdesk_story import make_move
from tests.browser.test_practices_story import accessible, change_person, press
from tests.hub import Hub

WORDS = {
    "nl": {
        "open": "Open een bureau", "opened": "Open dit bureau", "title": "Vragen over zendmasten",
        "ask": "Stel de vraag", "text": "Mag een zendmast tellen hoeveel zeemeeuwen er broeden?",
        "take": "Neem deze vraag op", "back": "Vraag de vrager iets", "tell": "Vertel meer",
        "answer": "Beantwoord deze vraag", "waits": "wacht op de vrager", "yes": "Ja", "said": "U zei: Ja.",
    },
    "en": {
        "open": "Open a desk", "opened": "Open this desk", "title": "Questions on radio masts",
        "ask": "Ask", "text": "May a radio mast count how many gulls are breeding there?",
        "take": "Take this question", "back": "Ask the asker something", "tell": "Tell more",
        "answer": "Answer this question", "waits": "waits for the asker", "yes": "Yes",
        "said": "You said: Yes.",
    },
}  # fmt: skip
PDF = b"%PDF-1.7\n1 0 obj << >> endobj"


def open_desk(page: Page, hub: Hub, language: str, words: dict[str, str]) -> None:
    """Of the connector: one form, and the desk is there with a page of its own."""
    change_person(page, hub, language, "connector")
    page.goto(f"{hub.url}/{language}/helpdesk")
    page.get_by_role("link", name=words["open"], exact=True).click()
    page.locator("#id_title").fill(words["title"])
    page.locator("#id_about").fill(words["title"])
    page.locator("#id_ends").fill((date.today() + timedelta(days=7)).isoformat())
    page.locator("#id_team").fill("demo-data-steward")
    press(page, words["opened"])


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        ("nl", False),
        pytest.param("nl", True, marks=pytest.mark.full),
        pytest.param("en", True, marks=pytest.mark.full),
        pytest.param("en", False, marks=pytest.mark.full),
    ],
)
def test_a_desk_for_a_while(browser: Browser, hub: Hub, language: str, javascript: bool) -> None:
    words = WORDS[language]
    desk = browser.new_context(java_script_enabled=javascript).new_page()
    change_person(desk, hub, language, "data-steward")
    open_desk(desk, hub, language, words)

    # Somebody asks there, with a file.
    asker = browser.new_context(java_script_enabled=javascript).new_page()
    asker.goto(f"{hub.url}/{language}/helpdesk")
    asker.get_by_role("link", name=words["title"]).first.click()
    asker.locator("#id_text").fill(words["text"])
    asker.locator("#id_email").fill("asker@example.invalid")
    asker.locator("#id_files").set_input_files(
        {"name": "kaart.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(asker, words["ask"])
    expect(asker).to_have_url(re.compile(r"/helpdesk/vraag/\d+$"))
    expect(asker.get_by_role("link", name="kaart.pdf")).to_be_visible()
    question = asker.url
    if javascript:
        accessible(asker)

    # One of the team takes it, and asks something back; the asker tells more.
    change_person(desk, hub, language, "data-steward")
    desk.goto(f"{hub.url}/{language}/helpdesk/bureau")
    desk.locator(f"main a[href='{question.removeprefix(hub.url)}']").first.click()
    make_move(desk, words["take"])
    make_move(desk, words["back"], "Welke mast?")
    asker.goto(question)
    expect(asker.get_by_text(words["waits"]).first).to_be_visible()
    make_move(asker, words["tell"], "Die in de haven.")

    # The answer; the asker says in one click that it helped.
    desk.goto(question)
    make_move(desk, words["answer"], "Tellen mag.")
    if javascript:
        accessible(desk)
    asker.goto(question)
    press(asker, words["yes"])
    expect(asker.get_by_text(words["said"])).to_be_visible()
    if javascript:
        accessible(asker)
