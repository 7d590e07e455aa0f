# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of moves are whole, and each cell of who-may-what is as the table says."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from knooppunt.facilities import outputstates, services, states
from knooppunt.facilities.tests.conftest import GOOD
from knooppunt.web.forms import NotNowError


@pytest.mark.parametrize("table", [states, outputstates])
def test_every_state_is_reached_and_every_verb_has_words(table):
    first = next(iter(table.State))
    reached, grew = {first}, True
    while grew:
        more = {m.target for verb in table.FLOW.verbs.values() for m in verb.moves if m.source in reached}
        grew = not more <= reached
        reached |= more
    assert reached == set(table.State)
    for verb in table.FLOW.verbs.values():
        group = verb.moves
        assert verb.label
        assert len({m.source for m in group}) == len(group), "one verb leads two ways from one state"
        assert all(m.parties <= set(table.Party) for m in group)


WHO = {"asker": {states.Party.ASKER}, "first": {states.Party.LAB}, "second": {states.Party.LAB}}


@pytest.mark.parametrize("who", ["asker", "member", "first", "second", "other"])
@pytest.mark.parametrize("verb", list(states.FLOW))
@pytest.mark.parametrize("state", list(states.State))
def test_each_move_is_its_partys(world, enquiry, who, verb, state):
    enquiry.state = state
    enquiry.save()
    move = states.FLOW.find(verb, state)
    allowed = move is not None and bool(move.parties & WHO.get(who, set()))
    if allowed:
        assert services.move(enquiry, verb, actor=getattr(world, who), note="omdat").state == move.target
    else:
        with pytest.raises((PermissionDenied, NotNowError)):
            services.move(enquiry, verb, actor=getattr(world, who), note="omdat")
        enquiry.refresh_from_db()
        assert enquiry.state == state


@pytest.mark.parametrize("who", ["asker", "member", "first", "second", "other"])
@pytest.mark.parametrize("verb", list(outputstates.FLOW))
@pytest.mark.parametrize("state", list(outputstates.State))
def test_each_decision_is_its_partys(world, agreed, who, verb, state):
    output = services.upload(agreed, "t.csv", GOOD, "Een tabel", actor=world.asker)
    output.state = state
    output.save()
    move = outputstates.FLOW.find(verb, state)
    party = {"asker": outputstates.Party.MAKER, "first": outputstates.Party.CHECKER}.get(who)
    party = outputstates.Party.CHECKER if who == "second" else party
    if move is not None and party in move.parties:
        assert services.decide(output, verb, "bekeken", actor=getattr(world, who)).state == move.target
    else:
        with pytest.raises((PermissionDenied, NotNowError)):
            services.decide(output, verb, "bekeken", actor=getattr(world, who))
        output.refresh_from_db()
        assert output.state == state
