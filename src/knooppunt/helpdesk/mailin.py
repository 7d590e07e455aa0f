# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail that comes in: a new question, a reply to one, or nothing for us."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.helpdesk import attaching, letters, services
from knooppunt.helpdesk.keys import question_of_tag
from knooppunt.helpdesk.mailreading import Mail, read
from knooppunt.helpdesk.models import LONGEST, KeptMail, Message, Question
from knooppunt.helpdesk.states import FLOW
from knooppunt.jobs.letters import own_domain
from knooppunt.web.filechecks import sort_out
from knooppunt.web.forms import NotNowError

MOST_BYTES = 50 * 1024 * 1024
MOST_REPLIES = 20
KEEP = timedelta(days=30)
HEAD = 64 * 1024


class Outcome(StrEnum):
    ASKED = "asked"  # a new question
    ADDED = "added"  # a reply, on its question
    HELD = "held"  # a reply from another address: an internal note, for an expert to judge
    IGNORED = "ignored"  # sent by a machine, by ourselves or by nobody
    REFUSED = "refused"  # too large, empty, or too many


@dataclass(frozen=True)
class Received:
    outcome: Outcome
    why: str
    question: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@transaction.atomic
def receive(raw: bytes) -> Received:
    """Take one message in. Files that may not be kept are named to the sender and in a note.

    One that is too large is not read further than its head; its sender is told what to do.
    """
    too_large = len(raw) > MOST_BYTES
    mail = read(raw[:HEAD] if too_large else raw)
    if mail.automatic or not mail.sender or _is_own(mail):
        return Received(Outcome.IGNORED, _("sent by a machine, by ourselves, or without an address"))
    if not KeptMail.objects.get_or_create(digest=mail.digest)[1]:
        return Received(Outcome.IGNORED, _("it came in before"))
    if too_large:
        letters.tell_sender(mail.sender, [], language="nl")
        return Received(Outcome.REFUSED, _("larger than 50 MB"))
    question = question_of_tag(mail.tag) if mail.tag else None
    if not mail.text:
        return Received(Outcome.REFUSED, _("there is no text in it"))
    return _reply(question, mail) if question else _ask(mail)


def _is_own(mail: Mail) -> bool:
    """Sent by this hub, whatever address it now says: our letters carry identifiers of our own."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL or "")[1].lower()
    return mail.sender.lower() == own or mail.identifier.endswith(f"@{own_domain()}>")


def forget() -> int:
    """Remove what is kept of messages after thirty days. Run daily."""
    return KeptMail.objects.filter(at__lt=timezone.now() - KEEP).delete()[0]


def _ask(mail: Mail) -> Received:
    text = f"{mail.subject}\n\n{mail.text}".strip()
    try:
        kept, refused = sort_out(mail.attachments)
        question = services.ask(text[:LONGEST], mail.sender, language="nl", files=kept)
    except NotNowError as error:
        return Received(Outcome.REFUSED, str(error))
    _tell_what_is_missing(question, refused, len(text))
    return Received(Outcome.ASKED, _("a new question"), question.pk)


def _reply(question: Question, mail: Mail) -> Received:
    question = Question.objects.select_for_update().get(pk=question.pk)
    since = timezone.now() - timedelta(days=1)
    if question.messages.filter(author=None, at__gte=since).count() >= MOST_REPLIES:
        return Received(Outcome.REFUSED, _("too many mails on this question today"), question.pk)
    if mail.sender.lower() != question.email.lower():
        text = _("Held: a reply from another address, %(sender)s.") % {"sender": mail.sender}
        Message.objects.create(
            question=question, role=Message.Role.NOTE, text=f"{text}\n\n{mail.text}"[:LONGEST]
        )
        _note(question, [(name, "") for name, _content in mail.attachments], len(mail.text))
        audit("hold mail", "question", str(question.pk), actor=None)
        return Received(Outcome.HELD, _("from another address than the question"), question.pk)
    verb = next((verb for verb in ("tell", "reopen") if FLOW.find(verb, question.state)), None)
    kept, refused = sort_out(mail.attachments)
    if verb:
        services.move(
            question, verb, actor=None, revision=question.revision, text=mail.text[:LONGEST], files=kept,
            by_key=True,
        )  # fmt: skip
    else:
        said = Message.objects.create(question=question, role=Message.Role.ASKER, text=mail.text[:LONGEST])
        attaching.attach(question, kept, said)
        audit("add mail", "question", str(question.pk), actor=None)
    _tell_what_is_missing(question, refused, len(mail.text))
    return Received(Outcome.ADDED, _("a reply"), question.pk)


def _tell_what_is_missing(question: Question, refused: list[tuple[str, str]], size: int) -> None:
    """Name what was not kept, to who sent it and to the experts."""
    if refused:
        letters.tell_sender(question.email, refused, language=question.language)
    _note(question, refused, size)


def _note(question: Question, refused: list[tuple[str, str]], size: int) -> None:
    missing = []
    if refused:
        names = ", ".join(name for name, _reason in refused)[:900]
        missing.append(_("Attachments that were not kept: %(names)s.") % {"names": names})
    if size > LONGEST:
        missing.append(_("The mail was longer than %(most)s signs and is cut.") % {"most": LONGEST})
    if missing:
        Message.objects.create(question=question, role=Message.Role.NOTE, text="\n".join(missing))
