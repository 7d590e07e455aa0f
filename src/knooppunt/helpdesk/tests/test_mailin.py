# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail in: questions, replies, loops, spoofed senders, broken charsets, attachments and noise."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.helpdesk import mailin
from knooppunt.helpdesk.keys import key_of, question_of, tag_of
from knooppunt.helpdesk.mailreading import read
from knooppunt.helpdesk.models import Attachment, KeptMail, Message, Question
from knooppunt.helpdesk.states import State
from knooppunt.helpdesk.tests.conftest import make
from knooppunt.jobs import letters
from knooppunt.jobs.models import Letter


def raw(
    text: str = "Mag dit?", sender: str = "asker@example.invalid", subject: str = "Vraag", **more: str
) -> bytes:
    headers = {"From": sender, "Subject": subject, "Content-Type": "text/plain; charset=utf-8"}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    return ("".join(f"{k}: {v}\n" for k, v in headers.items()) + f"\n{text}\n").encode()


def test_a_mail_is_a_question(desk):
    received = mailin.receive(raw())
    question = Question.objects.get(pk=received.question)
    assert (received.outcome, question.text) == ("asked", "Vraag\n\nMag dit?")
    assert f"[#{tag_of(question)}]" in Letter.objects.get(to="asker@example.invalid").subject


def test_a_reply_finds_its_question_and_opens_it_again(desk, question):
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja.")
    received = mailin.receive(raw("Maar hoe?\n> Ja.", subject=f"Re: uw vraag [#{tag_of(question)}]"))
    question.refresh_from_db()
    assert (received.outcome, question.state) == ("added", State.OPEN)
    last = question.messages.last()
    assert (last.role, last.text) == (Message.Role.ASKER, "Maar hoe?")
    assert Question.objects.count() == 1


def test_a_reply_from_another_address_is_held_for_an_expert(desk, question):
    received = mailin.receive(raw(sender="other@example.invalid", subject=f"[#{tag_of(question)}]"))
    assert received.outcome == "held"
    assert [m.role for m in question.messages.all()] == [Message.Role.NOTE]


def test_a_made_up_tag_finds_nothing_and_a_tag_opens_no_page(desk, question):
    assert mailin.receive(raw(subject=f"[#{question.pk}:{'x' * 43}]")).outcome == "asked"
    assert question_of(tag_of(question)) is None
    assert question_of(key_of(question)) == question


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_machines_are_not_answered(desk, headers):
    assert mailin.receive(raw(**headers)).outcome == "ignored"
    assert not Letter.objects.exists()


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-generated"}, {"List_Id": "<x>"}])
def test_what_may_be_a_person_goes_to_a_person_and_no_letter_goes_back(desk, headers):
    received = mailin.receive(raw(**headers))
    assert (received.outcome, received.verdict) == ("asked", "question")
    assert not Letter.objects.filter(to="asker@example.invalid").exists()
    (note,) = Message.objects.filter(question=received.question)
    assert note.text == received.notes[0]
    assert next(iter(headers)).replace("_", "-").lower() in note.text


def test_what_was_folded_away_is_with_the_question(desk):
    received = mailin.receive(
        raw("Ja?\n\nOp wo 5 aug 2026 schreef Desk <d@example.invalid>:\n> oud", subject="Re: x")
    )
    assert (received.text, received.folded.splitlines()[-1]) == ("Ja?", "> oud")
    assert "> oud" in Message.objects.get(question=received.question).text


def test_ourselves_and_nobody_are_not_answered(desk, settings):
    settings.DEFAULT_FROM_EMAIL = "Knooppunt <desk@example.invalid>"
    for sender in ("DESK@example.invalid", "", "no address"):
        assert mailin.receive(raw(sender=sender)).outcome == "ignored"


def test_our_own_letters_are_known_when_they_come_back(desk, question, settings, mailoutbox):
    for letter in Letter.objects.all():
        letters.send.func(letter.pk)
    for sent in mailoutbox:
        message = sent.message()
        assert message["Auto-Submitted"] == "auto-generated"
        del message["Auto-Submitted"]
        message.replace_header("From", "forwarder@example.invalid")
        assert mailin.receive(message.as_bytes()).outcome == "ignored"
    assert mailoutbox


def test_the_same_mail_is_taken_in_once(desk):
    mail = raw(Message_ID="<1@example.invalid>")
    assert [mailin.receive(mail).outcome for _ in range(2)] == ["asked", "ignored"]
    assert mailin.forget() == 0
    KeptMail.objects.update(at=timezone.now() - mailin.KEEP)
    assert mailin.forget() == 1


def test_the_address_of_the_asker_alone_is_no_proof(desk, question):
    received = mailin.receive(
        raw("Sluit mijn vraag.", sender=question.email, subject=f"Re: vraag {question.pk}")
    )
    assert received.outcome == "asked"
    assert received.question != question.pk
    assert not question.messages.exists()


def test_too_many_replies_are_refused(desk, question):
    outcomes = [
        mailin.receive(raw(f"Antwoord {n}", subject=f"[#{tag_of(question)}]")).outcome for n in range(21)
    ]
    assert outcomes.count("added") == 20
    assert outcomes[-1] == "refused"


def test_broken_charsets_are_read_as_well_as_can_be(desk):
    wrong = raw().replace(b"utf-8", b"no-such-charset").replace(b"Mag dit?", "Mag caf\xe9?".encode("cp1252"))
    assert "Mag café?" in read(wrong).text
    assert mailin.receive(wrong).outcome == "asked"


def test_good_attachments_are_kept_and_refused_ones_are_named(desk):
    body = (
        b"From: asker@example.invalid\nSubject: Vraag\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nMag dit?\n"
        b"--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=a.exe\n\n"
        b"MZ\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=b.pdf\n\n"
        b"%PDF-1.7\n\n--b--\n"
    )
    received = mailin.receive(body)
    (note,) = Message.objects.filter(question=received.question)
    assert note.role == Message.Role.NOTE
    assert "a.exe" in note.text
    (kept,) = Attachment.objects.all()
    assert (kept.name, kept.kind, kept.path.read_bytes()[:8]) == ("b.pdf", "application/pdf", b"%PDF-1.7")
    told = Letter.objects.get(subject__contains="Niet alles")
    assert "a.exe: " in told.body
    assert "b.pdf" not in told.body


def test_files_of_a_stranger_are_not_kept(desk, question):
    body = (
        b"From: other@example.invalid\nSubject: [#%s]\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHallo\n"
        b"--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=b.pdf\n\n"
        b"%%PDF-1.7\n--b--\n"
    ) % tag_of(question).encode()
    assert mailin.receive(body).outcome == "held"
    assert not Attachment.objects.exists()
    assert "b.pdf" in question.messages.last().text
    assert not Letter.objects.filter(to="other@example.invalid").exists()


def test_a_huge_mail_is_refused(desk):
    assert mailin.receive(raw("x" * (mailin.MOST_BYTES + 1))).outcome == "refused"
    assert "50 MB" in Letter.objects.get().body
    assert mailin.receive(raw("x" * mailin.MOST_BYTES, Auto_Submitted="auto-replied")).outcome == "ignored"
    long = mailin.receive(raw("x" * 20_000))
    assert (long.outcome, len(Question.objects.get().text)) == ("asked", 10_000)


@given(st.binary(max_size=600))
def test_any_bytes_can_be_read(data):
    mail = read(data)
    assert isinstance(mail.text, str)


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_header_and_text_can_be_read(subject, text):
    read(f"Subject: {subject}\n\n{text}".encode("utf-8", "replace"))
