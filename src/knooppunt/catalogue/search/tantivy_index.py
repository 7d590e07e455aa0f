# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The index on tantivy: in process, one writer, any number of readers.

tantivy finds candidates and counts; our analyser makes the words and `bronnen.ranking` orders the
first `MAX_CANDIDATES`. Pages beyond those follow tantivy's own score. The log position is a row of
the index itself, so a commit holds cards and position together or not at all.
"""

import json
import threading
from collections.abc import Sequence
from pathlib import Path

import tantivy

from bronnen.language import fold
from knooppunt.catalogue.search import schema
from knooppunt.catalogue.search.documents import POSITION_UID, check, position_row, to_row, uid
from knooppunt.catalogue.search.interface import (
    IndexBusyError,
    IndexDamagedError,
    IndexDocument,
    Key,
    Position,
    Results,
    SearchQuery,
)
from knooppunt.catalogue.search.searching import Search
from knooppunt.catalogue.search.view import View

WRITER_MEMORY = 64_000_000
"""Bytes that the writer may hold before it makes a segment."""


class TantivyIndex:
    """The index in the folder `path`, made when the folder has none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(schema.build(), str(path))
            self._index.config_reader("manual")
        except (ValueError, OSError) as error:
            raise IndexDamagedError(f"The index in {path.name} cannot be read: {error}. Reindex.") from error
        self._writer: tantivy.IndexWriter | None = None
        self._writing = threading.RLock()
        self._refreshing = threading.Lock()
        self._stamp = (-1, -1)
        self._current: View | None = None

    def position(self) -> Position | None:
        """See `Index.position`."""
        return self._view().position

    def count(self) -> int:
        """See `Index.count`."""
        return self._view().count

    def apply(
        self,
        upserts: Sequence[IndexDocument],
        deletes: Sequence[Key] = (),
        position: Position | None = None,
    ) -> bool:
        """See `Index.apply`."""
        for document in upserts:
            check(document)
        with self._writing:
            writer = self._open_writer()
            stored = self._view().position
            if position is not None and stored is not None and position <= stored:
                return False
            try:
                self._write(writer, upserts, deletes, position)
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
        return True

    def search(self, query: SearchQuery) -> Results:
        """See `Index.search`."""
        return Search(self._view(), query).results()

    def suggest(self, start: str, limit: int = 8) -> list[str]:
        """See `Index.suggest`."""
        pieces = start[-200:].split()
        prefix = fold(pieces[-1]) if pieces and not start[-1].isspace() else ""
        if not prefix:
            return []
        words = self._view().searcher.terms_with_prefix("words", prefix)
        return [word for word, _ in sorted(words, key=lambda item: (-item[1], item[0]))[:limit]]

    def close(self) -> None:
        """See `Index.close`."""
        with self._writing:
            if self._writer is not None:
                self._writer.wait_merging_threads()
                self._writer = None

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(WRITER_MEMORY, 1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                raise IndexBusyError(
                    "Another process is writing the search index. Only one worker may: stop the other "
                    "one, or leave the work to it."
                ) from error
        return self._writer

    def _write(
        self,
        writer: tantivy.IndexWriter,
        upserts: Sequence[IndexDocument],
        deletes: Sequence[Key],
        position: Position | None,
    ) -> None:
        for key in deletes:
            writer.delete_documents_by_term("uid", uid(key))
        for document in {(document.kind, document.key): document for document in upserts}.values():
            writer.delete_documents_by_term("uid", uid((document.kind, document.key)))
            writer.add_document(to_row(document))
        if position is not None:
            writer.delete_documents_by_term("uid", POSITION_UID)
            writer.add_document(position_row(position))

    def _view(self) -> View:
        """The newest committed state: commits of other processes show in the file that lists the segments."""
        try:
            listing = (self._path / "meta.json").stat()
        except FileNotFoundError as error:
            raise IndexDamagedError(f"The index in {self._path.name} is gone. Reindex.") from error
        stamp = (listing.st_mtime_ns, listing.st_ino)
        view = self._current
        if view is None or stamp != self._stamp:
            with self._refreshing:
                try:
                    self._index.reload()
                    view = self._current = View(self._index, self._changes(), self._current)
                except ValueError as error:
                    raise IndexDamagedError(
                        f"The index in {self._path.name} cannot be read: {error}"
                    ) from error
                self._stamp = stamp
        return view

    def _changes(self) -> int:
        """How many rows were ever added or deleted, as the list of segments tells."""
        return int(json.loads((self._path / "meta.json").read_text(encoding="utf-8"))["opstamp"])
