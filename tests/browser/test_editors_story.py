# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A hub editor writes a piece of news in the editors' part: it is public, and no request left the hub."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.browser import axe
from tests.browser.test_every_page import sign_in
from tests.hub import Hub


def test_news_from_the_editors_part(browser: Browser, hub: Hub) -> None:
    context = browser.new_context()
    page = context.new_page()
    elsewhere, refused = [], []
    page.on("request", lambda r: r.url.startswith((hub.url, "data:", "blob:")) or elsewhere.append(r.url))
    page.on("console", lambda m: "Content Security Policy" in m.text and refused.append(m.text))
    sign_in(page, hub, "nl", "hub-editor")
    page.goto(f"{hub.url}/redactie/")
    page.goto(f"{hub.url}/redactie/images/")
    root = hub.python("from wagtail.models import Page; print(Page.get_first_root_node().pk)")
    page.goto(f"{hub.url}/redactie/pages/add/editorial/newspage/{root}/")
    page.locator("#id_title").fill("De hub is open")
    page.locator("#id_language").select_option("nl")
    page.locator("#id_summary").fill("Vanaf vandaag kan iedereen kijken.")
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Kom kijken wat anderen doen.")
    expect(page.locator("[name=body]")).to_have_value(re.compile("anderen doen"))
    with page.expect_navigation():
        # The button is folded into a menu of Wagtail's own; that menu is not ours to test.
        page.locator('button[name="action-publish"]').first.evaluate("button => button.click()")
    expect(page.locator("body")).to_contain_text("De hub is open")
    page.goto(f"{hub.url}/nl/nieuws")
    page.get_by_role("link", name="De hub is open").click()
    expect(page.locator("article")).to_contain_text("Kom kijken wat anderen doen.")
    assert axe.findings(page) == []
    context.close()
    assert elsewhere == []
    assert refused == []
