# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files with a question: kept outside every folder that is served, as long as the question is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils.translation import gettext as _

from knooppunt.helpdesk.models import Attachment, Message, Question
from knooppunt.web.filechecks import Checked
from knooppunt.web.forms import NotNowError

MOST_PER_QUESTION = 20
A_DAY = 86_400


def attach(question: Question, files: Sequence[Checked], message: Message | None = None) -> None:
    """Keep files with what was asked, or with one message of it. Inside the caller's transaction."""
    if question.attachments.count() + len(files) > MOST_PER_QUESTION:
        told = _("A question has at most %(n)s files. Leave these out, or ask a new question.")
        raise NotNowError(told % {"n": MOST_PER_QUESTION})
    for file in files:
        kept = Attachment.objects.create(
            question=question, message=message, name=file.name, kind=file.kind, size=len(file.content)
        )
        kept.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.path.touch(mode=0o600)
        kept.path.write_bytes(file.content)


def files_of(message: Message) -> list[Checked]:
    """The files of a message, to give them to someone else as well."""
    return [
        Checked(kept.name, kept.kind, kept.path.read_bytes())
        for kept in message.attachments.all()
        if kept.path.is_file()
    ]


def sweep() -> int:
    """Remove files whose row never came to be, because what they belonged to was undone. Run daily."""
    folder = Path(settings.DATA) / "helpdesk"
    known = set(Attachment.objects.values_list("file", flat=True))
    old = time.time() - A_DAY
    lost = [
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.name not in known and path.stat().st_mtime < old
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _remove_file(instance: Attachment, **_more: Any) -> None:
    transaction.on_commit(lambda: instance.path.unlink(missing_ok=True))


def register() -> None:
    post_delete.connect(_remove_file, sender=Attachment, dispatch_uid="helpdesk-attachment")
