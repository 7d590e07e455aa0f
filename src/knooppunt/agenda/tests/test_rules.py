# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what, and when: every cell of the tables."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from knooppunt.agenda import permissions, policies
from knooppunt.agenda.models import ProgressReport
from knooppunt.agenda.states import FLOW, EditionState, Party

# Action 3.8: CBS, Kadaster and KOOP do it, BZK and EZK commissioned it, BZK keeps the agenda.
# Action 3.12: VNG takes part.
#                 report 3.8  report 3.12  review a report of another  keep the agenda
WHO_MAY_WHAT = {
    ("nobody", ""): (False, False, False, False),
    ("member", "cbs"): (False, False, False, False),
    ("member", "bzk"): (False, False, False, False),
    ("editor", ""): (False, False, False, False),
    ("editor", "cbs"): (True, True, False, False),
    ("editor", "vng"): (False, True, False, False),
    ("editor", "ezk"): (False, False, False, False),
    ("editor", "bzk"): (True, True, False, True),
    ("editor", "gemeente-amsterdam"): (False, False, False, False),
    ("connector", "cbs"): (False, False, True, False),
    ("connector", "bzk"): (False, False, True, False),
    ("administrator", ""): (False, False, True, False),
    ("administrator", "koop"): (True, True, True, False),
    ("administrator", "bzk"): (True, True, True, True),
}


@pytest.mark.parametrize(("role", "organisation"), WHO_MAY_WHAT)
def test_who_may_what(national, person, role, organisation):
    user = AnonymousUser() if role == "nobody" else person(role, organisation)
    one, other = national.actions.get(number="3.8"), national.actions.get(number="3.12")
    by_another = ProgressReport(action=one, author_id=None)
    found = (
        permissions.may_report(user, one),
        permissions.may_report(user, other),
        permissions.may_review(user, by_another),
        permissions.may_keep(user, national),
    )
    assert found == WHO_MAY_WHAT[role, organisation]


def test_nobody_reviews_their_own_report(national, person):
    user = person("administrator", "bzk")
    report = ProgressReport(action=national.actions.first(), author=user)
    assert not permissions.may_review(user, report)


@pytest.mark.parametrize("role", ["editor", "connector", "administrator"])
def test_a_closed_account_may_nothing(national, person, role):
    user = person(role, "bzk")
    user.is_active = False
    action = national.actions.first()
    assert not permissions.may_report(user, action)
    assert not permissions.may_review(user, ProgressReport(action=action))
    assert not permissions.may_keep(user, national)


@pytest.mark.parametrize("state", EditionState)
def test_who_sees_what(national, person, state):
    national.state = state
    public = state in (EditionState.CURRENT, EditionState.PAST)
    assert permissions.may_see(AnonymousUser(), national) is public
    assert permissions.may_see(person("editor", "vng"), national) is public
    assert permissions.may_see(person("editor", "bzk"), national)


LEADS_TO = {
    ("publish", "draft"): "current",
    ("publish", "withdrawn"): "current",
    ("close", "current"): "past",
    ("reopen", "past"): "current",
    ("withdraw", "current"): "withdrawn",
    ("withdraw", "past"): "withdrawn",
}


@pytest.mark.parametrize(("verb", "state"), list(product(FLOW, EditionState.values)))
def test_moves_lead_where_the_table_says_and_nowhere_else(verb, state):
    move = FLOW.find(verb, state)
    assert (move and move.target) == LEADS_TO.get((verb, state))


def test_every_state_can_be_left_and_reached_and_every_move_has_an_owner():
    moves = [move for verb in FLOW.verbs.values() for move in verb.moves]
    assert {move.source for move in moves} == set(EditionState)
    assert {move.target for move in moves} == set(EditionState) - {EditionState.DRAFT}
    assert all(Party.KEEPER in move.parties for move in moves)


@pytest.mark.parametrize(
    ("role", "organisation", "verbs"),
    [
        ("editor", "voorbeeldstad", {"close", "withdraw"}),
        ("administrator", "voorbeeldstad", {"close", "withdraw"}),
        ("administrator", "bzk", {"withdraw"}),
        ("connector", "voorbeeldstad", set()),
        ("editor", "bzk", set()),
        ("member", "voorbeeldstad", set()),
    ],
)
def test_who_moves_a_current_edition(example, person, role, organisation, verbs):
    user = person(role, organisation)
    assert {verb for verb in FLOW if permissions.may_move(user, example, verb)} == verbs


def edition(state="current", national=False, actions=True):
    return SimpleNamespace(
        state=state,
        is_public=state in EditionState.public(),
        agenda=SimpleNamespace(national=national),
        actions=SimpleNamespace(exists=lambda: actions),
    )


@pytest.mark.parametrize("state", EditionState.values)
def test_progress_is_reported_on_what_is_public(state):
    today = timezone.localdate()
    if state in ("current", "past"):
        policies.check_can_report(edition(state), today)
    else:
        with pytest.raises(policies.NotNowError):
            policies.check_can_report(edition(state), today)


def test_nothing_is_reported_of_tomorrow():
    with pytest.raises(policies.NotNowError):
        policies.check_can_report(edition(), timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize("state", EditionState.values)
@pytest.mark.parametrize("national", [True, False])
def test_what_can_be_edited(state, national):
    assert policies.can_edit(edition(state, national)) is (not national and state in ("draft", "current"))


def test_an_agenda_without_actions_is_not_published():
    with pytest.raises(policies.NotNowError):
        policies.check_can_move(edition("draft", actions=False), "publish")


def test_the_national_agenda_is_not_moved_by_hand():
    with pytest.raises(policies.NotNowError):
        policies.check_can_move(edition(national=True), "withdraw")
