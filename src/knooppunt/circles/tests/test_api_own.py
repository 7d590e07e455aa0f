# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a token tells of its owner's circles and introductions, and of nobody else's."""

from __future__ import annotations

from knooppunt.api import tokens
from knooppunt.circles import services
from knooppunt.initiatives.tests.conftest import BREDA, GOUDA

MEMBERSHIPS, INTRODUCTIONS = "/api/v1/circle-memberships", "/api/v1/introductions"


def read(client, address, user=None):
    headers = {}
    if user is not None:
        headers["Authorization"] = f"Bearer {tokens.issue(user, name='test', scope='read', days=30)}"
    return client.get(address, headers=headers)


def test_without_a_token_nothing_is_told(world, client):
    assert [read(client, address).status_code for address in (MEMBERSHIPS, INTRODUCTIONS)] == [401, 401]


def test_memberships_are_ones_own_and_end_with_the_work(world, circle, private, client):
    found = read(client, MEMBERSHIPS, world.owner).json()["items"]
    assert [(one["circle"], one["private"], one["leads"]) for one in found] == [
        (circle.slug, False, True),
        (private.slug, True, True),
    ]
    assert read(client, MEMBERSHIPS, world.hub).json()["items"] == []
    world.owner.memberships.all().delete()
    assert read(client, MEMBERSHIPS, world.owner).json()["items"] == []


def test_introductions_are_for_both_and_connectors_and_tell_no_answer_too_early(
    world, introduction, connector, client
):
    services.move(introduction, "accept", actor=world.other)
    for who in (world.owner, world.other, connector):
        (found,) = read(client, INTRODUCTIONS, who).json()["items"]
        assert (found["organisations"], found["state"]) == ([BREDA, GOUDA], "proposed")
        assert found["changed"] == found["made"]
    assert read(client, INTRODUCTIONS, world.cbs).json()["items"] == []
    services.move(introduction, "accept", actor=world.owner)
    assert read(client, INTRODUCTIONS, world.owner).json()["items"][0]["state"] == "made"
