# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail that comes in: a new question, a reply to one, or nothing for us."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.helpdesk import attaching, letters, services
from knooppunt.helpdesk.keys import question_of_tag
from knooppunt.helpdesk.mailreading import Mail, Verdict, read
from knooppunt.helpdesk.models import LONGEST, KeptMail, Message, Question
from knooppunt.helpdesk.states import FLOW
from knooppunt.jobs.letters import own_domain
from knooppunt.web.filechecks import sort_out
from knooppunt.web.forms import NotNowError

log = structlog.get_logger(__name__)
MOST_BYTES = 50 * 1024 * 1024
MOST_REPLIES = 20
KEEP = timedelta(days=30)
HEAD = 64 * 1024


class Outcome(StrEnum):
    ASKED = "asked"  # a new question
    ADDED = "added"  # a reply, on its question
    HELD = "held"  # a reply from another address: an internal note, for an expert to judge
    IGNORED = "ignored"  # sent by a machine, to a list, by ourselves or by nobody
    REFUSED = "refused"  # too large, empty, or too many


@dataclass(frozen=True)
class Received:
    """What became of a message, and what was read in it."""

    outcome: Outcome
    why: str
    question: int | None = None
    verdict: Verdict = Verdict.UNREADABLE
    text: str = ""
    folded: str = ""
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def receive(raw: bytes) -> Received:
    """Take one message in; whatever it looks like, it gets a verdict.

    Files that may not be kept are named to the sender and in a note. One that is too large is not read
    further than its head; its sender is told what to do.
    """
    is_whole = len(raw) <= MOST_BYTES
    mail = read(raw if is_whole else raw[:HEAD])
    received = _take_in(mail, is_whole=is_whole)
    verdict = mail.verdict
    if verdict is Verdict.REPLY and received.outcome is Outcome.ASKED:
        verdict = Verdict.QUESTION  # its tag is not that of a question here
    if received.outcome in (Outcome.IGNORED, Outcome.REFUSED):
        log.warning("mail was not taken in", verdict=verdict, why=received.why, digest=mail.digest)
    return replace(
        received, verdict=verdict, text=mail.text, folded=mail.folded, notes=mail.notes,
        files=tuple(name for name, _content in mail.attachments),
    )  # fmt: skip


@transaction.atomic
def _take_in(mail: Mail, *, is_whole: bool) -> Received:
    if mail.verdict not in (Verdict.QUESTION, Verdict.REPLY):
        return Received(Outcome.IGNORED, " ".join(mail.notes) or _("there is nothing in it"))
    if _is_own(mail):
        return Received(Outcome.IGNORED, _("sent by ourselves"))
    if not KeptMail.objects.get_or_create(digest=mail.digest)[1]:
        return Received(Outcome.IGNORED, _("it came in before"))
    if not is_whole:
        if not mail.doubtful:
            letters.tell_sender(mail.sender, [], language="nl")
        return Received(Outcome.REFUSED, _("larger than 50 MB"))
    question = question_of_tag(mail.tag) if mail.tag else None
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
        question = services.ask(text[:LONGEST], mail.sender, language="nl", files=kept, quiet=mail.doubtful)
    except NotNowError as error:
        return Received(Outcome.REFUSED, str(error))
    _tell_what_is_missing(question, mail, refused, len(text))
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
        _note(question, mail, [(name, "") for name, _content in mail.attachments], len(mail.text))
        audit("hold mail", "question", str(question.pk), actor=None)
        return Received(Outcome.HELD, _("from another address than the question"), question.pk)
    verb = next((verb for verb in ("tell", "reopen") if FLOW.find(verb, question.state)), None)
    kept, refused = sort_out(mail.attachments)
    _tell_what_is_missing(question, mail, refused, len(mail.text))
    text = mail.text[:LONGEST] or _("(no text)")
    if verb:
        services.move(
            question, verb, actor=None, revision=question.revision, text=text, files=kept,
            by_key=True,
        )  # fmt: skip
    else:
        said = Message.objects.create(question=question, role=Message.Role.ASKER, text=text)
        attaching.attach(question, kept, said)
        audit("add mail", "question", str(question.pk), actor=None)
    return Received(Outcome.ADDED, _("a reply"), question.pk)


def _tell_what_is_missing(question: Question, mail: Mail, refused: list[tuple[str, str]], size: int) -> None:
    """Name what was not kept, to who sent it and to the experts."""
    if refused and not mail.doubtful:
        letters.tell_sender(question.email, refused, language=question.language)
    _note(question, mail, refused, size)


def _note(question: Question, mail: Mail, refused: list[tuple[str, str]], size: int) -> None:
    """What the experts should know of a mail, and what was folded away of it."""
    told = list(mail.notes)
    if refused:
        names = ", ".join(name for name, _reason in refused)[:900]
        told.append(_("Attachments that were not kept: %(names)s.") % {"names": names})
    if size > LONGEST:
        told.append(_("The mail was longer than %(most)s signs and is cut.") % {"most": LONGEST})
    if mail.folded:
        told.append(_("Folded away, as quoted from an earlier message:") + f"\n\n{mail.folded}")
    if told:
        text = "\n".join(told)[:LONGEST]
        Message.objects.create(question=question, role=Message.Role.NOTE, text=text)
