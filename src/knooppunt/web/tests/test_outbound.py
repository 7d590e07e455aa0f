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
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255"),  # noqa: S104
        *("224.0.0.1", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "ff0e::1", "fec0::1"),
        *("::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::"),
    ],
)
def test_addresses_that_lead_inside_are_not_public(address):
    assert not outbound.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_on_the_internet_are_public(address):
    assert outbound.is_public(address)


@pytest.mark.parametrize(
    "url", ["https://example.org:99999/", "https://[::1/", "https://a..b/", f"https://{'a' * 70}.nl/"]
)
def test_what_is_no_address_is_refused_and_not_tried_again(url):
    with pytest.raises(outbound.OutboundRefusedError):
        outbound.post(url, b"", {})


def test_an_answer_that_drips_is_cut_off(monkeypatch):
    """A byte of a TLS record now and then keeps every wait short, and would keep the worker for hours."""
    monkeypatch.setattr(outbound, "_checked_address", lambda host, port: "127.0.0.1")
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
