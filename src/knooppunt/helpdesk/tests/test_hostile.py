# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hostile input by every way in: script stays text, what is too long is refused, nobody guesses a page."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.catalogue.models import AuditLine
from knooppunt.helpdesk import mailin, services
from knooppunt.helpdesk.keys import key_of, tag_of
from knooppunt.helpdesk.models import Desk, Message, Question
from knooppunt.helpdesk.tests.conftest import make
from knooppunt.helpdesk.tests.test_mailin import raw

SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">'
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"
PASTE = "woord " * 100_000  # some two hundred pages


def by_form(text: str):
    return Client().post("/nl/helpdesk", {"text": text, "email": "a@example.invalid", "send": "1"})


def by_api(text: str):
    body = json.dumps({"text": text, "email": "a@example.invalid"})
    return Client().post("/api/v1/questions", body, content_type="application/json")


@pytest.mark.parametrize("way", [by_form, by_api, lambda text: mailin.receive(raw(text))])
def test_script_in_a_question_is_shown_as_text_to_the_desk(client, desk, way):
    way(SCRIPT)
    client.force_login(desk.first)
    address = Question.objects.get().get_absolute_url()
    for page in ("/nl/helpdesk/bureau", address, f"{address}/zet/answer", f"{address}/zet/merge"):
        text = client.get(page, follow=True).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert SHOWN in client.get(address).content.decode()


def test_script_in_the_conversation_and_in_names_is_shown_as_text(client, desk, question):
    make(question, "tell", None, SCRIPT, by_key=True)
    services.note(question, SCRIPT, actor=desk.first)
    day = timezone.localdate()
    made = Desk.objects.create(slug="x", title=SCRIPT, about=SCRIPT, language="nl", starts=day)
    client.force_login(desk.first)
    for page in (question.get_absolute_url(), made.get_absolute_url(), "/nl/helpdesk", "/nl/helpdesk/bureau"):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert SHOWN in text


def test_two_hundred_pages_are_refused_or_cut_and_never_kept_whole(client, desk, question):
    assert by_form(PASTE).status_code == 422
    assert by_api(PASTE).status_code == 400
    assert Client().post("/nl/helpdesk/suggesties", {"text": PASTE}).status_code == 200
    received = mailin.receive(raw(PASTE))
    assert len(Question.objects.get(pk=received.question).text) == 10_000
    mailin.receive(raw(PASTE, subject=f"[#{tag_of(question)}]"))
    client.force_login(desk.first)
    question.refresh_from_db()
    refused = client.post(f"{question.get_absolute_url()}/notitie", {"text": PASTE})
    assert refused.status_code == 422
    assert PASTE.strip() in refused.content.decode()
    make(question, "take", desk.first)
    data = {"text": PASTE, "revision": question.revision}
    assert client.post(f"{question.get_absolute_url()}/zet/answer", data).status_code == 422
    assert max(len(m.text) for m in Message.objects.all()) <= 10_000


def test_another_askers_page_cannot_be_guessed(desk, question):
    """Numbers follow one another; without the key of this very question each page of it does not exist."""
    own = services.ask("Mijn vraag", "b@example.invalid", language="nl")
    asker = Client()
    asker.get("/nl/helpdesk/vraag", {"sleutel": key_of(own)})
    assert asker.get(own.get_absolute_url()).status_code == 200
    there, deeds = question.get_absolute_url(), AuditLine.objects.count()
    for page in ("", "/zet/tell", "/zet/close", "/bijlage/1", "/zet/publish"):
        assert asker.get(there + page).status_code == 404
    for page in ("/oordeel", "/zet/close", "/zet/tell"):
        data = {"verdict": "yes", "revision": 0, "text": "x"}
        assert asker.post(there + page, data).status_code == 404
    assert AuditLine.objects.count() == deeds
    halves = key_of(own).split(":")[0] + ":" + key_of(question).split(":")[1]
    for key in (halves, key_of(question)[:-1], tag_of(question), question.code, "\x00", "x" * 5_000):
        assert Client().get("/nl/helpdesk/vraag", {"sleutel": key}).status_code == 404


def test_an_asker_makes_no_move_of_an_expert(desk, question):
    asker = Client()
    asker.get("/nl/helpdesk/vraag", {"sleutel": key_of(question)})
    for verb in ("take", "answer", "ask-back", "merge", "split", "propose", "publish", "return", "confirm"):
        data = {"text": "x", "revision": question.revision, "into": question.pk}
        assert asker.post(f"{question.get_absolute_url()}/zet/{verb}", data).status_code in (403, 404), verb
    question.refresh_from_db()
    assert (question.state, question.revision) == ("open", 0)
