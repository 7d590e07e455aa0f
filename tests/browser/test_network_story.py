# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""An officer's initiative ends as a practice that cites both; a connector brings two together."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_practices_story import accessible, change_person, press
from tests.hub import Hub

WORDS = {
    "nl": {
        "publish": "Publiceren", "contact": re.compile("^Contact met"), "send": "Versturen",
        "accept": "Aannemen",
        "outcome": "Vertel wat ervan kwam", "start": "Begin deze kring",
        "plan": "Opslaan en de leden bericht geven",
        "running": "Het loopt", "done": "Het is klaar", "practice": "Maak er een praktijkvoorbeeld van",
        "propose": "Een kennismaking voorstellen", "both": "Vraag het beide",
        "yes": "Ja, breng ons in contact",
        "join": "Meedoen", "come": "Ik kom", "place": "U hebt een plaats.",
        "digest": "Stuur mij het weekbericht", "stop": "Stop het weekbericht",
        "touch": "U hebt contact: schrijf elkaar", "take": re.compile("^Berichten aannemen"),
    },
    "en": {
        "publish": "Publish", "contact": re.compile("^Contact "), "send": "Send", "accept": "Accept",
        "outcome": "Tell what came of it", "start": "Start this circle", "plan": "Save and tell the members",
        "running": "It is running", "done": "It is done", "practice": "Make a practice of it",
        "propose": "Propose an introduction", "both": "Ask both", "yes": "Yes, bring us in touch",
        "join": "Take part", "come": "I come", "place": "You have a place.",
        "digest": "Send me the digest", "stop": "Stop the digest",
        "touch": "You are in touch: write to each other", "take": re.compile("^Take messages"),
    },
}  # fmt: skip
PROBLEM = {
    "nl": "Wij zien betalingsachterstanden te laat en willen mensen met schulden eerder helpen.",
    "en": "We see payment arrears too late and want to help people with debts earlier.",
}


def make_move(page: Page, name: str, note: str = "") -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.locator("#id_note").fill(note)
    press(page, name)


def post(page: Page, hub: Hub, language: str, title: str) -> str:
    page.goto(f"{hub.url}/{language}/initiatieven/nieuw")
    page.locator("#id_title").fill(title)
    page.locator("#id_problem").fill(PROBLEM[language])
    page.locator("#id_challenge").select_option("poverty-debt")
    press(page, WORDS[language]["publish"])
    return page.url


def wait_until_found(page: Page, hub: Hub, language: str, words: str) -> None:
    """The index follows a moment later."""
    for _ in range(60):
        page.goto(f"{hub.url}/{language}/zoeken?q={words}&kind=initiative")
        if page.locator("main").get_by_role("link", name=words).count():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{words} was not found")


LANGUAGES = ["nl", pytest.param("en", marks=pytest.mark.full)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_an_idea_to_a_practice_that_cites_both(browser: Browser, hub: Hub, language: str) -> None:
    words = WORDS[language]
    page = browser.new_context().new_page()

    # A ministry started the same, and takes messages.
    change_person(page, hub, language, "editor")
    theirs = f"Achterstanden {language} ministerie"
    post(page, hub, language, theirs)
    wait_until_found(page, hub, language, theirs)

    # The officer posts and sees three reasoned matches at once; one of them can be asked.
    change_person(page, hub, language, "municipal-editor")
    own = post(page, hub, language, f"Achterstanden {language} gemeente")
    matches = page.locator("#peers ~ ul > li")
    assert matches.count() >= 3
    expect(matches.first.locator(".kp-why")).not_to_be_empty()
    accessible(page)
    page.locator("#peers ~ ul > li", has_text=theirs).get_by_role("link", name=words["contact"]).click()
    page.locator("#id_text").fill("Hoe deed u dat?")
    press(page, words["send"])

    # The other accepts; what came of it is told.
    change_person(page, hub, language, "editor")
    page.goto(f"{hub.url}/{language}/initiatieven/contacten")
    accessible(page)
    page.locator("main ul.kp-list h2 a").first.click()
    contact = page.url
    make_move(page, words["accept"], "Bel ons.")
    accessible(page)

    # They plan a meeting in a circle.
    change_person(page, hub, language, "municipal-editor")
    page.goto(contact)
    make_move(page, words["outcome"], "Samen begonnen.")
    page.goto(f"{hub.url}/{language}/kringen/nieuw")
    page.locator("#id_title").fill(f"Kring {language}")
    page.locator("#id_purpose").fill("Samen leren.")
    page.locator("#id_challenge").select_option("poverty-debt")
    press(page, words["start"])
    accessible(page)
    page.locator("a[href$='/bijeenkomst']").click()
    page.locator("#id_title").fill("Eerste keer")
    page.locator("#id_starts").fill("2027-03-03T09:00")
    page.locator("#id_ends").fill("2027-03-03T10:00")
    page.locator("#id_place").fill("Utrecht")
    press(page, words["plan"])
    expect(page.locator("#coming ~ ul")).to_contain_text("Eerste keer")

    # It is finished, and becomes a practice that cites both.
    page.goto(own)
    make_move(page, words["running"])
    make_move(page, words["done"], "Begin met de grond in de wet.")
    accessible(page)
    press(page, words["practice"])
    page.goto(page.url.replace("/werk", "/voorbeeld"))
    links = page.locator("main").inner_html()
    assert own.split("/initiatieven/")[1] in links
    assert theirs in links


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_circle_that_the_agenda_names_begins(browser: Browser, hub: Hub, language: str) -> None:
    words = WORDS[language]
    page = browser.new_context().new_page()
    change_person(page, hub, language, "municipal-editor")
    circle = f"{hub.url}/{language}/kringen/vivet"
    page.goto(circle)
    accessible(page)
    if page.locator("a[href$='/meedoen']").count():  # the first language of this hub
        page.locator("a[href$='/meedoen']").click()
        press(page, words["join"])
    page.goto(f"{circle}/bijeenkomst")
    page.locator("#id_title").fill(f"Netten {language}")
    page.locator("#id_starts").fill("2027-04-03T09:00")
    page.locator("#id_ends").fill("2027-04-03T10:00")
    page.locator("#id_place").fill("Utrecht")
    page.locator("#id_places").fill("1")
    page.locator("#id_agenda").fill("Vragen? Bel 06-12345678.")
    press(page, words["plan"])
    expect(page.locator("#id_agenda")).not_to_have_value(re.compile("06-12345678"))
    accessible(page)
    press(page, words["plan"])
    page.locator("#coming ~ ul").get_by_role("link", name=f"Netten {language}").click()
    press(page, words["come"])
    expect(page.get_by_text(words["place"], exact=True)).to_be_visible()
    accessible(page)
    page.goto(f"{circle}/leden")
    accessible(page)
    page.goto(f"{hub.url}/{language}/kringen/weekbericht")
    accessible(page)
    press(page, words["digest"])
    press(page, words["stop"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_connector_brings_two_together(browser: Browser, hub: Hub, language: str) -> None:
    words = WORDS[language]
    page = browser.new_context().new_page()
    for persona in ("administrator", "municipal-editor"):
        change_person(page, hub, language, persona)
        page.goto(f"{hub.url}/{language}/initiatieven/contacten")
        if page.get_by_role("button", name=words["take"]).count():
            with page.expect_navigation():
                page.get_by_role("button", name=words["take"]).first.click()
    change_person(page, hub, language, "connector")
    page.goto(f"{hub.url}/{language}/kringen/werklijst")
    accessible(page)
    page.goto(f"{hub.url}/{language}/kringen/voorstel/bzk/gemeente-breda")
    page.locator("#id_reason").fill("Beide zien schulden te laat.")
    press(page, words["both"])
    proposed = page.locator("#introductions ~ ul a").first.get_attribute("href")
    for persona in ("municipal-editor", "editor"):
        change_person(page, hub, language, persona)
        page.goto(f"{hub.url}{proposed}")
        accessible(page)
        press(page, words["yes"])
    page.get_by_role("link", name=words["touch"]).click()
    expect(page.locator("#id_text")).to_be_visible()
