# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is this document a practice? First its shape (JSON Schema), then what a schema cannot say.

One shape for all: content files, versions written on the site, import and export. A field of the template
says something or stands in `not_reported`, never both and never neither: a gap is named, not hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, Problem, read
from knooppunt.catalogue.contentschema import Shape, both_languages

CONTENT = Path(__file__).parent / "content"
SHAPE = Shape(
    CONTENT / "practice.schema.json",
    {
        "slug": lambda: _("Use small letters, digits and hyphens: 'gemeente-breda'."),
        "actions": lambda: _("Write the key of the edition, a slash and the action: nl-digitaal-2019/4.6."),
        "when": lambda: _("Write a year, a year and month, or not_reported: 2019, 2019-02."),
        "url": lambda: _("Write the whole address: https://…"),
        "pages": lambda: _("Write a page or a range: 18 or 18-19."),
    },
)
TEMPLATE: tuple[str, ...] = tuple(SHAPE.schema["properties"]["not_reported"]["items"]["enum"])


def load(path: Path) -> Document:
    """The checked document of one content file that comes with the hub; raises ContentError."""
    document = read(path)
    check(document)
    if problems := list(both_languages(document)):
        raise ContentError(problems)
    return document


def check(document: Document) -> None:
    """Raise ContentError, with every problem, unless the document is a practice."""
    problems = list(SHAPE.problems(document)) or list(gaps_are_named(document))
    if problems:
        raise ContentError(problems)


def gaps_are_named(document: Document) -> Iterator[Problem]:
    """Each field of the template is filled or named as a gap, not both."""
    named = document.data["not_reported"]
    for field in TEMPLATE:
        if field in named and field in document.data:
            message = _("'%(name)s' is filled in and also named as not reported.") % {"name": field}
            yield document.problem((field,), message, _("Take it out of not_reported."))
        elif field not in named and field not in document.data:
            message = _("'%(name)s' is missing.") % {"name": field}
            yield document.problem(("not_reported",), message, _("Fill it in, or add it to not_reported."))


def named_gaps(content: dict[str, Any]) -> list[str]:
    """The fields of the template that this content says nothing about, in the template's order."""
    return [field for field in TEMPLATE if field not in content]
