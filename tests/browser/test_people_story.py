# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Someone comes to work in the hub: is invited or asks for a role, shows herself, is found and written to."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import provider
from tests.browser import axe
from tests.browser.test_every_page import sign_in
from tests.hub import Hub, free_port

WORDS = {
    "nl": {
        "send": "Aanvraag versturen", "save": "Besluit opslaan", "grant": "Toekennen",
        "mail": "Uitnodiging versturen", "accept": "Aannemen", "store": "Opslaan",
        "shown": "Mijn naam, en dat ik hier werk", "contact": "Een formulier om mij",
        "offered": "Waar u anderen", "name": "Naam", "message": "Een bericht sturen", "text": "Uw bericht",
        "post": "Versturen", "make": "Account maken", "password": "Wachtwoord",
    },
    "en": {
        "send": "Send the request", "save": "Save the decision", "grant": "Grant",
        "mail": "Send the invitation", "accept": "Accept", "store": "Save",
        "shown": "My name, and that I work here", "contact": "A form to send me",
        "offered": "What you can help", "name": "Name", "message": "Send a message", "text": "Your message",
        "post": "Send", "make": "Make the account", "password": "Password",
    },
}  # fmt: skip
BOTH = pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.full)])


def mailed(hub: Hub, page: Page, pattern: str, seconds: float = 20) -> str:
    """The newest address in the demo's mailbox that fits; mail is sent by the worker, so wait for it."""
    deadline = time.monotonic() + seconds
    while True:
        page.goto(f"{hub.url}/nl/postvak")
        if found := re.search(pattern, page.inner_text("main")):
            return found.group(0)
        assert time.monotonic() < deadline, f"no mail with {pattern} came"
        time.sleep(0.3)


def press(page: Page, name: str) -> None:
    """Press the button and wait for the page that answers it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@BOTH
def test_invited_shown_found_and_written_to(browser: Browser, hub: Hub, language: str) -> None:
    words = WORDS[language]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    # An administrator invites somebody who has no account yet.
    sign_in(page, hub, language, "municipal-administrator")
    page.goto(f"{hub.url}/{language}/organisaties/gemeente-breda/mensen/uitnodigen")
    address = f"rol-{language}-{time.time_ns()}@breda.example"
    page.locator("main input[type=email]").fill(address)
    page.get_by_role("combobox").select_option("expert")
    press(page, words["mail"])
    invitation = mailed(hub, page, rf"{hub.url}/{language}/uitnodiging/\S+")
    context.close()

    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hub.url}/{language}/account/nieuw?next={invitation.removeprefix(hub.url)}")
    page.locator("main input[type=email]").fill(address)
    page.get_by_label(words["password"]).fill("een-lang-wachtwoord")
    press(page, words["make"])
    confirm = mailed(hub, page, rf"{hub.url}/{language}/account/e-mail/(?!gestuurd)\S+")
    page.goto(confirm)
    with page.expect_navigation():
        page.locator("main form button").click()
    page.goto(f"{hub.url}/{language}/aanmelden")
    page.locator("#id_login").fill(address)
    page.locator("#id_password").fill("een-lang-wachtwoord")
    with page.expect_navigation():
        page.locator("form:has(#id_login) button").click()
    page.goto(invitation)
    press(page, words["accept"])
    page.goto(invitation)
    expect(page.get_by_role("alert")).to_be_visible()

    # She tells who she is, and nobody sees it until she says so.
    name = f"Rol {time.time_ns()}"
    page.goto(f"{hub.url}/{language}/profiel")
    page.get_by_label(words["name"]).first.fill(name)
    page.get_by_label(words["offered"]).fill("riolen")
    press(page, words["store"])
    assert name not in hub.get(f"/{language}/organisaties/gemeente-breda")[1]
    page.get_by_label(words["shown"]).check()
    page.get_by_label(words["contact"]).check()
    press(page, words["store"])
    assert name in hub.get(f"/{language}/organisaties/gemeente-breda")[1]
    context.close()

    # Another writes to her through the hub.
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, hub, language, "member")
    page.goto(f"{hub.url}/{language}/organisaties/gemeente-breda")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("link", name=words["message"]).click()
    page.get_by_label(words["text"]).fill("Hoe meten jullie de riolen daar?")
    press(page, words["post"])
    assert mailed(hub, page, "Hoe meten jullie de riolen daar")
    context.close()


@BOTH
def test_a_claim_is_decided(browser: Browser, hub: Hub, language: str) -> None:
    words = WORDS[language]
    body = {"nl": "tu-delft", "en": "tu-eindhoven"}[language]
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, language, "member")
    page.goto(f"{hub.url}/{language}/organisaties/{body}/aanvraag")
    page.locator("textarea").fill("Ik werk daar aan open data.")
    press(page, words["send"])
    context.close()

    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, language, "connector")
    page.goto(f"{hub.url}/{language}/aanvragen")
    assert axe.findings(page) == []
    page.get_by_role("link", name="TU" if language == "nl" else "University of Technology").last.click()
    page.get_by_label(words["grant"], exact=True).check()
    assert axe.findings(page) == []
    press(page, words["save"])
    context.close()
    roles = hub.python(
        "from knooppunt.people.models import User\nfrom knooppunt.people import queries\n"
        "u = User.objects.get(username='demo-member')\n"
        "print(json.dumps({k: sorted(v) for k, v in queries.roles_of(u).items()}))"
    )
    assert roles[body] == ["editor"]


@pytest.fixture
def federated(tmp_path) -> Iterator[tuple[Hub, int]]:
    """A hub whose people sign in at a provider that runs beside it."""
    port, own = free_port(), free_port()
    identity = f"http://127.0.0.1:{port}"
    hub = Hub(
        tmp_path / "data",
        {
            "KNOOPPUNT_OIDC_URL": identity,
            "KNOOPPUNT_OIDC_CLIENT": provider.CLIENT,
            "KNOOPPUNT_OIDC_SECRET": provider.SECRET,
            "KNOOPPUNT_OIDC_NAME": "Overheid",
        },
        port=own,
    )
    callback = f"{hub.url}/oidc/oidc/callback"
    command = [sys.executable, "-m", "tests.provider", str(port), str(tmp_path), callback]
    log = (tmp_path / "provider.log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        deadline, discovery = time.monotonic() + 30, f"{identity}/.well-known/openid-configuration"
        while True:
            try:
                urllib.request.urlopen(discovery, timeout=2).close()  # noqa: S310
                break
            except OSError:
                assert process.poll() is None, (tmp_path / "provider.log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.2)
        hub.start()
        yield hub, port
    finally:
        hub.stop()
        process.terminate()
        process.wait()


@pytest.mark.full
def test_sign_in_at_a_provider(browser: Browser, federated: tuple[Hub, int]) -> None:
    hub, port = federated
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{hub.url}/nl/aanmelden?next=/nl/profiel")
    press(page, "Aanmelden met Overheid")
    assert page.url.startswith(f"http://127.0.0.1:{port}/")
    page.locator("[name=login]").fill(provider.NAME)
    page.locator("[name=password]").fill(provider.PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.locator("button[name=action][value=grant]").click()
    page.wait_for_url(re.compile(re.escape(hub.url)))
    expect(page.get_by_role("link", name="Mijn profiel")).to_be_visible()
    kept = hub.python(
        "from knooppunt.people.models import User\n"
        "print(json.dumps(list(User.objects.values_list('email', 'username', 'role'))))"
    )
    assert kept[0][0] == provider.MAIL
    assert kept[0][1].startswith("account-")
    assert kept[0][2] == "member"
    context.close()
    # A second visit is the same account.
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{hub.url}/en/aanmelden")
    press(page, "Sign in with Overheid")
    page.locator("[name=login]").fill(provider.NAME)
    page.locator("[name=password]").fill(provider.PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_load_state()
    if page.url.startswith(f"http://127.0.0.1:{port}/"):
        page.locator("button[name=action][value=grant]").click()
    page.wait_for_url(re.compile(re.escape(hub.url)))
    count = "from knooppunt.people.models import User\nprint(json.dumps(User.objects.count()))"
    assert hub.python(count) == 1
    context.close()
