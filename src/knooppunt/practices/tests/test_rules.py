# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what, and when: every cell of the tables."""

from __future__ import annotations

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from knooppunt.people.models import Organisation, Succession
from knooppunt.practices import permissions, policies, services
from knooppunt.practices.models import Version
from knooppunt.practices.states import (
    CLOSED,
    FLOW,
    OPEN,
    PUBLIC,
    STANDING,
    Party,
    State,
)

W, R, H, C = Party.WRITER, Party.READER, Party.HUB, Party.CLOCK
# What each person is to a version that `writer` wrote.
WHO_IS_WHAT = {
    "nobody": set(),
    "stranger": set(),
    "member": set(),
    "neighbour": set(),
    "connector": set(),
    "writer": {W},
    "reader": {W, R},
    "steward": {R},
    "hub": {H},
    "administrator": {H},
}
#              see    comment write  start  offer
WHO_MAY_WHAT = {
    "nobody": (False, False, False, False, False),
    "stranger": (False, False, False, False, False),
    "member": (False, False, False, False, False),
    "neighbour": (False, False, False, False, False),
    "connector": (False, False, False, False, False),
    "writer": (True, True, True, True, True),
    "reader": (True, True, True, True, True),
    "steward": (True, True, False, False, True),
    "hub": (True, True, False, False, False),
    "administrator": (True, True, False, False, False),
}
DEEDS = ("see", "comment", "write", "start", "offer-contact")
# Every move there is: (verb, from) to (to, whose).
LEADS_TO = {
    ("submit", "draft"): ("submitted", {W}),
    ("take-back", "submitted"): ("draft", {W}),
    ("accept", "submitted"): ("accepted", {R}),
    ("ask-changes", "submitted"): ("draft", {R}),
    ("ask-changes", "accepted"): ("draft", {H}),
    ("publish", "accepted"): ("published", {H}),
    ("publish", "scheduled"): ("published", {H, C}),
    ("publish", "withdrawn"): ("published", {H}),
    ("schedule", "accepted"): ("scheduled", {H}),
    ("unschedule", "scheduled"): ("accepted", {H}),
    ("fall-due", "published"): ("review-due", {C}),
    ("confirm", "review-due"): ("published", {W, H}),
    ("withdraw", "published"): ("withdrawn", {W, H}),
    ("withdraw", "review-due"): ("withdrawn", {W, H}),
    ("replace", "published"): ("replaced", {C}),
    ("replace", "review-due"): ("replaced", {C}),
    ("replace", "withdrawn"): ("replaced", {C}),
    ("drop", "draft"): ("dropped", {W}),
}


def somebody(world, name):
    return AnonymousUser() if name == "nobody" else getattr(world, name)


@pytest.mark.parametrize("name", WHO_IS_WHAT)
def test_who_is_what(world, draft, name):
    assert permissions.parties(somebody(world, name), draft) == WHO_IS_WHAT[name]


@pytest.mark.parametrize("name", WHO_MAY_WHAT)
def test_who_may_what(world, draft, name):
    user = somebody(world, name)
    assert tuple(bool(permissions.may(user, deed, draft)) for deed in DEEDS) == WHO_MAY_WHAT[name]
    assert set(DEEDS) == set(FLOW.deeds)


@pytest.mark.parametrize(("verb", "state"), list(product(FLOW, State)))
def test_every_verb_in_every_state(verb, state):
    move = FLOW.find(verb, state)
    found = (move.target, set(move.parties)) if move else None
    assert found == LEADS_TO.get((verb, str(state)))


@pytest.mark.parametrize("name", WHO_IS_WHAT)
def test_who_may_make_which_move(world, draft, name):
    """Every person × verb × state: allowed exactly when the person is one of the move's parties."""
    user, wrong = somebody(world, name), []
    for verb, state in product(FLOW, State):
        draft.state = state
        parties = LEADS_TO.get((verb, str(state)), ("", set()))[1]
        if bool(permissions.may_move(user, draft, verb)) is not bool(parties & WHO_IS_WHAT[name]):
            wrong.append((verb, state))
    assert wrong == []


def test_the_tables_are_complete_and_disjoint():
    groups = (OPEN, STANDING, CLOSED)
    assert sorted(state for group in groups for state in group) == sorted(State)
    assert set(PUBLIC) < set(STANDING)
    for verb in FLOW:
        moves = FLOW.verbs[verb].moves
        sources = [move.source for move in moves]
        assert len(sources) == len(set(sources)), f"{verb} leads two ways from one state"
        assert all(move.parties for move in moves)
    assert all(verb.label for verb in FLOW.verbs.values())


def test_every_state_is_reached_and_only_closed_ones_are_ends():
    reached = {move.target for verb in FLOW.verbs.values() for move in verb.moves} | {State.DRAFT}
    left = {move.source for verb in FLOW.verbs.values() for move in verb.moves}
    assert reached == set(State)
    assert set(State) - left == set(CLOSED)


def test_nobody_is_the_second_reader_of_what_they_wrote(world, draft):
    services.move(draft, "submit", actor=world.writer)
    with pytest.raises(PermissionDenied):
        services.move(draft, "accept", actor=world.writer)
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_who_helped_writing_is_no_reader_any_more(world, draft):
    services.save(draft, draft.content | {"stage": "in_use"}, actor=world.reader, seen=1)
    services.move(draft, "submit", actor=world.writer)
    assert W in permissions.parties(world.reader, draft)
    with pytest.raises(PermissionDenied):
        services.move(draft, "accept", actor=world.reader)
    services.move(draft, "accept", actor=world.steward)


def test_a_role_that_is_taken_back_counts_at_once(world, draft):
    world.writer.memberships.all().delete()
    with pytest.raises(PermissionDenied):
        services.move(draft, "submit", actor=world.writer)


def test_a_closed_account_may_nothing(world, draft):
    world.writer.is_active = False
    assert permissions.parties(world.writer, draft) == set()


def test_after_a_merger_the_successor_keeps_the_practice(world, draft):
    new = Organisation.objects.create(slug="gemeente-nieuw", kind="municipality", name_nl="N", name_en="N")
    Succession.objects.create(
        predecessor=Organisation.objects.get(slug="gemeente-breda"), successor=new, date="2020-01-01"
    )
    world.neighbour.memberships.create(organisation=new, role="editor")
    assert W in permissions.parties(world.neighbour, draft)
    assert W in permissions.parties(world.writer, draft)


@pytest.mark.parametrize("verb", sorted(filter(FLOW.asks, FLOW)))
def test_some_moves_need_words(world, draft, verb):
    move = FLOW.verbs[verb].moves[0]
    with pytest.raises(policies.NotNowError, match="waarom"):
        FLOW.check(verb, move.source, move.parties, "  ")


def test_without_a_problem_nothing_is_submitted(world, draft):
    content = {k: v for k, v in draft.content.items() if k != "problem"}
    draft = services.save(draft, content, actor=world.writer, seen=1)
    with pytest.raises(policies.NotNowError, match="probleem"):
        services.move(draft, "submit", actor=world.writer)
    assert Version.objects.get().state == State.DRAFT
