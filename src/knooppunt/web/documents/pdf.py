# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as PDF/UA-1: tagged, with language and title, so that a screen reader can read it.

All text goes to the typesetter as data, never as markup: what people wrote cannot change the document.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from knooppunt.web.documents.document import Document, Part, clean

TEMPLATE = Path(__file__).parent / "document.typ"


def as_pdf(document: Document) -> bytes:
    """The document as a PDF that needs no other file."""
    values = {
        "title": document.title,
        "subtitle": document.subtitle,
        "footer": document.footer,
        "language": document.language,
        "parts": [_part(part) for part in document.parts],
    }
    made: bytes = typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_clean(values), ensure_ascii=False)},
    )
    return made


def _part(part: Part) -> dict[str, Any]:
    return asdict(part) | {"is": type(part).__name__}


def _clean(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _clean(each) for key, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
    return value
