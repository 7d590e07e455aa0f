# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Has this content the shape that its JSON Schema asks? Errors say where, what is wrong, what to write.

The library's own words are for programmers; these are for whoever wrote the file, in the active language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from knooppunt.catalogue.contentfile import Document, Keys, Problem

Advice = Mapping[str, Callable[[], str]]
TYPES = {
    "string": lambda: _("a text; put it between quotes"),
    "integer": lambda: _("a whole number without quotes"),
    "number": lambda: _("a number without quotes, with a point for decimals"),
    "boolean": lambda: _("true or false"),
    "array": lambda: _("a list: [a, b], or lines that start with '- '"),
    "object": lambda: _("keys with values, on lines with more indentation"),
}


class Shape:
    """A JSON Schema, and advice for its patterns by the name of the definition or key they stand in."""

    def __init__(self, path: Path, advice: Advice) -> None:
        self.path = path
        self.advice = advice

    @cached_property
    def schema(self) -> dict[str, Any]:
        return json.loads(self.path.read_text(encoding="utf-8"))

    @cached_property
    def validator(self) -> Draft202012Validator:
        return Draft202012Validator(self.schema)

    def problems(self, document: Document) -> Iterator[Problem]:
        """Every place where the document has not this shape."""
        for error in self.validator.iter_errors(document.data):
            keys: Keys = tuple(error.absolute_path)
            name = str(keys[-1]) if keys else _("the file")
            explain = _EXPLANATIONS.get(str(error.validator), _other)
            yield from explain(self, document, error, keys, name)

    def advice_for(self, error: ValidationError, keys: Keys, name: str) -> str:
        """How a value with a pattern is written: by the nearest key that has advice, else by definition."""
        definition = next((r for r, d in self.schema.get("$defs", {}).items() if d == error.schema), name)
        near = next((str(key) for key in reversed(keys) if str(key) in self.advice), definition)
        return self.advice.get(near, lambda: _("Write it as in the example."))()


def did_you_mean(word: str, known: Sequence[str]) -> str:
    if close := get_close_matches(word, known, n=1, cutoff=0.6):
        return _("Did you mean '%(word)s'?") % {"word": close[0]}
    return _("Choose from: %(words)s.") % {"words": ", ".join(map(str, known))}


def texts(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, dict[str, Any]]]:
    """Every text in languages, with its keys."""
    if isinstance(value, dict):
        if keys and {"nl", "en"} & set(value):
            yield keys, value
        for key, item in value.items():
            yield from texts(item, (*keys, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from texts(item, (*keys, i))


def both_languages(document: Document) -> Iterator[Problem]:
    """What comes with the hub says everything in Dutch and in English."""
    for keys, text in texts(document.data):
        for language in ("nl", "en"):
            if not str(text.get(language, "")).strip():
                message = _("The text in '%(language)s' is missing.") % {"language": language}
                yield document.problem(keys, message, _("Add '%(key)s:' with its value.") % {"key": language})


def _required(
    shape: Shape, document: Document, error: ValidationError, keys: Keys, name: str
) -> Iterator[Problem]:
    for key in sorted(set(error.validator_value) - set(error.instance)):
        message = _("The key '%(key)s' is missing.") % {"key": key}
        yield document.problem(keys, message, _("Add '%(key)s:' with its value.") % {"key": key})


def _unknown_key(
    shape: Shape, document: Document, error: ValidationError, keys: Keys, name: str
) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in sorted(set(error.instance) - set(known)):
        message = _("The key '%(key)s' is not known here.") % {"key": key}
        yield document.problem((*keys, key), message, did_you_mean(key, known))


def _type(
    shape: Shape, document: Document, error: ValidationError, keys: Keys, name: str
) -> Iterator[Problem]:
    message = _("'%(name)s' has a value of the wrong kind.") % {"name": name}
    advice = _("Write %(kind)s.") % {"kind": TYPES[error.validator_value]()}
    yield document.problem(keys, message, advice)


def _enum(
    shape: Shape, document: Document, error: ValidationError, keys: Keys, name: str
) -> Iterator[Problem]:
    message = _("'%(value)s' is not a choice for '%(name)s'.") % {"value": error.instance, "name": name}
    yield document.problem(keys, message, did_you_mean(str(error.instance), error.validator_value))


def _pattern(
    shape: Shape, document: Document, error: ValidationError, keys: Keys, name: str
) -> Iterator[Problem]:
    message = _("'%(value)s' is not written the right way.") % {"value": str(error.instance)[:60]}
    yield document.problem(keys, message, shape.advice_for(error, keys, name))


def _other(
    shape: Shape, document: Document, error: ValidationError, keys: Keys, name: str
) -> Iterator[Problem]:
    message = _("The value of '%(name)s' does not fit.") % {"name": name}
    advice = _("The rule is: %(rule)s %(value)s.") % {"rule": error.validator, "value": error.validator_value}
    yield document.problem(keys, message, advice)


def _label(
    shape: Shape, document: Document, error: ValidationError, keys: Keys, name: str
) -> Iterator[Problem]:
    yield document.problem(keys, _("'%(name)s' has no label.") % {"name": name}, _("Add 'nl:' or 'en:'."))


_EXPLANATIONS: dict[str, Callable[[Shape, Document, ValidationError, Keys, str], Iterator[Problem]]] = {
    "required": _required,
    "additionalProperties": _unknown_key,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "anyOf": _label,
}
