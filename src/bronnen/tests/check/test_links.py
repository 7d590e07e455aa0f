# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links asked on loopback, remembered, and told; files beside what is claimed of them."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from bronnen.check import files, links
from bronnen.check.links import DAY, History, Schedule, ask
from bronnen.cli import main
from bronnen.fetch import Limits
from bronnen.records import Distribution, Iri, Literal
from bronnen.tests.check.catalogues import WHOLE
from bronnen.tests.harvest.test_fetch import send, serving

EU = "http://publications.europa.eu/resource/authority/file-type/"
QUICK = Schedule(private=True, limits=Limits(size=5 << 20, seconds=5, silence=1, pause=0, attempts=1))


def answer(handler: BaseHTTPRequestHandler) -> None:
    status = int(handler.path.split("/")[1].split(".")[0])
    headers = {"Location": "/200"} if status == 302 else {}
    send(handler, b"a;b\r\n1;2\r\n", status, **headers)


@pytest.fixture
def history(tmp_path: Path):
    made = History(tmp_path / "history")
    yield made
    made.close()


def test_each_address_is_asked_and_what_is_broken_is_told(history):
    with serving(answer) as host:
        wanted = {f"{host}/{status}": False for status in (200, 302, 404, 500)}
        report = ask(wanted, history, QUICK)
        assert (report["addresses"], report["asked"], report["left"]) == (4, 4, 0)
        assert {one["status"] for one in report["broken"]} == {404, 500}
        assert history.status(f"{host}/302") == 200
        assert history.status("https://e.org/never") is None


def test_what_does_not_answer_has_status_zero_and_a_reason(history):
    dead = "http://127.0.0.1:1/x"
    with serving(answer) as host:
        ask({dead: False}, history, QUICK)
        ask({f"{host}/200": False}, history, Schedule(limits=QUICK.limits))
    assert [one["reason"] for one in history.broken([dead, f"{host}/200"])] == [
        "no answer", "leads to an address in a private network",
    ]  # fmt: skip
    assert history.status(dead) == 0


def test_since_when_it_is_broken_stays_until_it_works_and_it_is_asked_ever_later(history):
    now = time.time()
    for number, days in enumerate((0.5, 1, 7, 7)):
        history.note("https://e.org/x", 404, "", now + number)
        assert not history.is_due("https://e.org/x", now + number + days * DAY - 1)
        assert history.is_due("https://e.org/x", now + number + days * DAY + 1)
    (one,) = history.broken(["https://e.org/x"])
    assert one["broken_since"] == time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    history.note("https://e.org/x", 200, "", now)
    assert list(history.broken(["https://e.org/x"])) == []


def test_a_host_is_not_asked_too_much_and_is_left_alone_when_it_says_so(history):
    with serving(answer) as host:
        wanted = {f"{host}/200?{number}": False for number in range(5)}
        plan = Schedule(private=True, per_host=2, limits=QUICK.limits)
        assert [ask(wanted, history, plan)["asked"] for _ in range(4)] == [2, 2, 1, 0]
        assert ask({f"{host}/429": False, f"{host}/200?x": False}, history, QUICK)["left"] == 2


def test_the_check_tells_broken_links_and_gives_their_points(tmp_path, capsys):
    with serving(answer) as host:
        text = WHOLE.replace("e:get", f"<{host}/200>").replace("e:file", f"<{host}/404.csv>")
        (source := tmp_path / "in.ttl").write_text(text)
        made = str(tmp_path / "history")
        assert main(["links", str(source), "--history", made, "--json", "--private"]) == 1
        assert json.loads(capsys.readouterr().out)["asked"] == 2
        assert main(["check", str(source), "--format", "json", "--links", made]) == 1
    found = json.loads(capsys.readouterr().out)
    (one,) = [one for one in found["findings"] if one["severity"] == "violation"]
    assert one["rule"] == "quality.Distribution.dcat:downloadURL.link"
    assert one["points"] == 30
    # 405 less the 30 of the download that does not answer.
    assert found["totals"]["mqa"]["mean"] == 375
    assert found["totals"]["mqa"]["links_measured"] is True


def test_a_history_that_is_not_there_is_said(tmp_path, capsys):
    (source := tmp_path / "in.ttl").write_text(WHOLE)
    assert main(["check", str(source), "--links", str(tmp_path / "none")]) == 2
    assert "bronnen links" in capsys.readouterr().err


def test_a_table_is_fetched_and_held_against_what_is_claimed(history):
    with serving(lambda handler: send(handler, b"<html><body>Sign in</body></html>")) as host:
        plan = Schedule(private=True, tables=True, limits=QUICK.limits)
        ask({f"{host}/x.csv": True}, history, plan)
        part = Distribution(format=(Iri(EU + "CSV"),), download_url=(Iri(f"{host}/x.csv"),))
        assert history.file_rules(f"{host}/x.csv", part) == ["format"]


@pytest.mark.parametrize(
    ("content", "claimed", "size", "expected"),
    [
        (b"a;b\n1;2\n", "CSV", "8", []),
        ("naam;jaar\nCaf\u00e9;1\n".encode(), "CSV", None, []),
        ("naam;jaar\nCaf\u00e9;1\n".encode("cp1252"), "CSV", None, ["encoding"]),
        (b"a,b\n1,2\n1,2,3\n", "CSV", None, ["rows"]),
        (b"a,a,\n1,2,3\n", "CSV", None, ["columns"]),
        (b"a,b\n", "CSV", None, ["empty"]),
        (b"a,b\n1,2\n", "CSV", "800", ["size"]),
        (b"PK\x03\x04...", "CSV", None, ["format"]),
        (b"%PDF-1.7", "XLSX", None, ["format"]),
        (b'{"a": 1}', "JSON", None, []),
        (b"<!doctype html><html>", "XML", None, ["format"]),
        (b"<?xml version='1.0'?><a/>", "XML", None, []),
        (b"anything", "SOMETHING_NEW", None, []),
        (b"", "CSV", None, ["empty"]),
        (b'"\n' * 3, "CSV", None, ["columns"]),
    ],
)  # fmt: skip
def test_what_a_file_is_beside_what_is_claimed(tmp_path, content, claimed, size, expected):
    (path := tmp_path / "file").write_bytes(content)
    part = Distribution(format=(Iri(EU + claimed),), byte_size=(Literal(size),) if size else ())
    assert files.broken_rules(files.profile(path), part) == expected


def test_a_profile_names_columns_and_counts_rows(tmp_path):
    (path := tmp_path / "file").write_text("\ufeffsoort;jaar\r\neik;1900\r\nbeuk;1950\r\n", encoding="utf-8")
    found = files.profile(path)
    assert (found.columns, found.rows, found.delimiter, found.uneven) == (["soort", "jaar"], 2, ";", 0)
    assert files.from_json(found.to_json()) == found


def test_addresses_of_nested_and_named_distributions_are_found():
    part = Distribution(access_url=(Iri("https://e.org/a"),), download_url=(Iri("ftp://e.org/b"),))
    assert links.addresses([part]) == {"https://e.org/a": False}
