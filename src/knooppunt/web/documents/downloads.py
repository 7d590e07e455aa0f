# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as an answer to a request."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from knooppunt.web.csvfile import download
from knooppunt.web.documents.document import Document
from knooppunt.web.documents.pdf import as_pdf
from knooppunt.web.documents.word import as_docx

FORMS = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def download_document(document: Document, name: str, form: str) -> HttpResponse:
    """The document to save as `name`, as `pdf` or `docx`; Http404 for another form."""
    if form not in FORMS:
        raise Http404
    make, content_type = FORMS[form]
    return download(make(document), content_type, f"{name}.{form}")
