# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls to addresses that others give: only to the public internet, and never for long."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from knooppunt.web import outbound


@pytest.mark.parametrize(
    "url", ["https://example.org:99999/", "https://[::1/", "https://a..b/", f"https://{'a' * 70}.nl/"]
)
def test_what_is_no_address_is_refused_and_not_tried_again(url):
    with pytest.raises(outbound.OutboundRefusedError):
        outbound.post(url, b"", {})


def test_an_answer_that_drips_is_cut_off(monkeypatch):
    """A byte of a TLS record now and then keeps every wait short, and would keep the worker for hours."""
    monkeypatch.setattr("bronnen.network.is_public", lambda address: True)
    monkeypatch.setattr(outbound, "DEADLINE", 0.3)
    cut = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            client, _ = server.accept()
            with client:
                client.sendall(b"\x16\x03\x03\x40\x00")
                for _ in range(200):
                    try:
                        client.sendall(b"\x02")
                    except OSError:
                        cut.set()
                        return
                    time.sleep(0.05)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        with pytest.raises(OSError):  # noqa: PT011
            outbound.post(f"https://localhost:{server.getsockname()[1]}/é", b"", {})
        thread.join(timeout=5)
    assert cut.is_set()
