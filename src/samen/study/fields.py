# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks the keys of one table of a study file against the schema: unknown, missing, of another kind."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from ..problems import Problem
from .lines import Path, nearest
from .schema import REQUIRED, Field

_EXAMPLE = {
    "text": '"words"',
    "integer": "10",
    "number": "0.5",
    "boolean": "true",
    "texts": '["a", "b"]',
    "numbers": "[1, 2]",
    "table": "[table]",
}
_KIND = {
    "text": ("text between quotes", "tekst tussen aanhalingstekens"),
    "integer": ("a whole number", "een geheel getal"),
    "number": ("a number", "een getal"),
    "boolean": ("true or false", "true of false"),
    "texts": ("a list of texts", "een lijst van teksten"),
    "numbers": ("a list of numbers", "een lijst van getallen"),
    "table": ("a table", "een tabel"),
}


def similar(word: str, known: Sequence[str]) -> tuple[str, str]:
    """A hint at the nearest known word, in both languages; empty when none is near."""
    near = difflib.get_close_matches(word.lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    if not near:
        return "", ""
    match = next(k for k in known if k.lower() == near[0])
    return f"; did you mean {match!r}?", f"; bedoelt u {match!r}?"


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(kind: str, value: Any) -> bool:
    if kind == "texts":
        return isinstance(value, list) and all(
            isinstance(v, str | int) and not isinstance(v, bool) for v in value
        )
    if kind == "numbers":
        return isinstance(value, list) and all(_number(v) or isinstance(v, str) for v in value)
    if kind == "table":
        return isinstance(value, dict | list)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return {"text": isinstance(value, str), "number": _number(value), "boolean": isinstance(value, bool)}[
        kind
    ]


class Section:
    """One table of the file with its place, read by field."""

    def __init__(
        self,
        content: Mapping[str, Any],
        fields: Sequence[Field],
        path: Path,
        lines: dict[Path, int],
        problems: list[Problem],
    ) -> None:
        self.content, self.path, self.lines, self.problems = content, path, lines, problems
        self.where = ".".join(path) or "the file"
        self.values: dict[str, Any] = {}
        names = [field.name for field in fields]
        for key in content:
            if key not in names:
                en, nl = similar(key, names)
                self.report(
                    f"unknown key {key!r} in {self.where}{en or '; known keys: ' + ', '.join(names)}",
                    f"onbekende sleutel {key!r} in {self.where}{nl or '; bekend zijn: ' + ', '.join(names)}",
                    key,
                )
        for field in fields:
            self.values[field.name] = self._value(field)

    def _value(self, field: Field) -> Any:
        if field.name not in self.content:
            if field.default is REQUIRED:
                self.report(
                    f"{self.where} lacks {field.name!r} ({field.en}); add {field.name} = "
                    f"{_EXAMPLE[field.kind]}",
                    f"in {self.where} ontbreekt {field.name!r} ({field.nl}); voeg toe: {field.name} = "
                    f"{_EXAMPLE[field.kind]}",
                )
                return None
            return field.default
        value = self.content[field.name]
        if not _fits(field.kind, value):
            en, nl = _KIND[field.kind]
            self.report(
                f"{field.name!r} must be {en}, say {_EXAMPLE[field.kind]}, not {value!r}",
                f"{field.name!r} moet {nl} zijn, zoals {_EXAMPLE[field.kind]}, niet {value!r}",
                field.name,
            )
            return None if field.default is REQUIRED else field.default
        return [str(v) for v in value] if field.kind == "texts" else value

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def line(self, key: str = "") -> int | None:
        return nearest(self.lines, (*self.path, key) if key else self.path)

    def report(self, en: str, nl: str, key: str = "") -> None:
        self.problems.append(Problem(en, nl, self.line(key)))

    def one_of(self, key: str, allowed: Sequence[str]) -> None:
        """The value of a key must be one of these words."""
        value = self.values[key]
        if value is not None and value not in allowed:
            en, nl = similar(str(value), allowed)
            self.report(
                f"{key} is {value!r}; choose from {', '.join(map(repr, allowed))}{en}",
                f"{key} is {value!r}; kies uit {', '.join(map(repr, allowed))}{nl}",
                key,
            )

    def at_least(self, key: str, low: float, high: float | None = None) -> None:
        """The value of a key must be a number of a range."""
        value = self.values[key]
        if value is not None and (value < low or (high is not None and value > high)):
            en, nl = (
                (f"at least {low}", f"minstens {low}")
                if high is None
                else (f"from {low} to {high}", f"van {low} tot en met {high}")
            )
            self.report(f"{key} must be {en}, not {value}", f"{key} moet {nl} zijn, niet {value}", key)
