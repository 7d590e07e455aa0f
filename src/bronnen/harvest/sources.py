# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what a user names (file, folder, address) to the documents to read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bronnen.fetch import Fetcher, FetchError
from bronnen.harvest import paging
from bronnen.readers import Document
from bronnen.unpack import PackedError, unpack

_CHUNK = 1 << 20


class DeadSourceError(Exception):
    """A source that gave no document to read; the message says why, `cure` what to do."""

    def __init__(self, cause: str, cure: str) -> None:
        super().__init__(cause)
        self.cure = cure


def expand(sources: list[str]) -> Iterator[str]:
    """Each source once: addresses as they are, files by their full path, folders file by file."""
    seen: set[str] = set()
    for source in sources:
        for one in [source] if is_address(source) else _files(Path(source)):
            if one not in seen:
                seen.add(one)
                yield one


def is_address(source: str) -> bool:
    """Whether a source is fetched over HTTP."""
    return source.startswith(("http://", "https://"))


def _files(path: Path) -> Iterator[str]:
    if not path.is_dir():
        yield str(path.resolve())
        return
    for found in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
        if found.is_file() and not hidden:
            yield str(found.resolve())


@dataclass(slots=True)
class Opened:
    """A source at hand: its files as fetched, and a hash of their bytes.

    `promised` is what the source says that it has, if it does, `missing` what of that did not come.
    """

    source: str
    files: list[Path]
    digest: str
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    cut_short: str = ""
    promised: int | None = None
    missing: int = 0

    def documents(self, work: Path) -> Iterator[Document]:
        """The plain documents in the files; DeadSourceError when a compressed one is broken or too large."""
        try:
            for number, file in enumerate(self.files):
                folder = work / f"plain-{number}"
                folder.mkdir(exist_ok=True)
                for member, plain in unpack(file, folder):
                    yield Document(plain, f"{self.source}!{member}" if member else self.source)
        except PackedError as error:
            raise DeadSourceError(str(error), "Fetch or pack the file again.") from error


def open_source(source: str, work: Path, fetcher: Fetcher, etag: str, last_modified: str) -> Opened:
    """Fetches or finds a source; DeadSourceError when there is nothing to read."""
    if is_address(source):
        return _pages(source, work, fetcher, etag, last_modified)
    path = Path(source)
    if not path.is_file():
        raise DeadSourceError("no such file", "Check the name; a folder or an address can be given too.")
    try:
        return Opened(source, [path], _digest([path]))
    except OSError as error:
        cause = f"a file that cannot be read ({type(error).__name__})"
        raise DeadSourceError(cause, "Give the right to read it, or fetch it again.") from error


def _pages(source: str, work: Path, fetcher: Fetcher, etag: str, last_modified: str) -> Opened:
    """All pages of an address; when a later one fails, those before it and why."""
    walk = paging.Walk(source)
    pages: list[Path] = []
    marks = (etag, last_modified)
    while address := walk.next():
        page = work / f"page-{len(pages)}"
        try:
            answer = fetcher.fetch(address, page, *(("", "") if pages else marks), source=source)
        except FetchError as error:
            if not pages:
                raise DeadSourceError(
                    str(error), "Check the address in a browser, or try again later."
                ) from error
            walk.failed(str(error), error.status)
            break
        if answer.unchanged:
            return Opened(source, [], "", etag, last_modified, unchanged=True)
        if walk.take(page, answer.next_address):
            pages.append(page)
            marks = (answer.etag, answer.last_modified)
    # A first page that is unchanged says nothing about later ones: only a single whole page is asked for so.
    marks = marks if len(pages) == 1 and not walk.missing and not walk.cut_short else ("", "")
    opened = Opened(source, pages, _digest(pages), *marks, cut_short=walk.cut_short)
    opened.promised, opened.missing = walk.promised, walk.missing
    return opened


def _digest(files: list[Path]) -> str:
    found = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    return found.hexdigest()
