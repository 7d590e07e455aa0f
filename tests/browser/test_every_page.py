# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page that a link leads to: it opens, axe finds nothing, nothing comes from elsewhere.

The crawl starts at the home page, signed out and in every role, and looks at up to two pages of each
view per language: pages of one view differ in content, not in build.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from tests.browser import axe
from tests.hub import Hub

PER_VIEW = 2
STARTS = {
    "nl": [
        "/nl/",
        "/nl/zoeken?q=schulden",
        "/nl/zoeken?q=zzzzz",
        "/nl/kaart",
        "/nl/bestaat-niet",
        "/nl/kaart?q=zzzz",
        "/nl/praktijken/zicht-op-ondermijning",
        "/nl/praktijken/werk",
    ],
    "en": ["/en/", "/en/zoeken?q=debts", "/en/zoeken?q=zzzzz", "/en/kaart", "/en/nowhere"],
}
ROLES = ("nobody", "editor", "privacy-officer", "connector", "administrator")
OUTSIDERS = ("privacy-officer", "connector")
"""Roles that may not begin everything that a link offers: forms for a team that they do not belong to."""
EXPECTED_ERRORS = {"/nl/bestaat-niet", "/en/nowhere"}


def sign_in(page: Page, hub: Hub, language: str, role: str) -> None:
    page.goto(f"{hub.url}/{language}/aanmelden")
    page.locator(f'form:has(input[value="{role}"]) button').click()
    page.wait_for_load_state()


def links(page: Page, hub: Hub, language: str) -> list[str]:
    """Addresses on this page that stay in this hub and this language, without fragment."""
    found = page.eval_on_selector_all("a[href]", "as => as.map(a => a.getAttribute('href'))")
    addresses = [urlsplit(urljoin(page.url, href)) for href in found]
    return [
        a.path + (f"?{a.query}" if a.query else "")
        for a in addresses
        if f"{a.scheme}://{a.netloc}" == hub.url and a.path.startswith(f"/{language}/")
    ]


def view_of(path: str) -> str:
    try:
        with override(path[1:3]):
            return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "nothing"


@pytest.mark.parametrize(
    ("language", "role"),
    [
        ("nl", "nobody"),
        *(
            pytest.param(language, role, marks=pytest.mark.full)
            for language in STARTS
            for role in ROLES
            if (language, role) != ("nl", "nobody")
        ),
    ],
)
def test_every_page_is_whole_and_accessible(browser: Browser, hub: Hub, language: str, role: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("request", lambda r: r.url.startswith((hub.url, "data:")) or problems.append(f"asks {r.url}"))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda m: (
            m.type == "error" and not re.search("40[34]", m.text) and problems.append(f"{page.url}: {m.text}")
        ),
    )
    if role != "nobody":
        sign_in(page, hub, language, role)
    seen: Counter[str] = Counter()
    waiting, known = list(STARTS[language]), set(STARTS[language])
    while waiting:
        path = waiting.pop(0)
        view = view_of(path)
        if seen[view] >= PER_VIEW and path not in STARTS[language]:
            continue
        if downloads(context.request.head(hub.url + path)):
            continue
        seen[view] += 1
        response = page.goto(hub.url + path)
        assert response is not None
        if response.status == 403 and role in OUTSIDERS and page.locator("main a").count():
            pass  # it says what to do first, with a link
        elif response.status != (404 if path in EXPECTED_ERRORS else 200):
            problems.append(f"{path}: {response.status}")
        problems += [f"{path}: {finding}" for finding in axe.findings(page)]
        fresh = [link for link in links(page, hub, language) if link not in known]
        waiting += fresh
        known.update(fresh)
    context.close()
    assert not problems, "\n".join(problems)
    assert len(seen) > 8, f"the crawl saw only {sorted(seen)}"


def downloads(response) -> bool:
    """True for what a browser saves or another program reads: CSV, PDF, feeds."""
    return not re.match(r"text/html", response.headers.get("content-type", "text/html"))
