# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality asks three labs at once; one accepts, two people check the output, the result leaves."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_practices_story import accessible, change_person, press
from tests.hub import Hub

LABS = ("transparantielab", "cbs-datamatch", "datalab-rws")
WORDS = {
    "nl": {
        "save": "Opslaan en publiceren", "add": "Voeg toe", "send": "Aanvraag versturen",
        "accept": "Neem deze aanvraag aan", "agree": "Stem in met deze faciliteit", "book": "Boek",
        "docx": "Overeenkomst om in te vullen en te tekenen (DOCX)", "check": "Laat controleren",
        "approve": "Dit mag naar buiten", "copy": "De kopie die naar buiten mag (XLSX)",
        "small": "Deze cel gaat over 3 mensen of bedrijven; het minimum is 10.",
        "withdraw": "Trek deze uitkomst in",
    },
    "en": {
        "save": "Save and publish", "add": "Add", "send": "Send the request",
        "accept": "Accept this request", "agree": "Agree with this facility", "book": "Book",
        "docx": "Agreement to fill in and sign (DOCX)", "check": "Have it checked",
        "approve": "This may leave", "copy": "The copy that may leave (XLSX)",
        "small": "This cell is about 3 units; the minimum is 10.", "withdraw": "Withdraw this output",
    },
}  # fmt: skip


def give(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"#id_{name}").fill(value)


def make_move(page: Page, name: str, note: str = "") -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.locator("#id_note").fill(note)
    press(page, name)


def upload(page: Page, words: dict[str, str], small: int) -> None:
    """Ask to take a table along, with a cell on so many people."""
    table = f"wijk;aantal\nNoord;120\nZuid;{small}\n".encode()
    page.locator("a[href$='/uitkomst']").click()
    page.locator("#id_file").set_input_files({"name": "wijken.csv", "mimeType": "text/csv", "buffer": table})
    give(page, context="Per wijk, voor het overleg over schulden.")
    press(page, words["check"])


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        ("nl", True),
        pytest.param("en", False, marks=pytest.mark.full),
        pytest.param("en", True, marks=pytest.mark.full),
    ],
)
def test_three_labs_one_answer_two_checkers(
    browser: Browser, hub: Hub, language: str, javascript: bool
) -> None:
    words = WORDS[language]
    page = browser.new_context(java_script_enabled=javascript).new_page()
    home = f"{hub.url}/{language}/faciliteiten"

    # The lab says what may leave, and when guests can come.
    change_person(page, hub, language, "editor")
    page.goto(f"{home}/{LABS[0]}/bewerken")
    give(page, minimum_cell="10", dominance_n="1", dominance_k="80")
    press(page, words["save"])
    page.goto(f"{home}/{LABS[0]}/tijden")
    first = date.today() + timedelta(days=100 if language == "nl" else 200 if javascript else 300)
    give(page, starts=f"{first}T09:00", weeks="2")
    press(page, words["add"])
    expect(page.locator("main table").first).to_contain_text(str(first.day))
    if javascript:
        accessible(page)

    # The municipality asks three at once.
    change_person(page, hub, language, "municipal-editor")
    page.goto(home)
    page.locator("main a[href$='/aanvraag']").click()
    for lab in LABS:
        page.locator(f"input[value='{lab}']").check()
    texts = ("title", "project", "people", "setting", "data", "ground", "output")
    give(page, **dict.fromkeys(texts, "Schulden eerder zien."))
    press(page, words["send"])
    expect(page.locator("#answers ~ ul > li")).to_have_count(3)
    request = page.url
    if javascript:
        accessible(page)
    page.locator("#answers ~ ul a", has_text=re.compile("Transpar")).click()
    enquiry = page.url

    # One accepts, and the municipality agrees, books and takes the agreement along.
    change_person(page, hub, language, "editor")
    page.goto(f"{home}/aanvragen")
    page.locator(f"a[href='{enquiry.removeprefix(hub.url)}']").click()
    make_move(page, words["accept"], "Neem een legitimatie mee.")
    change_person(page, hub, language, "municipal-editor")
    page.goto(enquiry)
    make_move(page, words["agree"])
    press(page, words["book"])
    with page.expect_download() as document:
        page.get_by_role("link", name=words["docx"]).click()
    assert document.value.suggested_filename.endswith(".docx")

    # A table with a small cell is told and withdrawn; the next one goes to two people.
    upload(page, words, 3)
    expect(page.get_by_text(words["small"])).to_be_visible()
    if javascript:
        accessible(page)
    make_move(page, words["withdraw"])
    page.goto(enquiry)
    upload(page, words, 30)
    output = page.url
    expect(page.get_by_role("link", name=words["copy"])).to_have_count(0)
    for persona in ("editor", "administrator"):
        change_person(page, hub, language, persona)
        page.goto(output)
        make_move(page, words["approve"], "Alle cellen zijn groot genoeg.")
    change_person(page, hub, language, "municipal-editor")
    page.goto(output)
    with page.expect_download() as copy:
        page.get_by_role("link", name=words["copy"]).click()
    assert copy.value.suggested_filename.endswith(".xlsx")
    page.goto(request)
    expect(page.locator("#answers ~ ul > li")).to_have_count(3)
    page.context.close()
