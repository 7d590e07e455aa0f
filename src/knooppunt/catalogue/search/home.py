# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Where the index lives, and how a rebuilt one takes its place while searches go on.

    home/
      current -> build-...     the index that is searched (a symbolic link, replaced in one step)
      build-.../               one folder per build

A reader that had the old build open goes on reading it: its files stay on disk until the swap after the
next, and an open file outlives its name.
"""

import fcntl
import shutil
import threading
import uuid
from contextlib import suppress
from pathlib import Path

from knooppunt.catalogue.search.tantivy_index import TantivyIndex

_CURRENT = "current"
_PREVIOUS = "previous"


class IndexHome:
    """The folder of the search index. Make one per process and keep it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._open: tuple[str, TantivyIndex] | None = None

    def exists(self) -> bool:
        """Whether an index was ever swapped in."""
        return self._target(_CURRENT) is not None

    def current(self) -> TantivyIndex:
        """The index to search and to feed; an empty one is made on first use.

        Cheap to call for every search: the index is opened again only after a swap. Do not keep the
        result across swaps.
        """
        with self._lock:
            name = self._target(_CURRENT) or self._first()
            if self._open is None or self._open[0] != name:
                if self._open is not None:
                    self._open[1].close()
                self._open = (name, TantivyIndex(self._path / name))
            return self._open[1]

    def new_build(self) -> tuple[str, TantivyIndex]:
        """An empty index beside the current one: its name for `swap`, and the index to fill."""
        name = f"build-{uuid.uuid4().hex}"
        return name, TantivyIndex(self._path / name)

    def swap(self, name: str) -> None:
        """Makes a filled build the current one, in one step; close it first.

        Folders that are neither current nor previous and that nobody writes are removed.
        """
        if not (self._path / name / "meta.json").is_file():
            raise ValueError(f"{name!r} is no build of this index; give a name that new_build returned")
        old = self._target(_CURRENT)
        if old and old != name:
            self._point(_PREVIOUS, old)
        self._point(_CURRENT, name)
        self._clean()

    def _first(self) -> str:
        name, index = self.new_build()
        index.close()
        self._point(_CURRENT, name)
        return name

    def _target(self, link: str) -> str | None:
        try:
            return (self._path / link).readlink().name
        except FileNotFoundError:
            return None

    def _point(self, link: str, name: str) -> None:
        fresh = self._path / f".{link}-{uuid.uuid4().hex}"
        fresh.symlink_to(name)
        fresh.replace(self._path / link)

    def _clean(self) -> None:
        kept = {self._target(_CURRENT), self._target(_PREVIOUS)}
        for folder in self._path.glob("build-*"):
            if folder.name not in kept and not _being_written(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _being_written(folder: Path) -> bool:
    """Whether a process holds the writer's lock of this build."""
    with suppress(FileNotFoundError), (folder / ".tantivy-writer.lock").open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
