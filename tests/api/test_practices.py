# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practices and challenges in the API: read what is public, start a draft of one's own organisation."""

from __future__ import annotations

import pytest

from knooppunt.catalogue.models import Card
from knooppunt.practices.models import Practice
from tests.api.test_resources import post, problem

ADDRESS = "/api/v1/practices"
DRAFT = {
    "organisation": "gemeente-breda",
    "language": "nl",
    "title": "Riolen meten met sensoren",
    "summary": "Wij meten de stand in het riool.",
    "challenges": ["infrastructure-space"],
    "problem": "Bij regen loopt het riool over.",
}


def test_what_is_public_can_be_read_whole(client):
    items = client.get(f"{ADDRESS}?limit=200").json()["items"]
    assert len(items) == Card.objects.filter(kind="practice").count()
    for item in items:
        whole = client.get(f"{ADDRESS}/{item['id']}").json()
        assert whole["title"] == item["title"]
        assert whole["title"]["nl"]
        assert whole["title"]["en"]
    challenges = client.get("/api/v1/challenges").json()["items"]
    assert {c for item in items for c in item["challenges"]} <= {c["id"] for c in challenges}


def test_a_draft_is_made_and_is_not_public(program, client):
    made = post(program("municipal-editor"), ADDRESS, DRAFT)
    assert made.status_code == 201, made.content
    assert made.json()["state"] == "draft"
    problem(client.get(f"{ADDRESS}/{made.json()['id']}"), 404)
    assert not Card.objects.filter(kind="practice", key=made.json()["id"]).exists()
    assert client.get(f"/nl/praktijken/{made.json()['id']}").status_code == 404
    assert client.get(f"/nl/praktijken/{made.json()['id']}/werk").status_code == 302  # to sign in


@pytest.mark.parametrize(
    ("persona", "scope", "change", "status"),
    [
        *(("member", "write", {}, 403), ("editor", "write", {}, 403), ("municipal-editor", "read", {}, 403)),
        ("municipal-editor", "write", {"organisation": "gemeente-tilburg"}, 403),
        ("municipal-editor", "write", {"challenges": ["no-such"]}, 400),
        ("municipal-editor", "write", {"challenges": []}, 400),
        ("municipal-editor", "write", {"language": "de"}, 400),
        ("municipal-editor", "write", {"title": ""}, 400),
    ],
)
def test_who_may_not_starts_nothing(program, persona, scope, change, status):
    before = Practice.objects.count()
    problem(post(program(persona, scope), ADDRESS, DRAFT | change), status)
    assert Practice.objects.count() == before


def test_markup_stays_text(program, client):
    nasty = "<script>alert(1)</script>"
    made = post(program("municipal-editor"), ADDRESS, DRAFT | {"title": nasty, "problem": nasty})
    assert made.status_code == 201
    from knooppunt.people.services import demo_account

    client.force_login(demo_account("municipal-editor", "nl"))
    page = client.get(f"/nl/praktijken/{made.json()['id']}/voorbeeld")
    assert page.status_code == 200
    assert nasty not in page.content.decode()
