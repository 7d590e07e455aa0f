# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real catalogues: every file goes through, memory stays bounded, and what is given back is what came in."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bronnen import writers
from bronnen.harvest import Options, harvest, records
from bronnen.records import to_line

pytestmark = pytest.mark.full


@pytest.mark.parametrize("folder", ["real", "nl", "eu", "donl", "iso-tests"])
def test_every_file_is_in_or_listed_with_a_cause(folder: str, shared: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bronnen.cli", "harvest", str(shared / "dcat" / folder)]
    command += ["--to", str(tmp_path), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    report = json.loads(done.stdout)
    refused = {one["source"] for one in report["refused"]}
    assert all(one["result"] == "read" or one["source"] in refused for one in report["sources"])
    assert all(one["cause"] and one["position"] for one in report["refused"])
    assert not [one for one in report["refused"] if "reading failed" in one["cause"]]
    assert report["in"] == report["kept"] + report["doubles"] + len(report["refused"])
    assert report["peak_mb"] < 500


@pytest.mark.parametrize("format_", sorted(writers.FORMATS))
@pytest.mark.parametrize("name", ["be-statbel.rdf.gz", "de-brandenburg.ttl.gz", "iso19139-ulm.xml.gz"])
def test_real_catalogues_come_back_as_they_came_in(
    format_: str, name: str, shared: Path, tmp_path: Path
) -> None:
    harvest([str(shared / "dcat" / "real" / name)], tmp_path / "one", Options())
    with (tmp_path / "back").open("wb") as output:
        writers.write(records(tmp_path / "one"), output, format_)
    report = harvest([str(tmp_path / "back")], tmp_path / "two", Options())
    assert report["refused"] == []
    first, second = (sorted(to_line(one) for one in records(tmp_path / part)) for part in ("one", "two"))
    assert first == second
