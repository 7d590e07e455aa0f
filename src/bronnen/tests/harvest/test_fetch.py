# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fetching from loopback servers that page, change, refuse, hang, drip and send bombs."""

import gzip
import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bronnen.fetch import Fetcher, FetchError, Limits
from bronnen.harvest import Options, harvest, records
from bronnen.unpack import Limits as UnpackLimits
from bronnen.unpack import PackedError, unpack

Answer = Callable[[BaseHTTPRequestHandler], None]
QUICK = Limits(pause=0, longest_wait=0.05, silence=1.0)


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def options(limits: Limits = QUICK) -> Options:
    return Options(fetcher=Fetcher(limits))


def test_all_pages_of_ckan_are_read(tmp_path: Path) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = parse_qs(urlsplit(handler.path).query)
        start, rows = int(asked["start"][0]), int(asked["rows"][0])
        found = [{"id": str(n), "title": "T", "notes": "x"} for n in range(start, min(start + rows, 12))]
        send(handler, json.dumps({"success": True, "result": {"count": 12, "results": found}}).encode())

    with serving(answer) as address:
        report = harvest([f"{address}/api/3/action/package_search?rows=5"], tmp_path, options())
    assert report["kept"] == 12


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    asked: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["If-None-Match"])
        if asked[-1] == '"1"':
            send(handler, b"", 304)
        else:
            send(handler, b"<https://e.org/a> a <http://www.w3.org/ns/dcat#Dataset> .", ETag='"1"')

    with serving(answer) as address:
        results = [harvest([address], tmp_path, options())["sources"][0]["result"] for _ in range(2)]
    assert results == ["read", "unchanged"]
    assert asked == [None, '"1"']


def test_a_server_that_says_to_wait_is_asked_again(tmp_path: Path) -> None:
    statuses = [429, 503, 200]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b"x", statuses.pop(0), Retry_After="0")

    with serving(answer) as address:
        Fetcher(QUICK).fetch(address, tmp_path / "x")
    assert statuses == []
    assert (tmp_path / "x").read_bytes() == b"x"


def test_a_failing_server_keeps_the_records(tmp_path: Path) -> None:
    statuses = [200]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = b"<https://e.org/a> a <http://www.w3.org/ns/dcat#Dataset> ."
        send(handler, body, statuses.pop() if statuses else 500)

    with serving(answer) as address:
        harvest([address], tmp_path, options())
        report = harvest([address], tmp_path, options())
    assert report["sources"][0]["result"] == "dead"
    assert len(list(records(tmp_path))) == 1


def test_too_much_is_refused(tmp_path: Path) -> None:
    with (
        serving(lambda handler: send(handler, b"x" * 300_000)) as address,
        pytest.raises(FetchError, match="more than"),
    ):
        Fetcher(Limits(size=100_000, pause=0)).fetch(address, tmp_path / "x")


def test_a_source_that_drips_is_given_up(tmp_path: Path) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    started = time.monotonic()
    with serving(answer) as address, pytest.raises(FetchError):
        Fetcher(Limits(seconds=0.5, pause=0)).fetch(address, tmp_path / "x")
    assert time.monotonic() - started < 4


def test_redirects_end_and_lead_to_no_other_scheme(tmp_path: Path) -> None:
    with (
        serving(lambda handler: send(handler, b"", 302, Location="/again")) as address,
        pytest.raises(FetchError, match="redirects"),
    ):
        Fetcher(QUICK).fetch(address, tmp_path / "x")
    with (
        serving(lambda handler: send(handler, b"", 302, Location="file:///etc/passwd")) as address,
        pytest.raises(FetchError, match="not an http"),
    ):
        Fetcher(QUICK).fetch(address, tmp_path / "x")


def test_a_public_name_that_leads_inside_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As with a name record that changes between the question and the connection.
    monkeypatch.setattr("bronnen.fetch.is_private", lambda host: False)
    with (
        serving(lambda handler: send(handler, b"secret")) as address,
        pytest.raises(FetchError, match="private network"),
    ):
        Fetcher(QUICK).fetch(address, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_page_of_a_public_source_leads_to_no_private_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address of a next page is given by the source, not by a person."""
    with serving(lambda handler: send(handler, b"inside")) as inside:
        monkeypatch.setattr("bronnen.fetch.is_private", lambda host: host == "127.0.0.1")
        with pytest.raises(FetchError, match="private"):
            Fetcher(QUICK).fetch(inside, tmp_path / "page", source="https://public.example/catalogue")
        Fetcher(QUICK).fetch(inside, tmp_path / "page", source=inside)


def test_who_may_ask_public_addresses_only_reaches_no_private_one(tmp_path: Path) -> None:
    with serving(lambda handler: send(handler, b"inside")) as inside:
        fetcher = Fetcher(QUICK, public_only=True)
        with pytest.raises(FetchError, match="private"):
            fetcher.fetch(inside, tmp_path / "page")
        with pytest.raises(FetchError, match="private"):
            fetcher.probe(inside)


def test_pages_that_point_at_each_other_end(tmp_path: Path) -> None:
    body = (
        b"<https://e.org/a> a <http://www.w3.org/ns/dcat#Dataset> ."
        b"<https://e.org/v> <http://www.w3.org/ns/hydra/core#next> </page> ."
    )
    with serving(lambda handler: send(handler, body)) as address:
        assert harvest([address], tmp_path, options())["kept"] == 1


def test_bombs_are_refused_before_they_fill_the_disk(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"\0" * (40 << 20)))
    with pytest.raises(PackedError, match="grows"):
        list(unpack(bomb, tmp_path, UnpackLimits(ratio=10)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a", "b"):
            archive.writestr(name, b"\0" * (12 << 20))
    (tmp_path / "bomb.zip").write_bytes(packed.getvalue())
    with pytest.raises(PackedError, match="grows"):
        list(unpack(tmp_path / "bomb.zip", tmp_path, UnpackLimits(size=20 << 20)))


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08broken", b"PK\x03\x04broken", b"\xfd7zXZ\x00broken"])
def test_a_broken_archive_is_a_refusal(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(content)
    report = harvest([str(tmp_path / "in")], tmp_path / "out", Options())
    assert "broken" in report["refused"][0]["cause"]
