# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages around an account: a second step, a forgotten password, and nothing learned about others."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from knooppunt.jobs.models import Letter
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture
def anna():
    user = User.objects.create_user("anna", "anna@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client):
    return client.post("/nl/aanmelden", {"login": "anna@example.org", "password": PASSWORD})


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def activate(client) -> str:
    """Set the second step up; whoever finds an open session must give the password again first."""
    assert client.get("/nl/account/stap/app").url.startswith("/nl/account/opnieuw-aanmelden")
    client.post("/nl/account/opnieuw-aanmelden", {"password": PASSWORD})
    page = client.get("/nl/account/stap/app")
    secret = re.search(r"\b([A-Z2-7]{32})\b", page.content.decode()).group(1)
    assert client.post("/nl/account/stap/app", {"code": code(secret)}).status_code == 302
    return secret


def test_a_second_step_is_asked_once_it_is_set_up(client, anna):
    sign_in(client)
    secret = activate(client)
    kept = Authenticator.objects.get(user=anna, type="totp").data["secret"]
    assert secret not in kept, "the secret of the second step stands readable in the database"
    client.post("/nl/afmelden")
    assert sign_in(client).url.startswith("/nl/account/stap/aanmelden")
    assert "_auth_user_id" not in client.session
    client.post("/nl/account/stap/aanmelden", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    from django.core.cache import cache

    cache.clear()  # the code of this half minute was used when it was set up
    client.post("/nl/account/stap/aanmelden", {"code": code(secret)})
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_recovery_codes_work_once(client, anna):
    sign_in(client)
    activate(client)
    page = client.get("/nl/account/stap/codes").content.decode()
    recovery = re.search(r"\b([0-9a-f]{8})\b", page).group(1)
    client.post("/nl/afmelden")
    for works in (True, False):
        sign_in(client)
        client.post("/nl/account/stap/aanmelden", {"code": recovery})
        assert ("_auth_user_id" in client.session) is works
        client.post("/nl/afmelden")


@pytest.mark.parametrize("address", ["/nl/account/wachtwoord/vergeten", "/nl/account/nieuw"])
def test_nobody_learns_who_has_an_account(client, anna, address):
    answers = {}
    for mail in ("anna@example.org", "nobody@example.org"):
        page = client.post(address, {"email": mail, "password1": "een-ander-wachtwoord"})
        answers[mail] = (page.status_code, page.url)
        client.cookies.clear()
    assert answers["anna@example.org"] == answers["nobody@example.org"]
    assert {letter.to for letter in Letter.objects.all()} == set(answers)


def test_a_forgotten_password_is_set_anew_once(client, anna):
    client.post("/nl/account/wachtwoord/vergeten", {"email": anna.email})
    link = re.search(r"http://testserver(/nl/account/wachtwoord/nieuw/\S+)", Letter.objects.get().body).group(
        1
    )
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    new = {"password1": "een-heel-nieuw-wachtwoord", "password2": "een-heel-nieuw-wachtwoord"}
    assert client.post(form, new).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password("een-heel-nieuw-wachtwoord")
    client.cookies.clear()
    again = client.get(link, follow=True)
    assert "password1" not in again.content.decode()


@pytest.mark.parametrize("password", ["kort", "wachtwoord", "password1234", "anna@example.org"])
def test_a_weak_password_makes_no_account(client, password):
    page = client.post("/nl/account/nieuw", {"email": "anna@example.org", "password1": password})
    assert page.status_code == 200
    assert not User.objects.exists()


def test_an_unconfirmed_address_does_not_get_in(client):
    client.post("/nl/account/nieuw", {"email": "bob@example.org", "password1": PASSWORD})
    assert "_auth_user_id" not in client.session
    page = client.post("/nl/aanmelden", {"login": "bob@example.org", "password": PASSWORD})
    assert page.url == "/nl/account/e-mail/gestuurd"
    assert "_auth_user_id" not in client.session
    link = re.search(r"http://testserver(/nl/account/e-mail/\S+)", Letter.objects.first().body).group(1)
    client.get(link)
    assert not EmailAddress.objects.get().verified, "opening the mail's address must not confirm by itself"
    client.post(link)
    assert EmailAddress.objects.get().verified


def test_a_name_given_by_chance_says_nothing(client):
    client.post("/nl/account/nieuw", {"email": "bob@example.org", "password1": PASSWORD})
    user = User.objects.get()
    assert "bob" not in user.username
    assert "bob" not in user.public_id
