# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is this document a facility? Its shape, its output policy, and whether every gap is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, Problem, read
from knooppunt.catalogue.contentschema import Shape, texts
from knooppunt.facilities.outputs.policy import check_policy

CONTENT = Path(__file__).parent / "content"
SHAPE = Shape(
    CONTENT / "facility.schema.json",
    {
        "slug": lambda: _("Use small letters, digits and hyphens: 'gemeente-breda'."),
        "pages": lambda: _("Write a page or a range: 18 or 18-19."),
    },
)
GAPS: tuple[str, ...] = tuple(SHAPE.schema["properties"]["not_reported"]["items"]["enum"])


def load(path: Path) -> Document:
    """The checked document of one content file, both languages filled; raises ContentError."""
    document = read(path)
    check(document)
    missing = [
        document.problem(keys, _("A text is missing in one language."), _("Write it in nl and in en."))
        for keys, text in texts(document.data)
        if {"nl", "en"} - set(text)
    ]
    if missing:
        raise ContentError(missing)
    return document


def check(document: Document) -> None:
    """Raise ContentError, with every problem, unless the document is a facility."""
    if problems := list(SHAPE.problems(document)) or list(_gaps(document)):
        raise ContentError(problems)
    if policy := document.data.get("output_policy"):
        check_policy(Document(policy, {(): document.places.get(("output_policy",), ("output_policy", 1))}))


def named_gaps(content: dict[str, object]) -> list[str]:
    """What the content leaves open."""
    return [name for name in GAPS if content.get(name) in (None, [], "", "not_reported")]


def _gaps(document: Document) -> Iterator[Problem]:
    if (given := document.data["not_reported"]) != (real := named_gaps(document.data)):
        message = _("not_reported names %(given)s, but the gaps are %(real)s.")
        values = {"given": ", ".join(given) or "-", "real": ", ".join(real) or "-"}
        yield document.problem(("not_reported",), message % values, _("Name each gap, in this order."))
