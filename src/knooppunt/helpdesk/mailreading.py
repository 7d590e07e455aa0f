# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A message as it came in: who wrote it, what it says, and whether a machine sent it. Pure; never raises."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from bronnen.language import plain
from knooppunt.catalogue.texts import showable

_ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,190}")
_TAG = re.compile(r"\[#(\d{1,9}:[\w-]{43})\]")


@dataclass(frozen=True)
class Mail:
    """`sender` is "" when there is none; `tag` is that of the question it replies to, or ""; `digest` is of
    the message's own identifier, or of the whole when it has none.
    """

    sender: str
    subject: str
    text: str
    tag: str
    automatic: bool
    attachments: tuple[tuple[str, bytes], ...]
    identifier: str
    digest: str


def read(raw: bytes) -> Mail:
    """The parts that matter, whatever the message looks like."""
    message = message_from_bytes(raw, policy=policy.compat32)
    sender = parseaddr(_header(message, "From"))[1].strip()
    subject = " ".join(_header(message, "Subject").split())[:300]
    found = _TAG.search(subject)
    identifier = str(message.get("Message-ID", "")).strip()
    texts: dict[str, str] = {}
    attachments = []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            attachments.append((_name(part, kind), _bytes(part)))
        elif kind not in texts:
            texts[kind] = _decoded(part)
    text = texts.get("text/plain", "") or plain(texts.get("text/html", ""))
    return Mail(
        sender=sender if _ADDRESS.fullmatch(sender) else "",
        subject=showable(subject),
        text=showable(_without_quotes(text)),
        tag=found[1] if found else "",
        automatic=_is_automatic(message),
        attachments=tuple(attachments),
        identifier=identifier,
        digest=hashlib.sha256(identifier.encode("utf-8", "replace") or raw).hexdigest(),
    )


def _name(part: Message, kind: str) -> str:
    try:
        name = str(part.get_filename() or "")
    except (LookupError, UnicodeError, ValueError):
        name = ""
    return showable(_words(name) or kind)[:200]


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _header(message: Message, name: str) -> str:
    """A header with its encoded words decoded, as far as they can be."""
    return _words(str(message.get(name, "")))


def _words(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, UnicodeError, ValueError):
        return value


def _decoded(part: Message) -> str:
    """The text in the charset that it names; in another one when that is unknown or wrong."""
    raw = _bytes(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def _without_quotes(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.startswith(">")]
    return "\n".join(lines).strip()


def _is_automatic(message: Message) -> bool:
    """Sent by a machine (RFC 3834): answering would make a loop."""
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    bulk = str(message.get("Precedence", "")).strip().lower() in ("bulk", "list", "junk", "auto_reply")
    bounced = str(message.get("Return-Path", "")).strip() == "<>"
    return submitted != "no" or bulk or bounced or "List-Id" in message
