# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages and addresses of the house itself, its headers, its logs and its errors."""

from __future__ import annotations

import json
import logging

import pytest
from django.db import OperationalError
from django.test import Client

from knooppunt.catalogue import views
from knooppunt.conf.logging import without_messages

pytestmark = pytest.mark.django_db


def test_health(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_security_txt_needs_a_contact(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    text = client.get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:security@example.org\nExpires: 20")


def test_robots_and_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "http://testserver/sitemap-cards.xml" in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-cards.xml").status_code == 200


@pytest.mark.parametrize("path", ["/nl/", "/nl/zoeken", "/nl/bestaat-niet", "/healthz"])
def test_strict_headers_on_every_answer(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Deze pagina bestaat niet"), ("en", "This page does not exist")]
)
def test_errors_speak_the_readers_language_and_say_what_to_do(client, language, words):
    page = client.get(f"/{language}/nergens/heen")
    assert (page.status_code, words in page.content.decode()) == (404, True)
    assert f'action="/{language}/zoeken"' in page.content.decode()


def test_a_database_that_is_away_gives_503_and_a_cure(client, monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(views.finding, "search", away)
    page = client.get("/nl/zoeken?q=x")
    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert "Wacht een minuut" in page.content.decode()


def test_a_mistake_of_ours_gives_a_page_without_details(monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(views.finding, "search", broken)
    page = Client(raise_request_exception=False).get("/nl/zoeken?q=x")
    assert page.status_code == 500
    assert "secret detail" not in page.content.decode()
    assert "bij ons iets mis" in page.content.decode()


def test_an_oversize_form_is_refused_with_a_cure(client):
    page = client.post("/nl/aanmelden", "username=" + "a" * 2_000_000, "application/x-www-form-urlencoded")
    assert page.status_code == 400
    assert "1 MB" in page.content.decode()


def test_the_log_has_no_personal_data(client, caplog):
    with caplog.at_level(logging.INFO, logger="knooppunt.request"):
        client.get("/nl/zoeken?q=jan.jansen@example.org", HTTP_USER_AGENT="Jan", REMOTE_ADDR="192.0.2.7")
    (line,) = [r.msg for r in caplog.records if r.name == "knooppunt.request"]
    assert (line["view"], line["status"]) == ("catalogue:search", 200)
    said = json.dumps({k: str(v) for k, v in line.items()})
    for secret in ("jan.jansen", "192.0.2.7", "Jan", "zoeken?q"):
        assert secret not in said


def test_an_error_in_the_log_has_its_place_but_not_its_words():
    try:
        int("jan.jansen@example.org")
    except ValueError as error:
        event = without_messages(None, "error", {"event": "failed", "exc_info": error})
    assert event["exception"] == "ValueError"
    assert "test_house.py" in event["places"][0]
    assert "jan.jansen" not in str(event)


def test_the_language_switch_keeps_the_page(client):
    assert (
        'href="/en/zoeken?q=schulden&amp;page=2"'
        in client.get("/nl/zoeken?q=schulden&page=2").content.decode()
    )


def test_the_mailbox_shows_mail_newest_first_and_escapes_it(client, settings, tmp_path):
    settings.MAILBOX = tmp_path
    assert "nog geen mail" in client.get("/nl/postvak", HTTP_HOST="127.0.0.1").content.decode()
    rule = "-" * 79 + "\n"
    mails = [
        f"Subject: {s}\nTo: a@example.org\n\n<script>alert({s})</script>\n{rule}" for s in ("een", "twee")
    ]
    (tmp_path / "20261123.log").write_text("".join(mails))
    page = client.get("/nl/postvak", HTTP_HOST="127.0.0.1").content.decode()
    assert page.index("twee") < page.index("een<")
    assert "<script>alert" not in page
