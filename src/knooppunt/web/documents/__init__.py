# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents to take along: one description, as DOCX to write on in and as tagged PDF to read and keep."""

from knooppunt.web.documents.document import Document, Heading, Items, Paragraph, Part, Table
from knooppunt.web.documents.downloads import download_document
from knooppunt.web.documents.pdf import as_pdf
from knooppunt.web.documents.word import as_docx

__all__ = [
    "Document",
    "Heading",
    "Items",
    "Paragraph",
    "Part",
    "Table",
    "as_docx",
    "as_pdf",
    "download_document",
]
