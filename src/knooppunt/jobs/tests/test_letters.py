# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail that waits in a row of its own until it was sent."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone

from knooppunt.jobs import letters
from knooppunt.jobs.models import Letter

pytestmark = pytest.mark.django_db


def test_a_letter_is_sent_once_and_goes():
    letters.post("a@example.org", "Onderwerp", "Tekst", reply_to="b@example.org")
    pk = Letter.objects.get().pk
    assert letters.send.call(pk)
    assert not letters.send.call(pk)
    assert [(m.to, m.reply_to, m.subject) for m in mail.outbox] == [
        (["a@example.org"], ["b@example.org"], "Onderwerp")
    ]
    assert not Letter.objects.exists()


def test_a_letter_waits_for_an_absent_mail_server():
    letters.post("a@example.org", "Onderwerp", "Tekst")
    pk = Letter.objects.get().pk
    with (
        mock.patch("knooppunt.jobs.letters.EmailMessage.send", side_effect=ConnectionRefusedError),
        pytest.raises(ConnectionRefusedError),
    ):
        letters.send.call(pk)
    assert Letter.objects.exists()


def test_a_subject_has_one_line():
    letters.post("a@example.org", "een\r\nBcc: x@example.org", "tekst")
    assert Letter.objects.get().subject == "een Bcc: x@example.org"


def test_what_cannot_be_sent_is_forgotten():
    letters.post("a@example.org", "Onderwerp", "Tekst")
    assert letters.forget_old() == 0
    Letter.objects.update(written=timezone.now() - timedelta(days=4))
    assert letters.forget_old() == 1
