# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A consent to be contacted that is taken back is over everywhere at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from knooppunt.catalogue import indexing
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.tests.conftest import BREDA, GOUDA, VALUES

pytestmark = pytest.mark.django_db(transaction=True)


def ways(client, world, theirs, circle) -> dict[str, bool]:
    """Every place that could lead to contact with Gouda, and whether it does, for somebody of Breda."""
    client.force_login(world.owner)
    own = initiatives.post(BREDA, VALUES | {"title": f"Van ons {indexing.ensure()}"}, actor=world.owner)
    indexing.ensure()
    ask = reverse("initiatives:ask", args=[GOUDA])
    option = f'value="{GOUDA}"'
    pages = {
        reverse("people:organisation", args=[GOUDA]): ask,
        theirs.get_absolute_url(): ask,
        own.get_absolute_url(): ask,
        reverse("catalogue:search") + "?q=schulden": ask,
        reverse("initiatives:help", args=[own.slug]): option,
        reverse("circles:invite", args=[circle.slug]): option,
    }
    found = {page: link in client.get(page).content.decode() for page, link in pages.items()}
    found[ask] = client.get(ask).status_code == 200
    return found


def test_taken_back_is_gone_from_every_page_and_stood_in_no_feed(world, circle, client):
    theirs = initiatives.post(GOUDA, VALUES | {"title": "Schulden van inwoners"}, actor=world.other)
    initiatives.be_contact(GOUDA, actor=world.other)
    before = ways(client, world, theirs, circle)
    assert {page for page, leads in before.items() if not leads} == {"/nl/zoeken?q=schulden"}
    feeds = ["/nl/zoeken.atom", reverse("circles:atom", args=[circle.slug]), f"/api/v1/organisations/{GOUDA}"]
    for feed in feeds:
        text = client.get(feed).content.decode()
        assert world.other.email not in text
        assert "contact/" not in text
    initiatives.stop_contact(GOUDA, actor=world.other)
    assert not any(ways(client, world, theirs, circle).values())


def test_the_page_of_an_organisation_says_how_it_can_be_contacted(world, circle, client):
    page = reverse("people:organisation", args=[BREDA])
    assert "Niemand neemt nog berichten aan" in client.get(page).content.decode()
    assert circle.title in client.get(page).content.decode()
    client.force_login(world.owner)
    assert reverse("initiatives:contacts") in client.get(page).content.decode()
    initiatives.be_contact(BREDA, actor=world.owner)
    assert reverse("initiatives:ask", args=[BREDA]) not in client.get(page).content.decode()
    client.logout()
    assert reverse("initiatives:ask", args=[BREDA]) in client.get(page).content.decode()


def test_a_private_circle_is_not_told_on_the_page_of_an_organisation(world, private, client):
    assert private.title not in client.get(reverse("people:organisation", args=[BREDA])).content.decode()
