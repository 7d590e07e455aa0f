# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses that others give lead to the public internet or nowhere, and tell nothing of the inside."""

from __future__ import annotations

import socket

import pytest

from bronnen import network


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255"),  # noqa: S104
        *("224.0.0.1", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "ff0e::1", "fec0::1"),
        *("::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::"),
    ],
)
def test_addresses_that_lead_inside_are_not_public(address: str) -> None:
    assert not network.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_on_the_internet_are_public(address: str) -> None:
    assert network.is_public(address)


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Have every name lead to these addresses; returns the list of what is dialled."""
    dialled: list[str] = []

    def dial(target: tuple[str, int], timeout: float | None) -> socket.socket:
        dialled.append(target[0])
        raise ConnectionRefusedError

    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: answer)
    monkeypatch.setattr(network.socket, "create_connection", dial)
    return dialled


def test_one_address_inside_refuses_the_host_before_anything_is_dialled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialled = resolve_to(monkeypatch, "93.184.216.34", "10.0.0.8")
    with pytest.raises(network.InsideError):
        network.dial("name.example", 443, 1.0)
    assert dialled == []


def test_only_judged_addresses_are_dialled_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    dialled = resolve_to(monkeypatch, "93.184.216.34", "93.184.216.35", "93.184.216.34")
    with pytest.raises(ConnectionRefusedError):
        network.dial("name.example", 443, 1.0)
    assert dialled == ["93.184.216.34", "93.184.216.35"]


def test_an_open_port_inside_answers_as_a_closed_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.settimeout(0.2)
        answers = []
        for tried in (port, 1):
            with pytest.raises(network.InsideError) as refused:
                network.dial("127.0.0.1", tried, 1.0)
            answers.append(str(refused.value))
        with pytest.raises(TimeoutError):
            server.accept()
    assert answers[0] == answers[1]
