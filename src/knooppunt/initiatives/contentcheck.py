# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is this document an initiative? Its shape, both languages, and whether every gap is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, Problem, read
from knooppunt.catalogue.contentschema import Shape, both_languages

CONTENT = Path(__file__).parent / "content"
SHAPE = Shape(
    CONTENT / "initiative.schema.json",
    {
        "slug": lambda: _("Use small letters, digits and hyphens: 'gemeente-breda'."),
        "actions": lambda: _("Write the key of the edition, a slash and the action: nl-digitaal-2019/4.6."),
        "pages": lambda: _("Write a page or a range: 18 or 18-19."),
    },
)
GAPS: tuple[str, ...] = tuple(SHAPE.schema["properties"]["not_reported"]["items"]["enum"])


def load(path: Path) -> Document:
    """The checked document of one content file; raises ContentError with every problem."""
    document = read(path)
    if problems := (list(SHAPE.problems(document)) or [*both_languages(document), *_gaps(document)]):
        raise ContentError(problems)
    return document


def _gaps(document: Document) -> Iterator[Problem]:
    real = [name for name in GAPS if not document.data.get(name)]
    if (given := document.data["not_reported"]) != real:
        message = _("not_reported names %(given)s, but the gaps are %(real)s.")
        values = {"given": ", ".join(given) or "-", "real": ", ".join(real) or "-"}
        yield document.problem(("not_reported",), message % values, _("Name each gap, in this order."))
