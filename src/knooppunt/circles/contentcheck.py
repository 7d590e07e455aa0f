# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is this document a circle? Its shape, and whether it says everything in both languages."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, read
from knooppunt.catalogue.contentschema import Shape, both_languages

CONTENT = Path(__file__).parent / "content"
SHAPE = Shape(
    CONTENT / "circle.schema.json",
    {
        "slug": lambda: _("Use small letters, digits and hyphens: 'gemeente-breda'."),
        "actions": lambda: _("Write the key of the edition, a slash and the action: nl-digitaal-2019/4.6."),
        "elsewhere": lambda: _("Write the whole address: https://…"),
        "pages": lambda: _("Write a page or a range: 18 or 18-19."),
    },
)


def load(path: Path) -> Document:
    """The checked document of one content file; raises ContentError with every problem."""
    document = read(path)
    if problems := list(SHAPE.problems(document)) or list(both_languages(document)):
        raise ContentError(problems)
    return document
