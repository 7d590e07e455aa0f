# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The content of the challenges: one YAML file each, in the shape of the JSON Schema beside it."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, read
from knooppunt.catalogue.contentschema import Shape

CONTENT = Path(__file__).parent / "content"
SHAPE = Shape(
    CONTENT / "challenge.schema.json",
    {
        "slug": lambda: _("Use small letters, digits and hyphens: 'poverty-debt'."),
        "pages": lambda: _("Write a page or a range: 18 or 18-19."),
    },
)


def load(path: Path) -> Document:
    """The checked document of one file; raises ContentError with all problems found."""
    document = read(path)
    if problems := list(SHAPE.problems(document)):
        raise ContentError(problems)
    return document
