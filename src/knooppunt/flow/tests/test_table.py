# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of moves: what it refuses to be, what it answers, and what it checks."""

from __future__ import annotations

import pytest
from django.db.models import TextChoices
from django.utils.translation import override

from knooppunt.flow.table import Deeds, Flow, Move, Page, Verb, to
from knooppunt.web.answers import RefusedError, require
from knooppunt.web.forms import NotNowError


class State(TextChoices):
    DRAFT = "draft", "a draft"
    SENT = "sent", "sent"
    DONE = "done", "done"


class Party(TextChoices):
    WRITER = "writer", "who writes it"
    READER = "reader", "who reads it"
    CLOCK = "clock", "the hub itself"


VERBS = {
    "send": Verb("Send", to(State.SENT, State.DRAFT, by=Party.WRITER)),
    "accept": Verb("Accept", to(State.DONE, State.SENT, by=(Party.READER, Party.WRITER))),
    "return": Verb("Give back", to(State.DRAFT, State.SENT, by=Party.READER), asks="Say why."),
    "expire": Verb("Let go", to(State.DONE, State.DRAFT, by=Party.CLOCK)),
}


def flow(verbs=None, **others):
    return Flow(
        "paper", State, Party, verbs or VERBS, "Not while it is %(state)s.", Page("paper", "Paper", ""),
        clock=Party.CLOCK, **others,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verbs", "said"),
    [
        ({"send": VERBS["send"]}, "no move leads to done"),
        (VERBS | {"send": Verb("Send", VERBS["send"].moves * 2)}, "two ways"),
        (VERBS | {"x": Verb("X", (Move("draft", "lost", frozenset({Party.READER})),))}, "not there"),
        (VERBS | {"x": Verb("X", (Move(State.SENT, State.DONE, frozenset({"nobody"})),))}, "not there"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(verbs, said):
    with pytest.raises(ValueError, match=said):
        flow(verbs)


def test_a_deed_of_nobody_is_refused():
    with pytest.raises(ValueError, match="see"):
        Deeds(Party, {"see": frozenset()})
    with pytest.raises(ValueError, match="see"):
        flow(deeds={"see": frozenset({"nobody"})})


def test_a_verb_may_lead_elsewhere_for_another_party():
    both = to(State.SENT, State.DRAFT, by=Party.WRITER) + to(State.DONE, State.DRAFT, by=Party.READER)
    table = flow(VERBS | {"go": Verb("Go", both)})
    assert table.check("go", "draft", {Party.WRITER}) == State.SENT
    assert table.check("go", "draft", {Party.READER}) == State.DONE


def test_an_answer_says_why_not():
    table = flow()
    assert table.may("send", "draft", {Party.WRITER})
    with override("en"):
        assert str(table.may("send", "sent", {Party.WRITER}).reason) == "Not while it is sent."
        why = "Only this person may do this: who writes it or who reads it."
        assert str(table.may("accept", "sent", set()).reason) == why
    with override("nl"), pytest.raises(RefusedError, match="Alleen deze persoon mag dit doen: who reads it"):
        require(table.may("return", "sent", {Party.WRITER}))


def test_the_check_refuses_who_is_nobody_before_it_tells_of_the_state():
    table = flow()
    with pytest.raises(RefusedError, match="who writes it"):
        table.check("send", "done", set())
    with pytest.raises(NotNowError, match="Not while it is done"):
        table.check("send", "done", {Party.READER})
    with pytest.raises(RefusedError, match="who writes it"):
        table.check("send", "draft", {Party.READER})
    with pytest.raises(NotNowError, match="Say why"):
        table.check("return", "sent", {Party.READER}, " ")
    assert table.check("return", "sent", {Party.READER}, "Typing errors") == State.DRAFT


def test_a_verb_that_is_not_there_is_a_refusal_and_no_error():
    with pytest.raises(NotNowError):
        flow().check("fly", "draft", {Party.WRITER})
    assert not flow().may_ever("fly", set(Party))
    assert flow().label("fly") == "fly"


def test_buttons_are_of_people_and_of_now():
    table = flow()
    assert [b.verb for b in table.buttons("draft", set(Party))] == ["send"]
    assert [b.verb for b in table.buttons("sent", {Party.READER})] == ["accept", "return"]
    assert "expire" not in table.by_hand()
    assert table.may_ever("accept", {Party.WRITER})
    assert not table.may_ever("return", {Party.WRITER})
