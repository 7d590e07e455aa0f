# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page of a portal is read, or the run says how many records are missing and removes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bronnen.cli import main
from bronnen.fetch import Fetcher
from bronnen.harvest import Options, harvest, records
from bronnen.tests.harvest.portal import PATHS, Portal
from bronnen.tests.harvest.test_fetch import QUICK, options, serving

WHOLE = [
    Portal("ckan", has=1200, size=300, says=1200),
    Portal("csw", has=35, size=10, says=35),
    Portal("csw", has=35, size=10, says=35, fails="end", at=1),
    Portal("hydra", has=40, size=10, says=40),
    Portal("hydra", has=40, size=10, says=40, form="resource"),
    Portal("hydra", has=40, size=10, says=40, form="element"),
    Portal("ldes", has=40, size=10, says=40),
    Portal("data.json", has=250, size=100, says=0),
    Portal("data.json", has=200, size=100, says=0),
]
SHORT = [
    *(Portal(way, has=40, size=10, says=40, fails="error", at=3) for way in PATHS if way != "data.json"),
    *(Portal(way, has=40, size=10, says=40, fails="text", at=3) for way in PATHS if way != "data.json"),
    *(
        Portal(way, has=40, size=10, says=40, fails="repeat", at=3)
        for way in ("ckan", "csw", "hydra", "ldes")
    ),
    *(Portal(way, has=40, size=10, says=40, fails="end", at=2) for way in ("ckan", "hydra", "ldes")),
    *(Portal(way, has=20, size=10, says=40) for way in ("ckan", "csw", "hydra", "ldes")),
]


def name(portal: Portal) -> str:
    return f"{portal.way}-{portal.fails or portal.form}-{portal.has}"


def take(portal: Portal, folder: Path) -> dict[str, Any]:
    with serving(portal) as address:
        return harvest([address + PATHS[portal.way]], folder, options())


@pytest.mark.parametrize("portal", WHOLE, ids=name)
def test_every_page_is_read(portal: Portal, tmp_path: Path) -> None:
    report = take(portal, tmp_path)
    assert report["kept"] == portal.has
    assert report["promised"] == (portal.says or None)
    assert report["incomplete"] == []
    assert not [cause for cause in report["findings"] if "incomplete" in cause]


@pytest.mark.parametrize("portal", SHORT, ids=name)
def test_fewer_than_promised_is_said_with_the_number(portal: Portal, tmp_path: Path) -> None:
    report = take(portal, tmp_path)
    came = 10 if portal.fails == "end" and portal.way == "ckan" else 20
    assert (report["kept"], report["promised"], len(report["incomplete"])) == (came, 40, 1)
    assert [cause for cause in report["findings"] if f"incomplete: {40 - came} of the 40" in cause]
    assert report["sources"][0]["missing"] == 40 - came


def test_an_error_where_no_number_was_promised_is_said_too(tmp_path: Path) -> None:
    report = take(Portal("data.json", has=250, size=100, says=0, fails="error", at=3), tmp_path)
    assert (report["kept"], report["promised"], len(report["incomplete"])) == (200, None, 1)
    assert [cause for cause in report["findings"] if "not known" in cause]


def test_a_data_json_that_has_no_pages_is_read_once(tmp_path: Path) -> None:
    report = take(Portal("data.json", has=30, size=100, says=0, fails="repeat", at=2), tmp_path)
    assert (report["kept"], report["doubles"], report["incomplete"]) == (30, 0, [])


def test_nothing_that_is_missing_counts_as_removed(tmp_path: Path) -> None:
    portal = Portal("ckan", has=40, size=10, says=40)
    with serving(portal) as address:
        source = address + PATHS["ckan"]
        harvest([source], tmp_path, options())
        portal.fails, portal.at = "end", 2
        short = harvest([source], tmp_path, Options(fetcher=Fetcher(QUICK), accept_loss=True))
        again = harvest([source], tmp_path, options())
    assert (short["kept"], short["sources"][0]["removed"], short["incomplete"]) == (40, 0, [source])
    assert (again["sources"][0]["result"], again["incomplete"]) == ("unchanged", [source])
    assert len([one for one in records(tmp_path) if type(one).__name__ == "Dataset"]) == 40


def test_the_command_ends_with_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Portal("ckan", has=20, size=10, says=40)) as address:
        source = address + PATHS["ckan"]
        assert main(["harvest", source, "--to", str(tmp_path), "--json"]) == 4
    report = json.loads(capsys.readouterr().out)
    assert (report["promised"], report["incomplete"]) == (40, [source])
