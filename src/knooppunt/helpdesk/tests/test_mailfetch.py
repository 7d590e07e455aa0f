# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail fetched over IMAP: seen only after it was kept, once, and only from a server we trust."""

from __future__ import annotations

import pytest

from knooppunt.helpdesk import mailfetch, mailin
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.tests.imapserver import Mailbox
from knooppunt.helpdesk.tests.test_mailin import raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(tmp_path, settings, desk):
    made = Mailbox(tmp_path, {}, "geheim")
    secret = tmp_path / "password"
    secret.write_text("geheim\n", encoding="utf-8")
    settings.IMAP = {
        "host": "127.0.0.1", "port": made.server_address[1], "user": "desk", "password_file": secret,
        "folder": "INBOX", "ca": str(made.pem),
    }  # fmt: skip
    yield made
    made.shutdown()
    made.server_close()


def test_unseen_mail_is_kept_and_then_marked(box):
    box.messages = {3: raw("Eerste?"), 5: raw("Tweede?"), 9: raw(Auto_Submitted="auto-replied")}
    assert [r.outcome for r in mailfetch.fetch()] == ["asked", "asked", "ignored"]
    assert [q.text.split()[-1] for q in Question.objects.all()] == ["Eerste?", "Tweede?"]
    assert box.seen == {3, 5, 9}
    assert mailfetch.fetch() == []


def test_what_cannot_be_kept_stays_unseen_and_holds_up_no_other(box, monkeypatch):
    box.messages = {1: raw("Kapot?"), 2: raw("Goed?")}
    real = mailin.receive

    def broken(message: bytes) -> mailin.Received:
        if b"Kapot" in message:
            raise OSError("the disk is full")
        return real(message)

    monkeypatch.setattr(mailin, "receive", broken)
    assert [r.outcome for r in mailfetch.fetch()] == ["asked"]
    assert box.seen == {2}
    monkeypatch.undo()
    assert [r.outcome for r in mailfetch.fetch()] == ["asked"]
    assert box.seen == {1, 2}


def test_what_was_not_taken_in_is_flagged_for_a_person(box):
    box.messages = {1: b"From: \n\n\xff", 2: raw(Precedence="bulk"), 3: raw("Goed?"), 4: b""}
    assert [r.verdict for r in mailfetch.fetch()] == ["unreadable", "list", "question", "unreadable"]
    assert (box.seen, box.flagged) == ({1, 2, 3, 4}, {1, 2, 4})


def test_sixty_that_cannot_be_kept_hold_up_no_other(box, monkeypatch):
    box.messages = {n: raw("Kapot?") for n in range(1, 61)} | {61: raw("Goed?")}
    real = mailin.receive

    def broken(message: bytes) -> mailin.Received:
        if b"Kapot" in message:
            raise OSError("the disk is full")
        return real(message)

    monkeypatch.setattr(mailin, "receive", broken)
    assert [r.outcome for r in mailfetch.fetch()] == ["asked"]
    assert box.seen == {61}


def test_a_mail_that_was_kept_but_not_marked_is_not_asked_twice(box):
    box.messages = {1: raw("Een keer?", Message_ID="<1@example.invalid>")}
    box.deaf = True
    with pytest.raises(mailfetch.MailboxError, match="fetch again"):
        mailfetch.fetch()
    assert (Question.objects.count(), box.seen) == (1, set())
    box.deaf = False
    assert [r.outcome for r in mailfetch.fetch()] == ["ignored"]
    assert (Question.objects.count(), box.seen) == (1, {1})


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ca": ""}, "_CA"), ({"port": 1}, "_PORT"), ({"password_file": "/nowhere"}, "_PASSWORD_FILE"),
        ({"folder": "Nergens"}, "_FOLDER"),
    ],
)  # fmt: skip
def test_a_mailbox_that_cannot_be_read_says_which_setting_to_look_at(box, settings, wrong, told):
    settings.IMAP = settings.IMAP | wrong
    with pytest.raises(mailfetch.MailboxError, match=told):
        mailfetch.fetch()


def test_a_wrong_password_is_told(box):
    box.password = "iets anders"
    with pytest.raises(mailfetch.MailboxError, match="_USER"):
        mailfetch.fetch()


def test_without_a_mailbox_nothing_is_fetched(settings):
    settings.IMAP = {"host": ""}
    assert mailfetch.fetch() == []
