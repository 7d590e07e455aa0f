# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""A collection of descriptions that point to each other: Markdown with front matter, or JSON lines.

Which descriptions are related is what their makers wrote: in JSON lines the key `related`; in front matter
every value in a list that names another document. A relation holds both ways.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bronnen.evaluate.files import Document, InputError, rows

_EXAMPLE = '{"id": "a1", "title": "...", "text": "...", "related": ["b2"]}'


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, and for each of them the identifiers of those that are related to it."""

    documents: list[Document]
    related: dict[str, set[str]]


def read_collection(path: Path) -> Collection:
    """The collection in a folder of Markdown files or in a JSON lines file; InputError says what is wrong."""
    read = list(_markdown(path) if path.is_dir() else _lines(path))
    documents = [document for document, _ in read]
    if len(documents) < 2:
        raise InputError(f"{path}: {len(documents)} documents; give at least two")
    known = _names(documents)
    related: dict[str, set[str]] = {document.id: set() for document in documents}
    for document, values in read:
        for other in {known[value] for value in values if value in known} - {document.id}:
            related[document.id].add(other)
            related[other].add(document.id)
    return Collection(documents, related)


def _names(documents: list[Document]) -> dict[str, str]:
    """What a document is called by others: its identifier, and the part behind a folder ('map__name')."""
    names: dict[str, str] = {}
    for document in documents:
        names.setdefault(document.id.rsplit("__", 1)[-1], document.id)
    return names | {document.id: document.id for document in documents}


def _lines(path: Path) -> Iterator[tuple[Document, list[str]]]:
    for place, row in rows(path, _EXAMPLE):
        if not isinstance(row.get("id"), str | int) or not isinstance(row.get("text"), str):
            raise InputError(f"{place}: 'id' or 'text' is missing or no text; write {_EXAMPLE}")
        lang = row.get("lang") if row.get("lang") in ("nl", "en") else None
        document = Document(str(row["id"]), row["text"], str(row.get("title") or ""), lang)
        yield document, [str(value) for value in row.get("related") or []]


def _markdown(path: Path) -> Iterator[tuple[Document, list[str]]]:
    import yaml

    for file in sorted(path.glob("**/*.md")):
        text = file.read_text(encoding="utf-8", errors="replace")
        head, body = _split(text)
        try:
            matter = yaml.safe_load(head) if head else None
        except yaml.YAMLError as error:
            raise InputError(f"{file}: the front matter is no YAML ({error}); mend it") from error
        matter = matter if isinstance(matter, dict) else {}
        document = Document(file.stem, body, str(matter.get("title") or ""), None)
        yield document, list(_listed(matter))


def _split(text: str) -> tuple[str, str]:
    """Front matter (between two lines of three hyphens at the start) and what follows."""
    if not text.startswith("---"):
        return "", text
    head, separator, body = text[3:].partition("\n---")
    return (head, body) if separator else ("", text)


def _listed(matter: dict[str, Any]) -> Iterator[str]:
    for value in matter.values():
        if isinstance(value, list):
            yield from (str(item) for item in value if isinstance(item, str | int))
