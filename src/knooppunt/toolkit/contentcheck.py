# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Are these answers and definitions in order? Their shape (JSON Schema), then what a schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, Problem, read
from knooppunt.catalogue.contentschema import Advice, Shape, did_you_mean, texts
from knooppunt.catalogue.wording import LANGUAGES

CONTENT = Path(__file__).parent / "content"
ADVICE: Advice = {
    "slug": lambda: _("Use small letters, digits and hyphens: 'gemeente-breda'."),
    "reviewed": lambda: _("Write a day: 2026-11-25."),
    "url": lambda: _("Write the whole address: https://…"),
}
FAQ = Shape(CONTENT / "faq.schema.json", ADVICE)
TERMS = Shape(CONTENT / "terms.schema.json", ADVICE)
LAWS = Shape(CONTENT / "laws.schema.json", ADVICE)
# The list that a file of each kind holds, and where its entries may point: to laws, or to terms.
LISTS = {"faq": "entries", "term": "terms"}
POINTERS = {"laws": "laws", "terms": "terms", "broader": "terms", "related": "terms"}


@lru_cache(maxsize=1)
def laws() -> dict[str, dict[str, str]]:
    """The articles of law that answers may name, by key."""
    document = read(CONTENT / "laws.yaml")
    if problems := list(LAWS.problems(document)):
        raise ContentError(problems)
    return document.data["laws"]


def load(content: Path = CONTENT) -> dict[str, list[Document]]:
    """The checked documents of all themes, per kind; ContentError names every problem with file and line."""
    found = {
        "faq": [read(file) for file in sorted((content / "faq").glob("*.yaml"))],
        "term": [read(file) for file in sorted((content / "terms").glob("*.yaml"))],
    }
    problems: list[Problem] = []
    for kind, shape in (("faq", FAQ), ("term", TERMS)):
        for document in found[kind]:
            problems += list(shape.problems(document)) or [*both_languages(document), *days(document)]
    if problems:
        raise ContentError(problems)
    terms = {term["id"] for document in found["term"] for term in document.data["terms"]}
    for kind, documents in found.items():
        problems += [*twice(kind, documents), *pointers(kind, documents, terms)]
    if problems:
        raise ContentError(problems)
    return found


def both_languages(document: Document) -> Iterator[Problem]:
    """What comes with the hub says everything in Dutch and in English; other names need no counterpart."""
    for keys, text in texts(document.data):
        for language in LANGUAGES:
            if keys[-1] != "also" and not str(text.get(language, "")).strip():
                message = _("The text in '%(language)s' is missing.") % {"language": language}
                yield document.problem(keys, message, _("Add '%(key)s:' with its value.") % {"key": language})


def days(document: Document) -> Iterator[Problem]:
    for i, entry in enumerate(document.data.get("entries", [])):
        try:
            date.fromisoformat(entry["reviewed"])
        except ValueError:
            message = _("'%(value)s' is not a day.") % {"value": entry["reviewed"]}
            yield document.problem(("entries", i, "reviewed"), message, _("Write a day: 2026-11-25."))


def twice(kind: str, documents: list[Document]) -> Iterator[Problem]:
    """An identifier stands once over all themes: it is an address."""
    seen: set[str] = set()
    for document in documents:
        for i, entry in enumerate(document.data[LISTS[kind]]):
            if entry["id"] in seen:
                message = _("'%(id)s' stands twice.") % {"id": entry["id"]}
                yield document.problem((LISTS[kind], i, "id"), message, _("Give one of them another id."))
            seen.add(entry["id"])


def pointers(kind: str, documents: list[Document], terms: set[str]) -> Iterator[Problem]:
    """Laws and terms that an entry names must be there."""
    known = {"laws": set(laws()), "terms": terms}
    for document in documents:
        for i, entry in enumerate(document.data[LISTS[kind]]):
            for field, to in POINTERS.items():
                for j, key in enumerate(entry.get(field, [])):
                    if key not in known[to]:
                        message = _("There is no '%(key)s' among the %(name)s.") % {"key": key, "name": to}
                        yield document.problem(
                            (LISTS[kind], i, field, j), message, did_you_mean(key, sorted(known[to]))
                        )


def check_one(kind: str, theme: str, slug: str, content: dict[str, Any]) -> None:
    """Raise ContentError unless this is one answer or definition: what forms, imports and other apps give."""
    document = Document({"theme": theme, LISTS[kind]: [{"id": slug, **content}]})
    problems = list((FAQ if kind == "faq" else TERMS).problems(document))
    problems = problems or [*days(document), *_unknown_laws(document, kind)]
    if problems:
        raise ContentError(problems)


def _unknown_laws(document: Document, kind: str) -> Iterator[Problem]:
    for key in document.data[LISTS[kind]][0].get("laws", []):
        if key not in laws():
            message = _("There is no '%(key)s' among the %(name)s.") % {"key": key, "name": "laws"}
            yield document.problem((LISTS[kind], 0, "laws"), message, did_you_mean(key, sorted(laws())))
