# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""An editor reports how far an action is, a connector looks at the evidence, anyone sees both.

Then the editor starts the organisation's own agenda with an action that follows a national one up.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_every_page import sign_in
from tests.hub import Hub

WORDS = {
    "nl": {
        "report": "Voortgang melden", "publish": "Dit bericht publiceren", "review": "Dit bericht beoordelen",
        "send": "Deze beoordeling publiceren", "own": "flink op weg", "reviewed": "beperkt",
        "timeline": "Tijdlijn", "table": "Acties per hoofdstuk en jaar", "start": "Een eigen agenda beginnen",
        "draft": "Beginnen als concept", "follow": "Geef hier gevolg aan in uw eigen agenda",
        "add": "Deze actie toevoegen", "out": "Publiceren",
    },
    "en": {
        "report": "Report progress", "publish": "Publish this report", "review": "Review this report",
        "send": "Publish this review", "own": "substantial", "reviewed": "limited",
        "timeline": "Timeline", "table": "Actions by chapter and year", "start": "Start your own agenda",
        "draft": "Start as a draft", "follow": "Follow this up in your own agenda",
        "add": "Add this action", "out": "Publish",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "number"), [("nl", "4.3"), pytest.param("en", "4.4", marks=pytest.mark.full)]
)
def test_report_review_and_see(browser: Browser, hub: Hub, language: str, number: str) -> None:
    words, address = WORDS[language], f"{hub.url}/{language}/agenda/nl-digitaal-2019/{number}"
    for role in ("editor", "connector"):
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        sign_in(page, hub, language, role)
        page.goto(address)
        if role == "editor":
            page.get_by_role("link", name=words["report"]).click()
            page.select_option("#id_status", "substantial")
            page.fill("#id_text", "Dit is een proef.")
            page.get_by_role("button", name=words["publish"]).click()
        else:
            page.get_by_role("link", name=words["review"]).first.click()
            page.select_option("#id_status", "limited")
            page.fill("#id_note", "Er is één bewijs.")
            page.get_by_role("button", name=words["send"]).click()
        expect(page).to_have_url(address)
        context.close()
    page = browser.new_page()
    page.goto(address)
    standing = page.locator(".agenda-standing")
    expect(standing).to_contain_text(words["own"])
    expect(standing).to_contain_text(words["reviewed"])
    page.close()


def test_the_timeline_is_a_table_with_pictures(page: Page, hub: Hub) -> None:
    page.goto(f"{hub.url}/nl/agenda/nl-digitaal-2019")
    page.get_by_role("navigation", name="In deze agenda").get_by_role("link", name="Tijdlijn").click()
    table = page.get_by_role("table", name=WORDS["nl"]["table"])
    expect(table.get_by_role("img")).to_have_count(38)
    expect(table.get_by_role("img", name="2019 en verder")).to_have_count(2)


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.full)])
@pytest.mark.parametrize("part", ["tijdlijn", "begroting", "verschil?met=voorbeeldstad-2026", "1.1"])
@pytest.mark.parametrize("width", [320, 640])
def test_nothing_falls_off_the_agenda(page: Page, hub: Hub, language: str, part: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{hub.url}/{language}/agenda/nl-digitaal-2019/{part}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_own_agenda_follows_the_national_one_up(browser: Browser, hub: Hub) -> None:
    words = WORDS["nl"]
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, "nl", "editor")
    page.goto(f"{hub.url}/nl/agenda")
    page.get_by_role("link", name=words["start"]).click()
    page.fill("#id_title", "Onze data-agenda")
    page.get_by_role("button", name=words["draft"]).click()
    own = page.url
    page.goto(f"{hub.url}/nl/agenda/nl-digitaal-2019/3.12")
    page.get_by_role("link", name=words["follow"]).click()
    page.fill("#id_title", "Straatnamen delen")
    page.fill("#id_description", "Wij delen onze straatnamen.")
    page.get_by_role("button", name=words["add"]).click()
    page.get_by_role("button", name=words["out"], exact=True).click()
    context.close()
    page = browser.new_page()
    page.goto(f"{hub.url}/nl/agenda/nl-digitaal-2019/3.12")
    page.get_by_role("link", name="Straatnamen delen").first.click()
    expect(page).to_have_url(re.compile(re.escape(own)))
    page.close()
