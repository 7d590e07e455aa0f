# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy officer looks for who works on debts: finds it, narrows it down, follows it, is told."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_every_page import sign_in
from tests.hub import Hub

WORDS = {
    "nl": {
        "question": "Welk probleem wilt u oplossen met data?", "query": "schulden", "search": "Zoeken",
        "apply": "Filters toepassen", "follow": "Volg deze pagina", "stop": "Stop met volgen",
        "skip": "Naar de inhoud", "nothing": "Niets gevonden. Wat nu?",
    },
    "en": {
        "question": "Which problem do you want to solve with data?", "query": "debts", "search": "Search",
        "apply": "Apply filters", "follow": "Follow this page", "stop": "Stop following",
        "skip": "Skip to content", "nothing": "Nothing found. What now?",
    },
}  # fmt: skip
BOTH = pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.full)])


@BOTH
@pytest.mark.parametrize("javascript", [True, False])
def test_find_narrow_down_and_follow(browser: Browser, hub: Hub, language: str, javascript: bool) -> None:
    words = WORDS[language]
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    sign_in(page, hub, language, "member")
    page.goto(f"{hub.url}/{language}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["question"])
    page.get_by_role("searchbox").fill(words["query"])
    page.get_by_role("button", name=words["search"]).click()
    results = page.locator("#results article")
    expect(results.first).to_contain_text(re.compile("Armoede en schulden|Poverty and debts"))
    expect(
        results.filter(has_text=re.compile("voorbeeldprojecten|example projects", re.I))
    ).not_to_have_count(0)
    before = results.count()
    box = page.locator('input[name="challenge"]').first
    box.check()
    if not javascript:
        page.get_by_role("button", name=words["apply"]).click()
    expect(page).to_have_url(re.compile("challenge="))
    assert 0 < results.count() <= before
    results.first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name=words["follow"]).click()
    expect(page.get_by_role("button", name=words["stop"])).to_be_visible()
    page.get_by_role("button", name=words["stop"]).click()
    expect(page.get_by_role("button", name=words["follow"])).to_be_visible()
    context.close()


def test_a_filter_keeps_the_focus_and_takes_the_whole_page_along(browser: Browser, hub: Hub) -> None:
    """What stands outside the results (follow, feed, other language, sign in) is about the same search."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, "nl", "member")
    page.goto(f"{hub.url}/nl/zoeken?q=data")
    box = page.locator('input[name="challenge"]').first
    code = box.get_attribute("value")
    before = page.get_by_role("status").inner_text()
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(f"challenge={code}"))
    expect(page.get_by_role("status")).not_to_have_text(before)
    expect(page.locator(f'input[name="challenge"][value="{code}"]')).to_be_focused()
    assert f"challenge={code}" in page.locator('#search-actions input[name="search"]').input_value()
    assert f"challenge={code}" in page.get_by_role("link", name="English").get_attribute("href")
    page.evaluate("sessionStorage.removeItem('htmx-history-cache')")  # as after ten other pages
    page.go_back()
    expect(page).to_have_url(f"{hub.url}/nl/zoeken?q=data")
    expect(page.get_by_role("status")).to_have_text(before)
    expect(page.locator("header")).to_be_visible()
    expect(page.locator(f'input[name="challenge"][value="{code}"]')).not_to_be_checked()
    context.close()


@BOTH
def test_an_empty_result_is_no_dead_end(page: Page, hub: Hub, language: str) -> None:
    page.goto(f"{hub.url}/{language}/zoeken?q=qqqqqq")
    expect(page.get_by_text(WORDS[language]["nothing"])).to_be_visible()
    assert page.locator("main a").count() >= 3


def test_the_language_switch_keeps_the_page_and_its_state(page: Page, hub: Hub) -> None:
    page.goto(f"{hub.url}/nl/zoeken?q=rekenkamer&kind=action")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{hub.url}/en/zoeken?q=rekenkamer&kind=action")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("#results article").count() >= 1


@BOTH
def test_by_keyboard_alone(page: Page, hub: Hub, language: str) -> None:
    """Tab reaches the skip link first, then search; Enter searches; Tab reaches the first result."""
    page.goto(f"{hub.url}/{language}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=WORDS[language]["skip"])).to_be_focused()
    page.goto(f"{hub.url}/{language}/zoeken")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type(WORDS[language]["query"])
    searches: list[str] = []
    page.on("request", lambda request: "/zoeken" in request.url and searches.append(request.url))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("#results mark").first).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('#results article')"):
            break
    assert len(searches) == 1, "a second answer to one Enter takes the focus away"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focused link cannot be seen"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/opgaven/"))


@pytest.mark.parametrize(
    "path",
    [
        *("/nl/", "/nl/zoeken?q=data", "/nl/kaart", "/nl/agenda/nl-digitaal-2019", "/en/aanmelden"),
        *("/nl/organisaties", "/nl/organisaties/gemeente-breda", "/nl/praktijken/vivet", "/nl/datacheck"),
        *("/en/opgaven/poverty-debt", "/nl/data"),
    ],
)
@pytest.mark.parametrize("width", [320, 640])
def test_nothing_falls_off_a_phone_or_a_page_at_200_percent(
    page: Page, hub: Hub, path: str, width: int
) -> None:
    """320 px is the narrowest screen of WCAG 1.4.10; 640 px is a 1280 px window at 200 % zoom."""
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(hub.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@BOTH
def test_a_follower_is_told_what_changed(browser: Browser, hub: Hub, language: str) -> None:
    """A member follows an action, an editor reports on it, and the message is in the mailbox."""
    number = {"nl": "4.1", "en": "4.2"}[language]
    address = f"{hub.url}/{language}/agenda/nl-digitaal-2019/{number}"
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, language, "member")
    page.goto(address)
    title = page.get_by_role("heading", level=1).inner_text().removeprefix(number).strip()
    page.get_by_role("button", name=WORDS[language]["follow"]).click()
    context.close()
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, language, "editor")
    page.goto(f"{address}/voortgang")
    page.locator("main select").first.select_option("limited")
    page.locator("main textarea").first.fill("Tested.")
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile(f"/{number}$"))
    deadline = time.monotonic() + 30
    while title not in page.goto(f"{hub.url}/{language}/postvak").text():
        assert time.monotonic() < deadline, "no message after 30 seconds"
        page.wait_for_timeout(500)
    expect(page.locator("main article").filter(has_text=title).first).to_contain_text("demo-member")
    context.close()
