# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy officer walks the step plan to a DOCX, and fills in the pre-scan that a privacy officer signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from knooppunt.toolkit.tests.test_imported import FORM
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


DESK_WORDS = {
    "nl": {
        "desk": "Bureau van de toolkit", "write": "Schrijf een antwoord", "start": "Beginnen als concept",
        "whole": "Schrijf dit ook: de rest is er in deze taal.", "send": "Stuur naar een tweede lezer",
        "first": "Iemand die het niet schreef, leest het eerst.", "publish": "Publiceren",
        "public": "De openbare pagina",
    },
    "en": {
        "desk": "Desk of the toolkit", "write": "Write an answer", "start": "Start as a draft",
        "whole": "Write this too: the rest is there in this language.", "send": "Send to a second reader",
        "first": "Somebody who did not write it reads it first.", "publish": "Publish",
        "public": "The public page",
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


@pytest.mark.parametrize(
    ("language", "javascript"), [("nl", True), pytest.param("en", False, marks=pytest.mark.full)]
)
def test_a_set_of_others_is_filled_in_with_what_repeats(
    hub: Hub, browser: Browser, tmp_path: Path, language: str, javascript: bool
):
    (tmp_path / "vooraf.yaml").write_text(FORM, encoding="utf-8")
    assert hub.run("instruments", "import", str(tmp_path / "vooraf.yaml"), "--load").returncode == 0
    words = WORDS[language]
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    page = context.new_page()
    sign_in(page, hub, language, "municipal-editor")
    page.goto(f"{hub.url}/{language}/instrumenten/vooraf")
    page.get_by_role("link", name=words["fill"]).click()
    page.locator("#id_title").fill(f"Vooraf {language}")
    press(page, words["begin"])
    form = page.url
    page.goto(f"{form}/1-gegevens")
    page.get_by_label("Ja").check()
    press(page, words["go_on"])  # the question that opens is on this page too
    for kind in ("Adres", "Inkomen"):
        page.get_by_label(kind).check()
    press(page, words["go_on"])
    page.locator('textarea[name="2.1.1~1"]').fill("Innen")
    with page.expect_navigation():
        page.locator('button[name="more"]').click()
    page.locator('textarea[name="2.1.1~2"]').fill("Helpen")
    if javascript:
        accessible(page)
    press(page, words["go_on"])
    expect(page.get_by_role("heading", name="Per verwerking: Helpen")).to_be_visible()
    page.get_by_label("Innen", exact=True).check()
    page.locator('input[type="file"]').set_input_files(
        {"name": "foto.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n0000"}
    )
    if javascript:
        accessible(page)
    press(page, words["go_on"])
    expect(page.get_by_text("DPIA verplicht")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="foto.png").click()
    assert download.value.suggested_filename == "foto.png"
    context.close()


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.full)])
def test_an_editor_writes_an_answer_that_a_second_one_publishes(hub: Hub, browser: Browser, language: str):
    words, title = DESK_WORDS[language], f"Vraag van het bureau ({language})?"
    pages = {}
    for role in ("hub-editor", "administrator"):
        pages[role] = browser.new_context().new_page()
        sign_in(pages[role], hub, language, role)
    writer, reader = pages["hub-editor"], pages["administrator"]
    writer.goto(f"{hub.url}/{language}/toolkit")
    writer.get_by_role("link", name=words["desk"]).click()
    writer.get_by_role("link", name=words["write"]).click()
    writer.locator("#id_question_nl").fill(title)
    writer.locator("#id_short_nl").fill("Soms.")
    accessible(writer)
    press(writer, words["start"])
    expect(writer.get_by_text(words["whole"])).to_be_visible()
    writer.locator("#id_answer_nl").fill("Dat hangt af van het doel.")
    press(writer, words["start"])
    accessible(writer)
    press(writer, words["send"])
    expect(writer.get_by_text(words["first"])).to_be_visible()
    reader.goto(f"{hub.url}/{language}/toolkit/bureau")
    accessible(reader)
    reader.get_by_role("link", name=title).click()
    press(reader, words["publish"])
    reader.get_by_role("link", name=words["public"]).click()
    expect(reader.get_by_role("heading", name=title)).to_be_visible()
    for page in pages.values():
        page.context.close()
