# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which files the hub takes from people, judged by their content and never by their name. Pure.

Taken: PDF, images, plain text and tables of text, and documents of office programs without macros. What could
run on the reader's machine is refused: programs, web pages, SVG, macros, PDF with commands, archives.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
LONGEST_NAME = 120
MOST_PARTS, MOST_LIST = 5_000, 1_000_000

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
ENDINGS = {
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif",
    "image/webp": ".webp", "text/plain": ".txt", "text/csv": ".csv",
    f"{_OOXML}wordprocessingml.document": ".docx", f"{_OOXML}spreadsheetml.sheet": ".xlsx",
    f"{_OOXML}presentationml.presentation": ".pptx",
    f"{_ODF}text": ".odt", f"{_ODF}spreadsheet": ".ods", f"{_ODF}presentation": ".odp",
}  # fmt: skip
_AS_IT_IS = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
_PROGRAM = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"\x00asm",
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(r"\s*<(?:!|\?xml|[a-z])", re.I)
_PDF_COMMAND = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b")
_ACTIVE_PART = re.compile(r"(?:vbaProject|/activeX/|/embeddings/|^Basic/|^Scripts/|^Object )", re.I)


class RefusedError(ValueError):
    """Why a file is not taken and what to do instead, in the reader's language."""


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. Its name ends as its content says."""

    name: str
    kind: str
    content: bytes


def check(name: str, content: bytes) -> Checked:
    """The file as it may be kept; RefusedError for all else."""
    if not content:
        raise RefusedError(_("this file is empty"))
    if len(content) > MOST_BYTES:
        raise RefusedError(_("larger than 10 MB: make it smaller, or send only the part that matters"))
    kind = _kind(content, name)
    return Checked(plain_name(name, ENDINGS[kind]), kind, content)


def sort_out(files: Iterable[tuple[str, bytes]]) -> tuple[list[Checked], list[tuple[str, str]]]:
    """What may be kept, and the names of what may not with the reason; after the fifth no more is taken."""
    kept: list[Checked] = []
    refused: list[tuple[str, str]] = []
    for name, content in files:
        try:
            if len(kept) == MOST_FILES:
                raise RefusedError(_("more than %(n)s files: send the others later") % {"n": MOST_FILES})
            kept.append(check(name, content))
        except RefusedError as error:
            refused.append((plain_name(name), str(error)))
    return kept, refused


def plain_name(name: str, ending: str = "") -> str:
    """The name without folders and signs that mean something elsewhere, with the ending of its kind."""
    kept = "".join(
        sign
        for sign in PurePosixPath(name.replace("\\", "/")).name
        if sign.isprintable() and sign not in '"<>|:*?;'
    )
    stem = kept.strip(". ") or "bijlage"
    if ending and not stem.lower().endswith((ending, ".jpeg") if ending == ".jpg" else ending):
        return stem[: LONGEST_NAME - len(ending)] + ending
    return stem[-LONGEST_NAME:]


def _kind(content: bytes, name: str) -> str:
    if content.startswith(_PROGRAM):
        raise RefusedError(_("this is a program or a script: tell in words what it does"))
    if content.startswith(_OLD_OFFICE):
        raise RefusedError(_("an old office format that may hold macros: save it as DOCX, XLSX or PDF"))
    if content.startswith(b"PK"):
        return _document(content)
    found = filetype.guess_mime(content)
    if found == "application/pdf" and _PDF_COMMAND.search(content):
        raise RefusedError(_("a PDF with commands or files in it: print it to a new PDF"))
    if found in _AS_IT_IS:
        return str(found)
    if found is not None or content.startswith(b"{\\rtf"):
        raise RefusedError(
            _("this kind of file is not taken: use PDF, DOCX, XLSX, ODT, CSV, text or an image")
        )
    return _text(content, name)


def _text(content: bytes, name: str) -> str:
    """Plain text, with no signs that only a program writes, and no page for a browser."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if re.search(r"[\x00-\x08\x0e-\x1f\ufffd]", text):
        raise RefusedError(
            _("this kind of file is not taken: use PDF, DOCX, XLSX, ODT, CSV, text or an image")
        )
    if _MARKUP.match(text):
        raise RefusedError(_("a web page or a drawing that can run scripts: make a PDF or an image of it"))
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


def _document(content: bytes) -> str:
    """A document of an office program, by the list in it of what it is; nothing is unpacked but that list."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise RefusedError(_("an archive: send the files one by one"))
            listed = {part.filename: part for part in parts}
            if any(_ACTIVE_PART.search(f"/{name}") or _ACTIVE_PART.search(name) for name in listed):
                raise RefusedError(_("it holds macros or other files: save it without them, or as PDF"))
            kind = _declared(archive, listed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError(_("this file is damaged or locked: save it again without a password")) from error
    if kind is None:
        raise RefusedError(_("an archive: send the files one by one"))
    return kind


def _declared(archive: zipfile.ZipFile, listed: dict[str, zipfile.ZipInfo]) -> str | None:
    for name in ("[Content_Types].xml", "mimetype"):
        if name not in listed or listed[name].file_size > MOST_LIST:
            continue
        told = archive.read(name).decode("utf-8", "replace")
        if "macroEnabled" in told:
            raise RefusedError(_("it holds macros or other files: save it without them, or as PDF"))
        if name == "mimetype":
            return told.strip() if told.strip().startswith(_ODF) and told.strip() in ENDINGS else None
        for kind in ENDINGS:
            if kind.startswith(_OOXML) and f"{kind}.main+xml" in told:
                return kind
    return None
