# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as tagged PDF, with language and title, so that a screen reader can read it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from knooppunt.web.documents.document import Document, Part
from knooppunt.web.documents.typesetting import typeset

TEMPLATE = Path(__file__).parent / "document.typ"


def as_pdf(document: Document) -> bytes:
    """The document as a PDF that needs no other file."""
    return typeset(TEMPLATE, document=asdict(document) | {"parts": [_part(part) for part in document.parts]})


def _part(part: Part) -> dict[str, Any]:
    return asdict(part) | {"is": type(part).__name__}
