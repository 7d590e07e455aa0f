# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as DOCX, with real headings, lists and heading rows: a screen reader finds its way."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from knooppunt.web.documents.document import Document, Heading, Items, Paragraph, Part, Table, clean

PETROL = RGBColor(0x08, 0x34, 0x3D)


def as_docx(document: Document) -> bytes:
    """The document as an Office Open XML file."""
    word = docx.Document()
    _dress(word, document)
    word.add_heading(clean(document.title), 0)
    if document.subtitle:
        word.add_paragraph(clean(document.subtitle), style="Subtitle")
    for part in document.parts:
        _add(word, part)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _dress(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.language = clean(document.title), document.language
    properties.author = properties.comments = ""
    styles = word.styles
    styles["Normal"].font.size = Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"nl": "nl-NL", "en": "en-GB"}[document.language])
    styles["Normal"].element.get_or_add_rPr().append(language)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        styles[name].font.color.rgb = PETROL
    word.sections[0].footer.paragraphs[0].text = clean(document.footer)


def _add(word: Any, part: Part) -> None:
    match part:
        case Heading(text, level):
            word.add_heading(clean(text), level)
        case Paragraph():
            _paragraph(word, part)
        case Items():
            style = "List Number" if part.numbered else "List Paragraph" if part.done else "List Bullet"
            for text in part.marked():
                word.add_paragraph(clean(text), style=style)
        case Table():
            _table(word, part)


def _paragraph(word: Any, part: Paragraph) -> None:
    paragraph = word.add_paragraph(style="Intense Quote" if part.aside else None)
    if part.label:
        paragraph.add_run(f"{clean(part.label)}: ").bold = True
    paragraph.add_run(clean(part.text))


def _table(word: Any, part: Table) -> None:
    if part.caption:
        word.add_paragraph(clean(part.caption), style="Caption")
    table = word.add_table(rows=0, cols=len(part.head), style="Table Grid")
    for row in (part.head, *part.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(text)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # read out as headings, repeated per page
    for cell in head.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
