# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index folder: first use, rebuild, swap, cleaning, and a writer that is killed."""

import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knooppunt.catalogue.search import (
    IndexBusyError,
    IndexDamagedError,
    IndexDocument,
    IndexHome,
    SearchQuery,
)
from knooppunt.catalogue.search.tantivy_index import TantivyIndex


def card(key: str, title: str) -> IndexDocument:
    return IndexDocument("practice", key, f"/{key}", {"nl": title}, {}, datetime(2026, 1, 1, tzinfo=UTC))


def builds(home: Path) -> int:
    return len(list(home.glob("build-*")))


def test_first_use_makes_an_empty_index(tmp_path: Path) -> None:
    home = IndexHome(tmp_path / "index")
    assert not home.exists()
    assert home.current().count() == 0
    assert home.exists()


def test_a_rebuild_takes_over_while_readers_go_on(tmp_path: Path) -> None:
    worker, web = IndexHome(tmp_path), IndexHome(tmp_path)
    worker.current().apply([card("old", "Oude kaart")], position=(1, 1))
    held = web.current()
    name, build = worker.new_build()
    build.apply([card("new", "Nieuwe kaart")], position=(2, 1))
    assert [hit.key for hit in web.current().search(SearchQuery("kaart")).hits] == ["old"]
    build.close()
    worker.swap(name)
    assert [hit.key for hit in web.current().search(SearchQuery("kaart")).hits] == ["new"]
    assert [hit.key for hit in held.search(SearchQuery("kaart")).hits] == ["old"]
    assert worker.current().position() == (2, 1)


def test_old_and_abandoned_builds_go_but_one_being_written_stays(tmp_path: Path) -> None:
    home = IndexHome(tmp_path)
    home.current()
    home.new_build()[1].close()
    _, busy = home.new_build()
    busy.apply([card("busy", "Bezig")])
    for _ in range(3):
        name, build = home.new_build()
        build.close()
        home.swap(name)
    assert builds(tmp_path) == 3  # current, previous and the one being written
    busy.close()
    name, build = home.new_build()
    build.close()
    home.swap(name)
    assert builds(tmp_path) == 2


def test_swapping_in_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no build of this index"):
        IndexHome(tmp_path).swap("../elsewhere")


def test_only_one_writer(tmp_path: Path) -> None:
    first, second = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    first.apply([card("a", "Een")])
    with pytest.raises(IndexBusyError, match="Only one worker may"):
        second.apply([card("b", "Twee")])
    first.close()
    assert second.apply([card("b", "Twee")])
    assert first.count() == 2
    second.close()


def test_damaged_files_are_named(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).close()
    (tmp_path / "meta.json").write_text("{ not an index")
    with pytest.raises(IndexDamagedError, match="Reindex"):
        TantivyIndex(tmp_path)


WRITER = """
    import os, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from knooppunt.catalogue.search import IndexDocument
    from knooppunt.catalogue.search.tantivy_index import TantivyIndex

    index = TantivyIndex(Path(sys.argv[1]))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    batch = 0
    while True:
        batch += 1
        keys = [f"{batch}-{i}" for i in range(20)]
        cards = [IndexDocument("practice", key, "/", {"nl": f"Kaart {key}"}, {}, now) for key in keys]
        index.apply(cards, position=(batch, 0))
        print(batch, flush=True)
"""


@pytest.mark.parametrize("batches", [1, 4, 9])
def test_a_killed_writer_leaves_whole_batches_and_frees_the_index(tmp_path: Path, batches: int) -> None:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path)]
    environment = {"PYTHONPATH": str(Path(__file__).parents[4])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        for _ in range(batches):
            last = int(writer.stdout.readline())
        writer.kill()
    index = TantivyIndex(tmp_path)
    position = index.position()
    assert position is not None
    assert position[0] >= last
    assert index.count() == 20 * position[0]
    assert index.apply([card("after", "Daarna")], position=(position[0] + 1, 0))
    index.close()
