# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages: asking without account or JavaScript, guessing, pasting, and writing at the same time."""

from __future__ import annotations

import pytest
from django.test import Client

from knooppunt.catalogue import indexing
from knooppunt.helpdesk.keys import key_of
from knooppunt.helpdesk.models import Helped, Question
from knooppunt.helpdesk.tests.conftest import make

ASK, SUGGESTIONS = "/nl/helpdesk", "/nl/helpdesk/suggesties"


@pytest.fixture
def published(desk, question) -> Question:
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja, zonder ze te bewaren.")
    make(question, "propose", desk.first)
    made = make(question, "publish", desk.second)
    indexing.ensure()
    return made


def test_answers_are_shown_before_a_question_is_sent(client, published):
    data = {"text": "mogen wij kentekens tellen", "email": "b@example.invalid"}
    page = client.post(ASK, data)
    assert page.status_code == 200
    assert published.slug in page.content.decode()
    assert Question.objects.count() == 1
    client.post("/nl/helpdesk/geholpen", {"kind": "faq", "key": published.slug})
    client.post("/nl/helpdesk/geholpen", {"kind": "faq", "key": published.slug})
    assert Helped.objects.get().count == 1
    assert client.post(ASK, data | {"send": "1"}).status_code == 302
    assert Question.objects.count() == 2


def test_suggestions_while_typing(client, published):
    assert published.slug in client.post(SUGGESTIONS, {"text": "kentekens"}).content.decode()
    assert "<li" not in client.post(SUGGESTIONS, {"text": "qqqq"}).content.decode()
    assert client.get(SUGGESTIONS).status_code == 405


def test_only_the_key_opens_a_question(client, question):
    address = question.get_absolute_url()
    assert client.get(address).status_code == 404
    assert client.get("/nl/helpdesk/vraag", {"sleutel": "guess"}).status_code == 404
    opened = client.get("/nl/helpdesk/vraag", {"sleutel": key_of(question)})
    assert (opened.status_code, opened["Location"]) == (302, address)
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404


def test_notes_are_for_experts_and_markup_is_shown_as_text(client, desk, question):
    client.force_login(desk.first)
    client.post(f"{question.get_absolute_url()}/notitie", {"text": "geheim <script>alert(1)</script>"})
    page = client.get(question.get_absolute_url()).content.decode()
    assert "geheim &lt;script&gt;" in page
    asker = Client()
    asker.get("/nl/helpdesk/vraag", {"sleutel": key_of(question)})
    assert "geheim" not in asker.get(question.get_absolute_url()).content.decode()
    client.force_login(desk.member)
    assert client.get("/nl/helpdesk/bureau").status_code == 404


def test_a_paste_of_two_hundred_pages_is_refused_with_the_limit(client, desk):
    page = client.post(ASK, {"text": "woord " * 100_000, "email": "b@example.invalid"})
    assert page.status_code == 422
    assert "10000" in page.content.decode().replace(".", "")
    assert not Question.objects.exists()


def test_who_was_too_late_sees_both_texts(client, desk, question):
    make(question, "take", desk.first)
    client.force_login(desk.second)
    address = f"{question.get_absolute_url()}/zet/answer"
    seen = client.get(address).context["form"].initial["revision"]
    make(question, "answer", desk.first, "Het eerste antwoord.")
    page = client.post(address, {"text": "Het tweede antwoord.", "revision": seen})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Het eerste antwoord." in text
    assert "Het tweede antwoord." in text
    question.refresh_from_db()
    sent = client.post(address, {"text": "Het tweede antwoord.", "revision": question.revision})
    assert sent.status_code == 302
