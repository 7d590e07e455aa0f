# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages that other sites show in a frame: only these, and nothing in them that does something."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from knooppunt.catalogue.models import Card
from knooppunt.people.services import demo_account

ADDRESSES = [
    "/nl/embed/kaart/action/nl-digitaal-2019/4.6",
    "/en/embed/lijst?q=data",
    "/nl/embed/lijst?q=zzzz",
    "/nl/embed/badge/organisation/gemeente-breda",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_embeds_may_be_framed_and_do_nothing(client, address):
    client.force_login(demo_account("editor", "nl"))
    response = client.get(address)
    assert response.status_code == 200
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert not response.has_header("X-Frame-Options")
    assert not response.cookies
    text = response.content.decode()
    assert not any(word in text for word in ("<form", "<script", "csrf", "Afmelden", "Sign out"))
    assert client.post(address).status_code == 405


def test_everything_else_may_not_be_framed(client):
    for address in ("/nl/", "/nl/organisaties", "/nl/data", "/api/v1/cards", "/nl/aanmelden"):
        response = client.get(address)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_markup_in_a_title_stays_text(client):
    nasty = '"><script>alert(1)</script><svg onload="x'
    Card.objects.filter(kind="organisation", key="gemeente-breda").update(title_nl=nasty)
    for form in ("badge", "kaart"):
        page = client.get(f"/nl/embed/{form}/organisation/gemeente-breda").content.decode()
        assert "<script>alert" not in page
    ElementTree.fromstring(client.get(ADDRESSES[3]).content)  # noqa: S314 - our own answer


@pytest.mark.parametrize("address", ["/nl/embed/kaart/action/x", "/nl/embed/badge/x/%00"])
def test_what_is_not_public_is_not_embedded(client, address):
    assert client.get(address).status_code == 404
