# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Reads documents and questions from JSON lines, with errors that say what to write instead."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DOCUMENT = '{"answer_id": "a1", "answer_text": "..."}'
_QUESTION = '{"question": "...", "answer_id": "a1"}'


class InputError(ValueError):
    """A line of an input file that cannot be used: file, line, cause, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Document:
    """An answer. `lang` is None when the file does not say it; `title` is "" when there is none."""

    id: str
    text: str
    title: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the document that answers it. `lang` is None when the file does not say it."""

    text: str
    answer: str
    lang: str | None


def read_documents(path: Path) -> list[Document]:
    """Every document of a JSON lines file; `title` and `lang` may be given beside id and text."""
    documents: dict[str, Document] = {}
    for place, row in rows(path, _DOCUMENT):
        identity = _text(row, "answer_id", place, _DOCUMENT)
        if identity in documents:
            raise InputError(f"{place}: answer_id {identity!r} is used before; give each document its own")
        text = _text(row, "answer_text", place, _DOCUMENT)
        documents[identity] = Document(identity, text, str(row.get("title") or ""), _lang(row))
    if not documents:
        raise InputError(f"{path}: no documents; write one per line: {_DOCUMENT}")
    return list(documents.values())


def read_questions(path: Path) -> list[Question]:
    """Every question of a JSON lines file."""
    questions = [
        Question(
            _text(row, "question", place, _QUESTION), _text(row, "answer_id", place, _QUESTION), _lang(row)
        )
        for place, row in rows(path, _QUESTION)
    ]
    if not questions:
        raise InputError(f"{path}: no questions; write one per line: {_QUESTION}")
    return questions


def rows(path: Path, example: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    place = f"{path}, line {number}"
                    yield place, _row(line, place, example)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give the path of a JSON lines file") from error


def _row(line: bytes, place: str, example: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{place}: no JSON ({error}); write one object per line: {example}") from error
    if not isinstance(row, dict):
        raise InputError(f"{place}: a {type(row).__name__} and no object; write {example}")
    return row


def _text(row: dict[str, Any], name: str, place: str, example: str) -> str:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "answer_id":
        return str(value)
    if not isinstance(value, str) or (name == "answer_id" and not value):
        raise InputError(f"{place}: {name!r} is missing or no text; write {example}")
    return value


def _lang(row: dict[str, Any]) -> str | None:
    lang = row.get("lang")
    return lang if lang in ("nl", "en") else None
