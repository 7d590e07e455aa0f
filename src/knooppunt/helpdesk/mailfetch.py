# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail fetched from an IMAP mailbox, always over TLS. A message is marked as seen only after it was kept."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog
from django.conf import settings

from knooppunt.helpdesk import mailin
from knooppunt.helpdesk.mailreading import Verdict

log = structlog.get_logger(__name__)
TIMEOUT = 30
MOST_AT_ONCE, MOST_TRIES = 50, 500
PART = f"(BODY.PEEK[]<0.{mailin.MOST_BYTES + 1}>)"


class MailboxError(Exception):
    """The mailbox cannot be read; the message says which setting to look at."""


def is_set() -> bool:
    return bool(settings.IMAP["host"])


def fetch() -> list[mailin.Received]:
    """Take in what is unseen, the oldest first, at most fifty at a time; nothing when no mailbox is set.

    One that cannot be kept is logged, stays unseen and holds up no other, however many there are. One that
    was not taken in, as nobody can read it or a machine sent it, stays in the mailbox with a flag.
    """
    if not is_set():
        return []
    with _mailbox() as mailbox:
        _kind, found = mailbox.uid("SEARCH", "UNSEEN")
        taken: list[mailin.Received] = []
        for number in (found[0] or b"").split()[:MOST_TRIES]:
            if received := _take_in(mailbox, number.decode()):
                taken.append(received)
            if len(taken) == MOST_AT_ONCE:
                break
        return taken


def _take_in(mailbox: imaplib.IMAP4, number: str) -> mailin.Received | None:
    _kind, parts = mailbox.uid("FETCH", number, PART)
    raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if raw is None:
        return None  # someone else took it away meanwhile
    try:
        received = mailin.receive(raw)
    except Exception:
        log.exception("mail could not be kept", uid=number)
        return None
    flags = r"(\Seen \Flagged)" if _is_for_a_person(received) else r"(\Seen)"
    mailbox.uid("STORE", number, "+FLAGS", flags)
    return received


def _is_for_a_person(received: mailin.Received) -> bool:
    """Not taken in, by its verdict or as it was refused: someone may look whether that is right."""
    is_ours = received.verdict in (Verdict.QUESTION, Verdict.REPLY)
    return not is_ours or received.outcome is mailin.Outcome.REFUSED


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    """The mailbox, signed in and with its folder open; what goes wrong is told with its setting."""
    told = settings.IMAP
    try:
        trust = ssl.create_default_context(cafile=told["ca"] or None)
        password = Path(told["password_file"]).read_text("utf-8").strip()
        mailbox = imaplib.IMAP4_SSL(told["host"], told["port"], ssl_context=trust, timeout=TIMEOUT)
    except (OSError, ValueError, imaplib.IMAP4.error) as error:
        raise MailboxError(
            f"The mailbox at {told['host']}:{told['port']} cannot be reached: {error}. Look at "
            "KNOOPPUNT_IMAP_HOST, _PORT, _CA and _PASSWORD_FILE."
        ) from error
    try:
        _open(mailbox, password)
        yield mailbox
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(
            f"The connection broke off: {error}. What was kept stands; fetch again for the rest."
        ) from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()


def _open(mailbox: imaplib.IMAP4, password: str) -> None:
    told = settings.IMAP
    try:
        mailbox.login(told["user"], password)
    except imaplib.IMAP4.error as error:
        raise MailboxError(
            f"The mailbox refused: {error}. Look at KNOOPPUNT_IMAP_USER and _PASSWORD_FILE."
        ) from error
    kind, _found = mailbox.select(f'"{told["folder"]}"')
    if kind != "OK":
        raise MailboxError(f"There is no folder '{told['folder']}'. Look at KNOOPPUNT_IMAP_FOLDER.")
