# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Introductions: both say yes or nothing happens, and only connectors propose."""

from __future__ import annotations

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from knooppunt.catalogue import indexing
from knooppunt.circles import introductionstates as states
from knooppunt.circles import permissions, queries, services
from knooppunt.circles.models import Introduction
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.models import Contact
from knooppunt.initiatives.tests.conftest import BREDA, GOUDA, VALUES
from knooppunt.jobs.models import Letter
from knooppunt.web.forms import NotNowError


def test_the_table_is_complete():
    moves = [move for verb in states.FLOW.verbs.values() for move in verb.moves]
    assert all(verb.label for verb in states.FLOW.verbs.values())
    assert {move.target for move in moves} | {states.State.PROPOSED} == set(states.State)
    assert all(move.parties for move in moves)


def test_both_are_asked_and_only_two_times_yes_brings_them_in_touch(world, introduction):
    assert {letter.to for letter in Letter.objects.all()} == {world.owner.email, world.other.email}
    services.move(introduction, "accept", actor=world.other)
    assert not Contact.objects.exists()
    with pytest.raises(NotNowError):
        services.move(introduction, "accept", actor=world.other)
    assert services.move(introduction, "accept", actor=world.owner).state == states.State.MADE
    contact = Contact.objects.get()
    assert contact.introduced
    initiatives.move_contact(contact, "finish", actor=world.owner, note="Samen begonnen.")
    assert queries.introduction_figures() == {"proposed": 1, "made": 1, "outcome": 1}


def test_one_no_ends_it(world, introduction):
    services.move(introduction, "accept", actor=world.owner)
    services.move(introduction, "decline", actor=world.other)
    with pytest.raises(NotNowError):
        services.move(introduction, "accept", actor=world.owner)
    assert not Contact.objects.exists()


def test_every_cell_of_who_may_move(world, introduction, connector):
    people = {
        "owner": states.Party.ONE,
        "other": states.Party.OTHER,
        "cbs": None,
        "hub": None,
    }
    for verb, state, who in product(states.FLOW, states.State, people):
        Introduction.objects.update(state=state)
        introduction.refresh_from_db()
        expected = states.FLOW.find(verb, state, {people[who]} - {None}) is not None
        assert bool(permissions.may_move(getattr(world, who), introduction, verb)) is expected
    for state in states.State:
        Introduction.objects.update(state=state)
        introduction.refresh_from_db()
        assert bool(permissions.may_move(connector, introduction, "withdraw")) is (state in states.OPEN)


def test_only_connectors_propose_and_only_to_who_wants_messages(world, connector):
    with pytest.raises(NotNowError):
        services.propose(BREDA, GOUDA, "Nu", actor=connector)
    for who in (world.owner, world.hub):
        with pytest.raises(PermissionDenied):
            services.propose(BREDA, GOUDA, "Nu", actor=who)


def test_others_find_no_introduction_and_no_worklist(world, introduction, client):
    client.force_login(world.cbs)
    assert client.get(introduction.get_absolute_url()).status_code == 404
    assert client.get(reverse("circles:worklist")).status_code == 404
    assert client.get(reverse("circles:propose", args=[BREDA, GOUDA])).status_code == 404
    client.force_login(world.other)
    assert client.get(introduction.get_absolute_url()).status_code == 200
    assert client.post(reverse("circles:move", args=[introduction.pk, "accept"])).status_code == 302
    client.force_login(world.owner)
    page = client.get(introduction.get_absolute_url()).content.decode()
    assert str(states.State.OTHER_YES.label) not in page  # not before both said yes
    assert client.get("/nl/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_worklist_names_who_does_the_same_and_is_not_in_touch(world, connector, client):
    initiatives.be_contact(BREDA, actor=world.owner)
    initiatives.be_contact(GOUDA, actor=world.other)
    initiatives.post(BREDA, VALUES, actor=world.owner)
    initiatives.post(GOUDA, VALUES | {"title": "Schulden van inwoners"}, actor=world.other)
    indexing.ensure()
    client.force_login(connector)
    propose = reverse("circles:propose", args=[BREDA, GOUDA])
    back = reverse("circles:propose", args=[GOUDA, BREDA])
    page = client.get(reverse("circles:worklist")).content.decode()
    assert propose in page or back in page
    assert client.post(propose, {"reason": "Hetzelfde probleem."}).status_code == 302
    page = client.get(reverse("circles:worklist")).content.decode()
    assert propose not in page
    assert back not in page
