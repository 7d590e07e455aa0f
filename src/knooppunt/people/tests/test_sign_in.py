# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in: with a password, or as a persona in a demo on one's own machine."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client

from knooppunt.people import queries, services
from knooppunt.people.demo import PERSONAS
from knooppunt.people.loading import load_content
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture
def client():
    """A browser on this machine."""
    return Client(HTTP_HOST="127.0.0.1:8000")


def account(name="anna", **fields):
    user = User.objects.create_user(name, f"{name}@example.org", PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, login, password=PASSWORD):
    return client.post("/nl/aanmelden", {"login": login, "password": password})


@pytest.mark.parametrize("login", ["anna", "anna@example.org", "ANNA@example.org"])
def test_sign_in_and_out(client, login):
    account()
    assert sign_in(client, login).url == "/nl/"
    assert client.post("/nl/afmelden").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["anna", "nobody", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, name):
    account()
    page = sign_in(client, name, "verkeerd")
    assert page.status_code == 200
    found = re.findall(r'role="alert">([^<]+)<', page.content.decode())
    assert len(found) == 1
    assert "anna" not in found[0]


def test_a_closed_account_does_not_get_in(client):
    account(is_active=False)
    assert sign_in(client, "anna").url == "/nl/account/gesloten"
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_for_everyone_who_guesses(client):
    account()
    pages = [sign_in(client, "anna", f"verkeerd{n}") for n in range(12)]
    assert "_auth_user_id" not in client.session
    assert pages[0].content != pages[-1].content
    page = sign_in(client, "anna")
    assert "_auth_user_id" not in client.session, "the right password gets in after too many wrong ones"
    assert page.status_code in (200, 429)


def test_pages_of_who_is_signed_in_are_in_no_cache(client):
    assert not client.get("/nl/").has_header("Cache-Control")
    client.force_login(User.objects.create_user("anna"))
    assert client.get("/nl/")["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get("/nl/volgen")["Cache-Control"]


def test_signing_out_needs_a_post(client):
    client.force_login(account())
    assert client.get("/nl/afmelden").status_code == 200
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("name", PERSONAS)
def test_the_demo_has_an_account_per_persona(client, name):
    load_content()
    persona = PERSONAS[name]
    client.post("/en/aanmelden/demo", {"role": name})
    user = User.objects.get()
    assert (user.role, user.language, user.has_usable_password()) == (persona.hub_role, "en", False)
    held = {(slug, role) for slug, roles in queries.roles_of(user).items() for role in roles}
    assert held == set(persona.roles)
    client.post("/en/aanmelden/demo", {"role": name})
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "knooppunt.example"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_the_demo_is_for_this_machine_only(headers):
    client = Client(**{"HTTP_HOST": "127.0.0.1"} | headers)
    assert client.post("/nl/aanmelden/demo", {"role": "administrator"}).status_code == 404
    assert client.get("/nl/postvak").status_code == 404
    assert "Probeer de demo" not in client.get("/nl/aanmelden").content.decode()
    assert not User.objects.exists()


def test_without_demo_mode_there_is_no_demo(client, settings):
    settings.DEMO = False
    assert client.post("/nl/aanmelden/demo", {"role": "administrator"}).status_code == 404
    assert client.get("/nl/postvak").status_code == 404


@pytest.mark.parametrize("address", ["/nl/agenda?jaar=2019", "/en/"])
def test_after_signing_in_one_is_back(client, address):
    assert client.post("/nl/aanmelden/demo", {"role": "member", "next": address}).url == address


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "/\\example.org", "foo", "a:b"])
def test_a_next_address_leads_nowhere_else(client, address):
    assert client.post("/nl/aanmelden/demo", {"role": "member", "next": address}).url == "/nl/"


@pytest.mark.parametrize("role", ["", "root", "<script>"])
def test_an_unknown_role_makes_no_account(client, role):
    client.post("/nl/aanmelden/demo", {"role": role})
    assert not User.objects.exists()


def test_an_administrator_is_made_once():
    services.create_administrator("beheer", "beheer@example.org", PASSWORD)
    with pytest.raises(ValueError, match="choose another name"):
        services.create_administrator("beheer", "beheer@example.org", PASSWORD)


def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
