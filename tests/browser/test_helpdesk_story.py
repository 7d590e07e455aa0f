# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first asker is helped at once; the second is answered, and what comes of it helps the third."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_practices_story import accessible, change_person, press
from tests.hub import Hub

WORDS = {
    "nl": {
        "ask": "Stel de vraag", "anyway": "Verstuur mijn vraag toch", "help": "Dit hielp",
        "take": "Neem deze vraag op", "answer": "Beantwoord deze vraag", "publish": "Publiceer dit antwoord",
        "propose": "Stel voor bij de veelgestelde vragen", "hidden": "[telefoonnummer]",
        "known": "Wij delen gegevens met een andere organisatie. Wie is verantwoordelijk?",
        "new": "Mogen strandtenten bezoekers met zwerfvuildrones tellen? Bel mij op 06-12345678.",
        "public": "Mogen strandtenten bezoekers met zwerfvuildrones tellen?",
        "reply": "Tellen mag, als niemand te herkennen is. Leg vast hoe u dat zeker weet.",
    },
    "en": {
        "ask": "Ask", "anyway": "Send my question anyway", "help": "This helped",
        "take": "Take this question", "answer": "Answer this question", "publish": "Publish this answer",
        "propose": "Propose for the frequently asked questions", "hidden": "[phone number]",
        "known": "We share data with another organisation. Who is responsible?",
        "new": "May lighthouse keepers count seagulls with tourist cameras? Call me on 06-12345678.",
        "public": "May lighthouse keepers count seagulls with tourist cameras?",
        "reply": "You may count when nobody can be recognised. Write down how you know that for sure.",
    },
}  # fmt: skip


def make_move(page: Page, name: str, text: str = "") -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.locator("#id_text").fill(text)
    press(page, name)


def ask(page: Page, home: str, text: str, button: str, address: str) -> None:
    page.goto(home)
    page.locator("#id_text").fill(text)
    page.locator("#id_email").fill(address)
    press(page, button)


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        ("nl", True),
        pytest.param("nl", False, marks=pytest.mark.full),
        pytest.param("en", True, marks=pytest.mark.full),
        pytest.param("en", False, marks=pytest.mark.full),
    ],
)
def test_three_askers(browser: Browser, hub: Hub, language: str, javascript: bool) -> None:
    words = WORDS[language]
    home = f"{hub.url}/{language}/helpdesk"
    address = f"asker-{language}-{javascript}@example.invalid"  # one address may ask five a day

    # The first finds an answer before anything is sent.
    first = browser.new_context(java_script_enabled=javascript).new_page()
    first.goto(home)
    if javascript:
        first.locator("#id_text").press_sequentially(words["known"])
        expect(first.locator("#suggestions li").first).to_be_visible()
        accessible(first)
    else:
        ask(first, home, words["known"], words["ask"], address)
    with first.expect_navigation():
        first.locator("#suggestions button", has_text=words["help"]).first.click()
    expect(first).to_have_url(re.compile("veelgestelde-vragen|begrippen|praktijken"))

    # The second finds none, and sends the question.
    second = browser.new_context(java_script_enabled=javascript).new_page()
    ask(second, home, words["new"], words["ask"], address)
    if second.get_by_role("button", name=words["anyway"]).count():
        press(second, words["anyway"])
    expect(second).to_have_url(re.compile(r"/helpdesk/vraag/\d+$"))
    question = second.url
    if javascript:
        accessible(second)

    # An expert answers and proposes it; the one who proposed cannot publish.
    desk = browser.new_context(java_script_enabled=javascript).new_page()
    change_person(desk, hub, language, "hub-editor")
    desk.goto(f"{home}/bureau")
    if javascript:
        accessible(desk)
    desk.locator(f"main a[href='{question.removeprefix(hub.url)}']").first.click()
    make_move(desk, words["take"])
    make_move(desk, words["answer"], words["reply"])
    make_move(desk, words["propose"])
    expect(desk.get_by_role("link", name=words["publish"])).to_have_count(0)
    second.reload()
    expect(second.get_by_text(words["reply"])).to_be_visible()

    # A second reader sees what was redacted, and publishes.
    change_person(desk, hub, language, "administrator")
    desk.goto(question)
    desk.get_by_role("link", name=words["publish"], exact=True).click()
    expect(desk.locator("#id_question")).to_have_value(re.compile(re.escape(words["hidden"])))
    desk.locator("#id_question").fill(words["public"])
    desk.locator("#id_checked").check()
    if javascript:
        accessible(desk)
    press(desk, words["publish"])

    # The third finds it, and nobody without the link sees the question itself.
    third = browser.new_context(java_script_enabled=javascript).new_page()
    hub.wait_until_found(words["public"].split()[1])
    ask(third, home, words["public"].lower(), words["ask"], address)
    expect(third.locator("#suggestions h3").first).to_have_text(words["public"])
    answer = third.goto(question)
    assert answer is not None
    assert answer.status == 404
