# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The elements of one long list in a JSON file: memory holds the largest element, not the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from bronnen.readers.model import UnreadableError

_CHUNK = 1 << 16
_WRITE: Final = "Correct the JSON here; a program that writes JSON makes none of these mistakes."
_LARGEST = 64 << 20
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


class JsonStream:
    """Reads a file once, forwards. `head` holds the members that were met beside the list."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self.head: dict[str, Any] = {}
        self.is_list = False

    def elements(self, *names: str) -> Iterator[Any]:
        """The elements of the first list under one of these names, or of the list that the file is.

        UnreadableError when the file is no JSON or ends too early; what was given before stays good.
        """
        if self._peek() == "[":
            self.is_list = True
            yield from self._list()
            return
        yield from self._object(names)

    def _object(self, names: tuple[str, ...]) -> Iterator[Any]:
        self._take("{")
        while self._peek() != "}":
            key = self._value()
            self._take(":")
            if key in names and self._peek() == "[":
                yield from self._list()
            elif key in names and self._peek() == "{":
                yield from self._object(names)
            else:
                self.head[str(key)] = self._value()
            if self._peek() == ",":
                self._take(",")
        self._take("}")

    def _list(self) -> Iterator[Any]:
        self._take("[")
        while self._peek() != "]":
            yield self._value()
            if self._peek() == ",":
                self._take(",")
            elif self._peek() != "]":
                raise UnreadableError("JSON with neither a comma nor a bracket after an element", _WRITE)
        self._take("]")

    def _peek(self) -> str:
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_CHUNK):
                raise UnreadableError("JSON that ends too early", "Fetch the file again.")

    def _take(self, mark: str) -> None:
        if self._peek() != mark:
            raise UnreadableError(f"JSON without {mark!r} where it must stand", _WRITE)
        self._at += 1

    def _value(self) -> Any:
        self._peek()
        size = _CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                self._grow(size, error)
                size *= 2
                continue
            # A number at the end of what was read may go on.
            if end == len(self._text) and isinstance(value, int | float) and self._more(_CHUNK):
                continue
            self._at = end
            return value

    def _grow(self, size: int, error: Exception) -> None:
        """Reads on when a value may be torn at the end of what was read; else the error stands."""
        if isinstance(error, RecursionError):
            raise UnreadableError("JSON nested too deeply", "Give a list of datasets.") from None
        if len(self._text) - self._at > _LARGEST:
            cause = "a JSON value of more than 64 million characters, or broken JSON"
            raise UnreadableError(cause, "Give a list of datasets, or correct the JSON.") from None
        if not self._more(size):
            raise UnreadableError(
                "broken JSON, or JSON that ends too early", "Fetch the file again."
            ) from None

    def _more(self, size: int) -> bool:
        chunk = self._file.read(size)
        if chunk:
            self._text = self._text[self._at :] + chunk
            self._at = 0
        return bool(chunk)
