# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The help desk for programs: asking without a token, one's own questions and the queue with one."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from knooppunt.api import tokens
from knooppunt.catalogue import indexing
from knooppunt.helpdesk import services
from knooppunt.helpdesk.models import Desk, Question
from knooppunt.people.services import demo_account
from tests.api.test_resources import post, problem

pytestmark = pytest.mark.django_db
QUESTIONS, SUGGESTIONS = "/api/v1/questions", "/api/v1/suggestions"
ASKED = {"text": "Mogen wij kentekens tellen?", "email": "asker@example.invalid"}


def token(role: str, scope: str = "write") -> dict[str, str]:
    secret = tokens.issue(demo_account(role, "nl"), name="test", scope=scope, days=30)
    return {"headers": {"Authorization": f"Bearer {secret}"}}


def test_anyone_asks_and_follows_the_question_by_its_link(client):
    body = post(client, QUESTIONS, ASKED | {"theme": "privacy"})
    assert body.status_code == 201
    made = Question.objects.get(pk=body.json()["id"])
    assert (made.text, made.author, made.theme) == (ASKED["text"], None, "privacy")
    link = urlsplit(body.json()["url"])
    opened = client.get(f"{link.path}?{link.query}", follow=True)
    assert ASKED["text"] in opened.content.decode()


def test_bad_questions_are_told_what_is_wrong(client):
    assert {e["field"] for e in problem(post(client, QUESTIONS, {"email": "x"}), 400)["errors"]} == {
        "body.text",
        "body.email",
    }
    problem(post(client, QUESTIONS, ASKED | {"text": " \x00 "}), 400)
    problem(post(client, QUESTIONS, ASKED | {"text": "x" * 10_001}), 400)
    assert "desk" in problem(post(client, QUESTIONS, ASKED | {"desk": "nowhere"}), 400)["detail"]
    assert not Question.objects.exists()


def test_one_address_and_one_network_have_a_limit(client, settings):
    settings.API_LIMIT = 0
    answers = [post(client, QUESTIONS, ASKED).status_code for _ in range(6)]
    assert answers == [201] * 5 + [409]
    others = [
        post(client, QUESTIONS, ASKED | {"email": f"a{n}@example.invalid"}).status_code for n in range(15)
    ]
    assert others == [201] * 14 + [429]
    page = client.post("/nl/helpdesk", ASKED | {"email": "z@example.invalid", "send": "1"})
    assert page.status_code == 422


def test_a_desk_can_be_named_while_it_is_open(client):
    day = timezone.localdate()
    desk = Desk.objects.create(slug="sensoren", title="Sensoren", about="x", language="nl", ends=day)
    assert post(client, QUESTIONS, ASKED | {"desk": "sensoren"}).status_code == 201
    assert Question.objects.get().desk == desk
    Desk.objects.update(ends=day - timedelta(days=1))
    problem(post(client, QUESTIONS, ASKED | {"desk": "sensoren"}), 400)


def test_my_own_questions_need_a_token_and_are_mine_only(client):
    problem(client.get(QUESTIONS), 401)
    problem(post(client, QUESTIONS, ASKED, **token("member", "read")), 403)
    own = post(client, QUESTIONS, ASKED, **token("member")).json()["id"]
    services.ask("Van een ander", "b@example.invalid", language="nl")
    mine = token("member", "read")
    assert [q["id"] for q in client.get(QUESTIONS, **mine).json()["items"]] == [own]
    assert client.get(f"{QUESTIONS}/{own}", **mine).json()["messages"] == []
    other = Question.objects.exclude(pk=own).get()
    for missing in (other.pk, 10**30):
        problem(client.get(f"{QUESTIONS}/{missing}", **mine), 404)
    problem(client.get(f"{QUESTIONS}/{own}"), 401)


def test_the_queue_is_for_who_works_at_a_desk(client):
    made = services.ask("Mag dit?", "b@example.invalid", language="nl")
    services.note(made, "Alleen voor ons.", actor=demo_account("hub-editor", "nl"))
    problem(client.get(f"{QUESTIONS}?of=desk", **token("member")), 403)
    expert = token("hub-editor", "read")
    (row,) = client.get(f"{QUESTIONS}?of=desk", **expert).json()["items"]
    assert (row["id"], row["state"]) == (made.pk, "open")
    assert row["due"]
    (note,) = client.get(f"{QUESTIONS}/{made.pk}", **expert).json()["messages"]
    assert (note["role"], note["text"]) == ("note", "Alleen voor ons.")


def test_suggestions_come_with_why_and_one_confidence(client, loaded):
    indexing.ensure()
    found = post(client, SUGGESTIONS, {"text": "Wie is verantwoordelijk als wij gegevens delen?"}).json()
    first, *others = found["items"]
    assert first["why"]
    assert 0 <= first["confidence"] <= 1
    assert all(other["confidence"] is None for other in others)
    assert client.get(urlsplit(first["url"]).path).status_code == 200
    assert post(client, SUGGESTIONS, {"text": ""}).json() == {"items": []}
