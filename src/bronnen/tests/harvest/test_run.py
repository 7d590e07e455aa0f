# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs: identity, what is unchanged, what is lost, what is the same elsewhere, and being killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bronnen.cli import main
from bronnen.harvest import BusyError, Options, harvest, records
from bronnen.harvest.store import Store
from bronnen.records import to_line

PREFIXES = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"


def catalogue(count: int, start: int = 0) -> str:
    return PREFIXES + "".join(
        f"<https://e.org/{n}> a dcat:Dataset ; dct:title 'Dataset {n}' .\n"
        for n in range(start, start + count)
    )


def run(source: Path | str, folder: Path, **options: Any) -> dict[str, Any]:
    return harvest([str(source)], folder, Options(**options))


def result(report: dict[str, Any]) -> str:
    (source,) = report["sources"]
    return str(source["result"])


def lines(folder: Path) -> list[str]:
    return sorted(to_line(record) for record in records(folder))


def test_the_command_reports_what_came_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(catalogue(3) + "<https://e.org/x> no:prefix 1 .")
    assert main(["harvest", str(source), "--to", str(tmp_path / "out"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["in"], report["kept"]) == (4, 3)
    (refused,) = report["refused"]
    assert (refused["source"], refused["position"]) == (str(source), "line 5")
    assert (
        main(["export", str(tmp_path / "out"), "--format", "turtle", "--to", str(tmp_path / "back.ttl")]) == 0
    )
    assert main(["harvest", str(tmp_path / "back.ttl"), "--to", str(tmp_path / "again"), "--json"]) == 0
    assert lines(tmp_path / "again") == lines(tmp_path / "out")


def test_an_unchanged_source_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(catalogue(3))
    first = run(source, tmp_path / "out")
    monkeypatch.setattr("bronnen.harvest.run.read", lambda document: pytest.fail("read again"))
    second = run(source, tmp_path / "out")
    assert result(second) == "unchanged"
    assert (second["in"], second["kept"], second["refused"]) == (first["in"], first["kept"], first["refused"])


def test_changes_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(catalogue(10))
    run(source, tmp_path / "out")
    source.write_text(catalogue(10, start=1).replace("Dataset 5'", "Dataset five'"))
    (told,) = run(source, tmp_path / "out")["sources"]
    assert (told["added"], told["changed"], told["removed"]) == (1, 1, 1)
    assert len(lines(tmp_path / "out")) == 10


def test_a_large_loss_waits_for_a_word(tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(catalogue(10))
    run(source, tmp_path / "out")
    source.write_text(catalogue(7))
    waiting = run(source, tmp_path / "out")
    assert result(waiting) == "waiting"
    assert "--accept-loss" in waiting["refused"][0]["cure"]
    assert len(lines(tmp_path / "out")) == 10
    assert result(run(source, tmp_path / "out", accept_loss=True)) == "read"
    assert len(lines(tmp_path / "out")) == 7


def test_a_small_loss_and_a_set_share_do_not_wait(tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(catalogue(10))
    run(source, tmp_path / "out")
    source.write_text(catalogue(8))
    assert result(run(source, tmp_path / "out")) == "read"
    source.write_text(catalogue(1))
    assert result(run(source, tmp_path / "out", share=0.9)) == "read"


@pytest.mark.parametrize("content", [None, "", "<html><body>Down for maintenance</body></html>", "{}"])
def test_a_dead_source_removes_nothing(content: str | None, tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(catalogue(3))
    run(source, tmp_path / "out")
    source.unlink()
    if content is not None:
        source.write_text(content)
    report = run(source, tmp_path / "out", accept_loss=True)
    assert report["refused"]
    assert len(lines(tmp_path / "out")) == 3


def test_a_torn_source_removes_nothing_and_adds_what_it_has(tmp_path: Path) -> None:
    source = tmp_path / "in.json"
    packages = [{"id": str(n), "title": f"T{n}", "notes": "x"} for n in range(5)]
    source.write_text(json.dumps(packages))
    run(source, tmp_path / "out")
    source.write_text(json.dumps([{"id": "new", "title": "T", "notes": "x"}, *packages])[:-40])
    run(source, tmp_path / "out", accept_loss=True)
    assert len(lines(tmp_path / "out")) == 6


def test_doubles_of_one_iri_are_united_and_of_one_identifier_kept_apart(tmp_path: Path) -> None:
    source = tmp_path / "in.json"
    source.write_text(json.dumps([{"id": "1", "title": title, "notes": "x"} for title in ("A", "B", "A")]))
    report = run(source, tmp_path / "out")
    assert (report["in"], report["kept"], report["doubles"]) == (3, 2, 1)
    assert len({record.id for record in records(tmp_path / "out")}) == 2


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("<https://e.org/a> a dcat:Dataset .", "<https://e.org/a> a dcat:Dataset .", "same IRI"),
        (
            "<https://e.org/a> a dcat:Dataset ; dct:identifier '7' ; dct:publisher <https://e.org/p> .",
            "<https://f.org/b> a dcat:Dataset ; dct:identifier '7' ; dct:publisher <https://e.org/p> .",
            "same identifier and publisher",
        ),
        (
            "<https://e.org/a> a dcat:Dataset ; dct:title 'T' ; dcat:landingPage <https://e.org/page> .",
            "<https://f.org/b> a dcat:Dataset ; dct:title 'T' ; dcat:landingPage <https://e.org/page/> .",
            "same landing page and title",
        ),
        (
            "<https://e.org/a> a dcat:Dataset ; dct:title 'T' .",
            "<https://e.org/b> a dcat:Dataset ; dct:title 'T' .",
            "",
        ),
    ],
)
def test_the_same_dataset_in_two_sources_is_joined_with_the_reason(
    one: str, other: str, reason: str, tmp_path: Path
) -> None:
    for name, content in (("one.ttl", one), ("two.ttl", other)):
        (tmp_path / name).write_text(PREFIXES + content)
    report = harvest([str(tmp_path / "one.ttl"), str(tmp_path / "two.ttl")], tmp_path / "out", Options())
    joins = [
        json.loads(line) for line in (tmp_path / "out" / "state" / "joins.jsonl").read_text().splitlines()
    ]
    assert [join["reason"] for join in joins] == ([reason] if reason else [])
    assert report["joined"] == len(joins)


def test_wrong_values_are_kept_and_listed_without_showing_them(tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(
        PREFIXES
        + "<https://e.org/a> a dcat:Dataset ; dcat:landingPage <https://e.org/a b> ; dct:license 'do as you"
        " like' ; dct:issued '31-02-2024'^^<http://www.w3.org/2001/XMLSchema#date> ; dct:title 'T'@en_US ."
    )
    report = run(source, tmp_path / "out")
    (line,) = lines(tmp_path / "out")
    assert all(given in line for given in ("https://e.org/a b", "do as you like", "31-02-2024", "en_us"))
    causes = " ".join(report["findings"])
    assert all(word in causes for word in ("free text", "does not exist", "must not have", "underscore"))
    assert "31-02-2024" not in causes


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(catalogue(1))
    with Store(tmp_path / "out").writing(), pytest.raises(BusyError):
        run(source, tmp_path / "out")


def test_a_run_that_is_killed_loses_and_doubles_nothing(tmp_path: Path) -> None:
    sources = []
    for number in range(4):
        source = tmp_path / f"in-{number}.ttl"
        source.write_text(catalogue(1500, start=number * 1500))
        sources.append(str(source))
    harvest(sources, tmp_path / "whole", Options())
    command = [sys.executable, "-m", "bronnen.cli", "harvest", *sources, "--to", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)
    until = time.monotonic() + 20
    while not list((tmp_path / "out").glob("*.ndjson*")) and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    harvest(sources, tmp_path / "out", Options())
    assert lines(tmp_path / "out") == lines(tmp_path / "whole")
    assert not list((tmp_path / "out").rglob("*.part"))
