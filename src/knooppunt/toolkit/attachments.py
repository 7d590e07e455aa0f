# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which files may answer a question, told by what is in them and not by their name.

They are kept as they came and only ever served as a download.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knooppunt.catalogue.texts import showable

SIZE = 5_000_000
MOST_FILES = 30
STARTS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
OFFICE = {"word/document.xml": "wordprocessingml.document", "xl/workbook.xml": "spreadsheetml.sheet"}


def checked(upload: Any) -> tuple[str, str, bytes]:
    """Name, kind and content of an uploaded file; ValidationError when it is none that is taken."""
    if upload.size > SIZE:
        raise ValidationError(
            _("This file is larger than 5 MB: make it smaller, or name where it can be found.")
        )
    content = upload.read()
    kind = _kind(content)
    if not kind:
        raise ValidationError(_("Give a PDF, PNG, JPEG, DOCX, XLSX or ODT file, or plain text; no macros."))
    return (
        showable(str(upload.name)).replace("/", "-").replace("\\", "-").strip()[-150:] or "file",
        kind,
        content,
    )


def _kind(content: bytes) -> str:
    """The media type; '' for what is not taken."""
    for start, kind in STARTS.items():
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return "text/plain; charset=utf-8" if text.strip() and showable(text) == text else ""


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            macros = any("vbaProject" in name or name.startswith(("Basic/", "Scripts/")) for name in names)
            if macros:
                return ""
            for name, kind in OFFICE.items():
                if name in names:
                    return f"application/vnd.openxmlformats-officedocument.{kind}"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return kind if kind.startswith("application/vnd.oasis.opendocument.") else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return ""
    return ""
