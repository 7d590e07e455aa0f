# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compressed files, unpacked within limits: a bomb is refused before it fills the disk."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

_CHUNK = 1 << 20
_OPENERS: Final = ((b"\x1f\x8b", gzip.open), (b"\xfd7zXZ\x00", lzma.open), (b"BZh", bz2.open))
_ZIP: Final = b"PK\x03\x04"
_BROKEN = (
    OSError,
    EOFError,
    lzma.LZMAError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` in bytes after unpacking; `ratio` to the packed size, which counts above 16 MiB."""

    size: int = 4 << 30
    ratio: int = 300
    members: int = 10_000


class PackedError(Exception):
    """A compressed file that is broken or too large; the message says which."""


def is_packed(path: Path) -> bool:
    """Whether a file is compressed in one of the ways that `unpack` knows."""
    with path.open("rb") as file:
        return file.read(6).startswith((_ZIP, *(sign for sign, _ in _OPENERS)))


def unpack(path: Path, into: Path, limits: Limits = Limits()) -> Iterator[tuple[str, Path]]:
    """The plain files in a file, with the name of each member of a zip; a plain file is given as it is."""
    with path.open("rb") as file:
        head = file.read(6)
    opener = next((found for sign, found in _OPENERS if head.startswith(sign)), None)
    try:
        if opener is not None:
            with cast(IO[bytes], opener(path, "rb")) as packed:
                yield "", _copy(packed, into / path.stem, path.stat().st_size, limits)
        elif head.startswith(_ZIP):
            yield from _members(path, into, limits)
        else:
            yield "", path
    except _BROKEN as error:
        raise PackedError(f"a compressed file that is broken ({type(error).__name__})") from error


def _members(path: Path, into: Path, limits: Limits) -> Iterator[tuple[str, Path]]:
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        if len(members) > limits.members:
            raise PackedError(f"a zip with more than {limits.members} files")
        left = limits.size
        for number, member in enumerate(members):
            with archive.open(member) as packed:
                target = into / f"{number}{Path(member.filename).suffix[:8]}"
                within = Limits(left, limits.ratio)
                plain = _copy(packed, target, max(member.compress_size, 1), within)
            left -= plain.stat().st_size
            yield member.filename, plain
            plain.unlink()


def _copy(packed: IO[bytes], target: Path, size: int, limits: Limits) -> Path:
    most = min(limits.size, max(size * limits.ratio, 16 << 20))
    written = 0
    with target.open("wb") as plain:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise PackedError(f"a compressed file that grows beyond {most >> 20} MiB")
            plain.write(chunk)
    return target
