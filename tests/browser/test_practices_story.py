# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality tells what it did: written, read by a colleague, mended, published; a follower is told."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.test_every_page import sign_in
from tests.hub import Hub

WORDS = {
    "nl": {
        "start": "Beginnen als concept", "go_on": "Bewaar en ga verder", "stop": "Bewaar en stop",
        "write": "Schrijf verder", "submit": "Stuur naar een tweede lezer", "ask": "Vraag om wijzigingen",
        "accept": "Akkoord, stuur naar de hub", "publish": "Publiceer nu", "comment": "Plaats deze reactie",
        "gap": "Niet gemeld.", "follow": "Volg deze zoekvraag per mail", "out": "Afmelden",
        "done": "Dit is gedaan", "history": "Geschiedenis (1 versie)",
    },
    "en": {
        "start": "Start as a draft", "go_on": "Save and go on", "stop": "Save and stop",
        "write": "Go on writing", "submit": "Send to a second reader", "ask": "Ask for changes",
        "accept": "Agree, and send to the hub", "publish": "Publish now", "comment": "Add this comment",
        "gap": "Not reported.", "follow": "Follow this search by mail", "out": "Sign out",
        "done": "This is done", "history": "History (1 version)",
    },
}  # fmt: skip


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers: leaving earlier would undo the press."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def change_person(page: Page, hub: Hub, language: str, persona: str) -> None:
    if page.get_by_role("button", name=WORDS[language]["out"]).count():
        press(page, WORDS[language]["out"])
    sign_in(page, hub, language, persona)


def make_move(page: Page, words: dict[str, str], name: str, note: str = "") -> None:
    """Go to the page of a move and make it; its button has the same words as the link to it."""
    page.get_by_role("link", name=words[name]).click()
    if note:
        page.locator("#id_note").fill(note)
    press(page, words[name])


def accessible(page: Page) -> None:
    assert axe.findings(page) == [], page.url


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        ("nl", True),
        pytest.param("nl", False, marks=pytest.mark.full),
        pytest.param("en", True, marks=pytest.mark.full),
        pytest.param("en", False, marks=pytest.mark.full),
    ],
)
def test_from_a_first_line_to_a_followers_mail(
    browser: Browser, hub: Hub, language: str, javascript: bool
) -> None:
    words, mark = WORDS[language], f"Zwerfkiesel{language}{'met' if javascript else 'zonder'}"
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    address = f"{hub.url}/{language}/praktijken"

    # A follower asks to be told of everything on public space.
    sign_in(page, hub, language, "member")
    page.goto(f"{hub.url}/{language}/zoeken?q={mark}&kind=practice")
    press(page, words["follow"])

    # An editor of a municipality writes.
    change_person(page, hub, language, "municipal-editor")
    page.goto(f"{address}/nieuw?opgave=public-space")
    page.locator("#id_title").fill(f"{mark} geteld met foto's")
    page.locator("#id_summary").fill("Foto's van straten laten zien waar afval ligt.")
    expect(page.locator('input[value="public-space"]')).to_be_checked()
    accessible(page) if javascript else None
    press(page, words["start"])
    page.locator("#id_problem").fill("Niemand weet waar het afval ligt.")
    page.locator("#id_data-0-name").fill("Foto's van straten")
    page.locator('input[name="data-0-origin"][value="sensors"]').check()
    page.locator("#id_partners").fill("Gemeente Gouwda")
    press(page, words["go_on"])
    expect(page.locator(".kp-error").first).to_contain_text("Gouda")
    expect(page.locator("#id_problem")).to_have_value("Niemand weet waar het afval ligt.")
    accessible(page) if javascript else None
    page.locator("#id_partners").fill("gouda")
    press(page, words["stop"])
    work = page.url
    make_move(page, words, "submit")
    expect(page.get_by_role("link", name=words["accept"])).to_have_count(0)

    # A colleague reads it and asks for a change.
    change_person(page, hub, language, "municipal-reviewer")
    page.goto(f"{address}/werk")
    page.get_by_role("link", name=re.compile(mark)).first.click()
    page.locator("#id_text").fill("Noem ook wat mislukte.")
    press(page, words["comment"])
    make_move(page, words, "ask", "Er ontbreekt iets, zie mijn reactie.")

    # The editor mends it and sends it again.
    change_person(page, hub, language, "municipal-editor")
    page.goto(work)
    expect(page.locator("main")).to_contain_text("Er ontbreekt iets")
    page.get_by_role("button", name=words["done"]).click()
    expect(page.get_by_role("button", name=words["done"])).to_have_count(0)
    press(page, words["write"])
    page.locator("#id_failed").fill("In de regen waren de foto's te donker.")
    press(page, words["stop"])
    accessible(page) if javascript else None
    make_move(page, words, "submit")

    # Read, agreed, and published by the hub; nothing was public before.
    assert hub.get(work.removeprefix(hub.url).removesuffix("/werk"))[0] == 404
    change_person(page, hub, language, "municipal-reviewer")
    page.goto(work)
    make_move(page, words, "accept")
    change_person(page, hub, language, "hub-editor")
    page.goto(work)
    make_move(page, words, "publish")

    # Anyone reads it, with its gaps; the follower has mail and the feed has an entry.
    change_person(page, hub, language, "member")
    page.goto(work.removesuffix("/werk"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(mark)
    expect(page.locator("#failed + p")).to_contain_text("te donker")
    expect(page.locator("#cost + p")).to_have_text(words["gap"])
    accessible(page) if javascript else None
    page.get_by_role("link", name=words["history"]).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    accessible(page) if javascript else None
    context.close()
    hub.wait_until_found(mark)
    assert mark in hub.get(f"/{language}/zoeken.atom?q={mark}")[1]
    assert is_told(hub, mark), "no mail came for the follower"


def is_told(hub: Hub, mark: str, seconds: float = 40) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for file in (hub.folder / "mail").glob("*"):
            text = file.read_text(encoding="utf-8", errors="replace")
            if "demo-member@" in text and mark in text:
                return True
        time.sleep(0.5)
    return False


def test_two_editors_at_once_lose_nothing(browser: Browser, hub: Hub) -> None:
    one, other = browser.new_context().new_page(), browser.new_context().new_page()
    sign_in(one, hub, "nl", "municipal-editor")
    sign_in(other, hub, "nl", "municipal-reviewer")
    one.goto(f"{hub.url}/nl/praktijken/nieuw?opgave=skills")
    one.locator("#id_title").fill("Twee schrijvers")
    one.locator("#id_summary").fill("Om te zien wat er gebeurt.")
    press(one, "Beginnen als concept")
    edit = one.url.partition("?")[0]
    other.goto(edit)
    expect(other.get_by_role("alert").first).to_contain_text("schrijft sinds")
    other.locator("#id_problem").fill("Mijn tekst, die niet verloren mag gaan.")
    press(other, "Bewaar en stop")
    expect(other.locator("#id_problem")).to_have_value("Mijn tekst, die niet verloren mag gaan.")
    one.locator("#id_problem").fill("De tekst van de eerste.")
    press(one, "Bewaar en stop")
    one.goto(edit)
    press(one, "Stop zonder te bewaren")
    press(other, "Bewaar en stop")
    expect(other.locator(".practices-diff").first).to_contain_text("De tekst van de eerste.")
    expect(other.locator("#id_problem")).to_have_value("Mijn tekst, die niet verloren mag gaan.")
    assert axe.findings(other) == []
    press(other, "Bewaar en stop")
    other.get_by_role("link", name=re.compile("^Tekst 2,")).click()
    expect(other.locator("del")).to_contain_text("De tekst van de eerste.")
    assert axe.findings(other) == []
    one.context.close()
    other.context.close()
