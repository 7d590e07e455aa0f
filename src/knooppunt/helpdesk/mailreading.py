# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A message as it came in: who wrote it, what it says, and whether a machine sent it. Pure; never raises."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import Message
from email.policy import EmailPolicy, compat32
from email.utils import getaddresses
from enum import StrEnum

from django.utils.translation import gettext as _

from knooppunt.catalogue.texts import showable
from knooppunt.helpdesk import mailkinds
from knooppunt.helpdesk.mailquotes import fold
from knooppunt.helpdesk.mailtext import MOST_SIGNS, decoded, header_text, readable

MOST_FILES = 100
MOST_NESTED, MOST_PARTS, MOST_WORK = 500, 10_000, 20_000_000
LONGEST_HEADER = 2_000
_ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,190}")
_ASIDE = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
_ANGLED = re.compile(r"<\s*([^@\s<>]{1,64}@[^@\s<>]{1,190})\s*>")
_TAG = re.compile(r"\[#(\d{1,9}:[\w-]{43})\]")
_NESTS = re.compile(rb"boundary\s*=|message/rfc822", re.I)


class Verdict(StrEnum):
    QUESTION = "question"
    REPLY = "reply"  # its tag names a question
    MACHINE = "machine"  # certainly sent by a machine: answering would make a loop
    LIST = "list"  # certainly sent to many
    UNREADABLE = "unreadable"  # without a sender or a text, locked, or broken


@dataclass(frozen=True)
class Mail:
    """`sender` is "" when there is none; `tag` is that of the question it replies to, or ""; `digest` is of
    the message's own identifier, or of the whole when it has none. `folded` is what the program repeated.
    `doubtful`: a machine or a list may have sent it; a person looks, and no letter is sent by itself.
    """

    digest: str
    verdict: Verdict = Verdict.UNREADABLE
    sender: str = ""
    subject: str = ""
    text: str = ""
    folded: str = ""
    tag: str = ""
    doubtful: bool = False
    attachments: tuple[tuple[str, bytes], ...] = ()
    identifier: str = ""
    notes: tuple[str, ...] = ()


class _Bounded(EmailPolicy):
    """The modern policy with headers of bounded length, so that time stays linear; one that its parser
    cannot read is taken as it stands.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        text = "".join(value.splitlines())[:LONGEST_HEADER]
        try:
            return super().header_fetch_parse(name, text)
        except Exception:  # the standard library's header parser raises all kinds on hostile input
            return text.encode("ascii", "replace").decode()


_POLICY = _Bounded()


def read(raw: bytes) -> Mail:
    """The parts that matter, whatever the message looks like; `notes` say what a person should know."""
    digest = hashlib.sha256(raw).hexdigest()
    if _is_too_deep(raw):
        return Mail(digest, notes=(_("It has too many parts to be read."),))
    try:
        return _read(message_from_bytes(raw, policy=_POLICY), digest)
    except Exception as error:  # whatever the library stumbles on: the message goes to a person
        return Mail(digest, notes=(_("It cannot be read: %(cause)s.") % {"cause": type(error).__name__},))


def _is_too_deep(raw: bytes) -> bool:
    """The standard library's parser looks at each line once for every part that it stands in."""
    nested = len(_NESTS.findall(raw))
    work = nested * raw.count(b"\n")
    return nested > MOST_NESTED or work > MOST_WORK or raw.count(b"\n--") > MOST_PARTS


def _read(message: Message, digest: str) -> Mail:
    raw = _raw_headers(message)
    sender, notes = _sender(raw.get("from", ""))
    subject = showable(header_text(raw.get("subject", "")))[:300]
    identifier = header_text(raw.get("message-id", ""))
    found = _TAG.search(subject)
    body = _Body()
    body.take(message)
    is_answer = "in-reply-to" in raw or "references" in raw
    text, folded = fold(showable("\n\n".join(body.texts)), subject, is_answer=is_answer)
    kind = mailkinds.judge(raw, message.get_content_type(), sender)
    answer_to = _sender(raw.get("reply-to", ""))[0]
    if answer_to and answer_to.lower() != sender.lower():
        notes.append(_("Answers are asked to go to %(address)s (Reply-To).") % {"address": answer_to})
    mail = Mail(
        digest=hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest() if identifier else digest,
        sender=sender, subject=subject, text=text, folded=folded, tag=found[1] if found else "",
        doubtful=kind.doubtful, attachments=tuple(body.files), identifier=identifier,
        notes=tuple(notes + body.notes + kind.notes),
    )  # fmt: skip
    return replace(mail, verdict=_verdict(mail, kind, is_locked=body.is_locked))


def _verdict(mail: Mail, kind: mailkinds.Kind, *, is_locked: bool) -> Verdict:
    if kind.certain:
        return Verdict(kind.certain)
    if not mail.sender or is_locked or not (mail.text or mail.subject or mail.attachments):
        return Verdict.UNREADABLE
    return Verdict.REPLY if mail.tag else Verdict.QUESTION


def _raw_headers(message: Message) -> dict[str, str]:
    """The first of each header as it was written: addresses are found before encoded words are decoded."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), "".join(str(value).splitlines())[:LONGEST_HEADER])
    return found


def _sender(value: str) -> tuple[str, list[str]]:
    """The address in a header, and what a person should know of how it was found.

    An address in angle brackets wins over one in the name beside it; a name with a comma, quoted or not, is
    no second sender. A header that was encoded as a whole is decoded first, against the standard.
    """
    written = decoded(value.encode("utf-8", "surrogateescape"), "utf-8")[0]
    if found := _address(written):
        return found, []
    if found := _address(header_text(value)):
        return found, [_("The address of the sender was written in an odd way: check it.")]
    return "", [_("There is no address of a sender in it.")]


def _address(value: str) -> str:
    if found := _ANGLED.search(_ASIDE.sub("", value)):
        return showable(found[1])
    addresses = (address.strip() for _name, address in getaddresses([value]))
    return showable(next((address for address in addresses if _ADDRESS.fullmatch(address)), ""))


@dataclass
class _Body:
    """What a message holds: its texts in order, and its files."""

    texts: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_locked: bool = False

    def take(self, part: Message) -> None:
        kind = part.get_content_type()
        if kind == "multipart/encrypted" or kind.endswith("/pkcs7-mime"):
            self.is_locked = self.is_locked or "signed-data" not in str(part.get("Content-Type", ""))
            self.note(_("It is encrypted, or signed in a way that hides its text: ask for it as plain mail."))
        if kind.startswith("message/") and part.is_multipart():
            self.keep(_name(part, "bericht.eml"), _forwarded(part))
        elif kind == "multipart/alternative" and part.is_multipart():
            self.alternative([child for child in part.get_payload() if isinstance(child, Message)])
        elif part.is_multipart():
            for child in part.get_payload():
                self.take(child)
        else:
            self.leaf(part, kind)

    def alternative(self, parts: list[Message]) -> None:
        """One text in several forms: plain text when it says as much, and the files of all of them."""
        forms = []
        for part in parts:
            form = _Body()
            form.take(part)
            forms.append(form)
            for note in form.notes:
                self.note(note)
            for name, content in form.files:
                self.keep(name, content)
            self.is_locked = self.is_locked or form.is_locked
        sizes = [sum(len(text.strip()) for text in form.texts) for form in forms]
        fullest = max(sizes, default=0)
        chosen = next((n for n, size in enumerate(sizes) if size and size * 3 + 200 >= fullest), None)
        if chosen is not None:
            self.texts += forms[chosen].texts

    def leaf(self, part: Message, kind: str) -> None:
        data = part.get_payload(decode=True)
        content = data if isinstance(data, bytes) else b""
        is_text = kind in ("text/plain", "text/html") or kind.startswith("multipart/")
        is_named = bool(self.texts and part.get_filename())
        if not is_text or is_named or part.get_content_disposition() == "attachment":
            self.keep(_name(part, kind), content)
            return
        text, is_right = decoded(content, str(part.get_content_charset() or ""))
        if not is_right:
            self.note(_("Its text is not in the charset that it names: signs may be wrong."))
        if len(text) > MOST_SIGNS:
            self.note(_("Its text is very long: only the first part was read."))
        text = text[:MOST_SIGNS]
        self.texts.append((readable(text) if kind == "text/html" else text).strip("\r\n"))

    def keep(self, name: str, content: bytes) -> None:
        if len(self.files) < MOST_FILES:
            self.files.append((name, content))
        else:
            self.note(_("It has more than %(most)s files: the others were not read.") % {"most": MOST_FILES})

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def _name(part: Message, otherwise: str) -> str:
    return showable(header_text(str(part.get_filename() or "")) or otherwise)[:200]


def _forwarded(part: Message) -> bytes:
    """A message in a message as it was, for a file."""
    inner = part.get_payload()
    return b"\n".join(one.as_bytes(policy=compat32) for one in inner if isinstance(one, Message))
