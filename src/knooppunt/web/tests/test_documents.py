# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents hold what they were given, as text, in a form that their programs open."""

from io import BytesIO

import docx
import pytest
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.web.documents import (
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    as_docx,
    as_pdf,
    download_document,
)

WHOLE = Document(
    "Een *titel* #met $tekens$",
    "nl",
    (
        Heading("Stap 1"),
        Paragraph("Eerste regel\nTweede regel", label="Waarom"),
        Paragraph("Let op", aside=True),
        Items(("gedaan", "nog niet"), done=(True, False)),
        Items(("een", "twee"), numbered=True),
        Items(("los",)),
        Table(("Kop", "Waarde"), (("a", "1"), ("b", "#2")), caption="Cijfers"),
    ),
    subtitle="Onder",
    footer="Voet",
)


def test_a_docx_has_headings_lists_and_a_heading_row():
    word = docx.Document(BytesIO(as_docx(WHOLE)))
    found = {(p.style.name, p.text) for p in word.paragraphs}
    assert ("Title", WHOLE.title) in found
    assert ("Heading 1", "Stap 1") in found
    assert ("List Paragraph", "☒ gedaan") in found
    assert ("List Paragraph", "☐ nog niet") in found
    assert ("List Number", "twee") in found
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows][2] == ["b", "#2"]
    assert "tblHeader" in word.tables[0].rows[0]._tr.xml
    assert word.core_properties.language == "nl"


def test_a_pdf_is_tagged_and_says_its_language():
    made = as_pdf(WHOLE)
    assert made.startswith(b"%PDF")
    assert b"/Lang (nl)" in made or b"/Lang(nl)" in made
    assert b"/MarkInfo" in made


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_both(text: str):
    parts = (Heading("1. " + text), Paragraph(text), Items((text,)), Table((text,), ((text,),)))
    document = Document("Plan " + text, "en", parts, subtitle=text, footer=text)
    docx.Document(BytesIO(as_docx(document)))
    assert as_pdf(document).startswith(b"%PDF")


def test_a_sign_that_no_font_holds_does_not_stop_the_document():
    assert as_pdf(Document("Plan \N{ARABIC SUBSCRIPT ALEF} \N{GRINNING FACE}", "nl")).startswith(b"%PDF")


def test_another_form_is_not_found():
    with pytest.raises(Http404):
        download_document(WHOLE, "x", "exe")
