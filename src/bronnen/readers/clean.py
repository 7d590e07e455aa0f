# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text of linked data made fit for the parser, reversibly where it can be: encodings and language tags."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path
from typing import IO

_CHUNK = 1 << 18
#: Stands for an underscore in a language tag, which no tag may have; `as_given` takes it back.
_UNDERSCORE = "-x5f-"
_BAD_TAG = re.compile(r'(?<=[^\\]["\x27]@)[A-Za-z]{1,8}(?:_[A-Za-z0-9]{1,8})+')
_BAD_TAG_BYTES = re.compile(rb'["\x27]@[A-Za-z]{1,8}_[A-Za-z0-9]')
_CUT = re.compile(r'["\x27]@[A-Za-z0-9_]*\Z|["\x27]\Z')


def as_given(text: str) -> str:
    """A language tag, or a text in which something looked like one, as the source gave it."""
    return text.replace(_UNDERSCORE, "_")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("bronnen-windows-1252", _as_windows)


def is_unclean(path: Path) -> bool:
    """Whether a file is not UTF-8 or has what looks like a language tag with an underscore."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = b""
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
                if _BAD_TAG_BYTES.search(rest + chunk):
                    return True
                rest = chunk[-12:]
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return True
    return False


class CleanText(io.RawIOBase):
    """UTF-8 for the parser. Bytes that are not UTF-8 are read as Windows-1252, `en_US` is kept as a mark."""

    def __init__(self, raw: IO[bytes], encoding: str = "utf-8", language_tags: bool = True) -> None:
        self._raw = raw
        is_utf8 = encoding in ("utf-8", "utf-8-sig")
        errors = "bronnen-windows-1252" if is_utf8 else "replace"
        # With a mark at the start or without.
        name = "utf-8-sig" if is_utf8 else encoding
        self._decoder = codecs.getincrementaldecoder(name)(errors)
        self._tags = language_tags
        self._rest = ""
        self._ready = b""
        self.repaired_bytes = False
        self.repaired_tags = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer; 0 at the end."""
        while not self._ready:
            chunk = self._raw.read(_CHUNK)
            self._ready = self._clean(chunk).encode("utf-8", "replace")
            if not chunk:
                break
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _clean(self, chunk: bytes) -> str:
        try:
            chunk.decode("ascii")
        except UnicodeDecodeError:
            self.repaired_bytes = self.repaired_bytes or _is_foreign(chunk)
        text = self._rest + self._decoder.decode(chunk, final=not chunk)
        self._rest = ""
        if not self._tags or ('"@' not in text and "'@" not in text and text[-1:] not in "\"'"):
            return text
        if chunk and (cut := _CUT.search(text)):
            # One character more, since whether the quotation mark is escaped must be seen again.
            at = max(cut.start() - 1, 0)
            self._rest, text = text[at:], text[:at]
        text, count = _BAD_TAG.subn(lambda tag: tag[0].replace("_", _UNDERSCORE), text)
        self.repaired_tags += count
        return text


def _is_foreign(chunk: bytes) -> bool:
    """Whether a piece of a file has bytes that UTF-8 never has; its torn ends do not count."""
    start = next((i for i in range(min(4, len(chunk))) if chunk[i] & 0xC0 != 0x80), 0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(chunk[start:])
    except UnicodeDecodeError:
        return True
    return False
