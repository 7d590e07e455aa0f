# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail to one person, sent by the worker: a page waits for no mail server, and no mail is lost with one.

Address and text stand in a row of their own that goes when the mail was sent; the record of the task, which
is kept for a month, holds only the number of that row.
"""

from __future__ import annotations

from datetime import timedelta
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from knooppunt.jobs import forgetting
from knooppunt.jobs.models import Letter

KEEP = timedelta(days=3)


def write(to: str, template: str, context: dict[str, Any], language: str, *, reply_to: str = "") -> None:
    """Have `template`.txt, with the subject in `template`_subject.txt, mailed to this address.

    Part of the caller's transaction: undone with it. Without an address nothing is written.
    """
    if not to:
        return
    with override(language):
        shown = {"url": settings.PUBLIC_URL, "language": language} | context
        subject = render_to_string(f"{template}_subject.txt", shown)
        body = render_to_string(f"{template}.txt", shown).strip() + "\n"
    post(to, subject, body, reply_to=reply_to)


def post(to: str, subject: str, body: str, *, reply_to: str = "") -> None:
    """Have this text mailed to this address: `write` for texts that are ready."""
    subject = " ".join(subject.split())[:300]
    letter = Letter.objects.create(to=to, reply_to=reply_to, subject=subject, body=body)
    transaction.on_commit(lambda: send.enqueue(letter.pk))


def own_domain() -> str:
    """What stands behind the @ in the identifiers of our letters."""
    return f"knooppunt.{urlsplit(settings.PUBLIC_URL).hostname}"


@task()
def send(pk: int) -> bool:
    """Send one letter, once: one that is gone was sent. Raises when the mail server refuses or is away."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().filter(pk=pk).first()
        if letter is None:
            return False
        reply_to = [letter.reply_to] if letter.reply_to else None
        # So that no machine answers it, and the hub knows its own mail when that comes back (RFC 3834).
        headers = {"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=own_domain())}
        EmailMessage(
            letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [letter.to],
            reply_to=reply_to, headers=headers,
        ).send()  # fmt: skip
        letter.delete()
    return True


def forget_old() -> int:
    """Remove what could not be sent for three days."""
    return forgetting.forget(Letter.objects.filter(written__lt=timezone.now() - KEEP))
