# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From question to published answer: the verbs, who may, and what nobody loses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knooppunt.catalogue import indexing
from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.helpdesk import retention, services
from knooppunt.helpdesk.keys import key_of, question_of
from knooppunt.helpdesk.learning import MOST_BOOST, boost
from knooppunt.helpdesk.models import Helped, Message, Question
from knooppunt.helpdesk.states import FLOW, State
from knooppunt.helpdesk.suggesting import suggest
from knooppunt.helpdesk.tests.conftest import make
from knooppunt.jobs.models import Letter
from knooppunt.web.forms import NotNowError

ANSWER = "Tellen mag zonder kentekens te bewaren. Vraag het mevrouw De Vries."


def proposed(desk, question) -> Question:
    make(question, "take", desk.first)
    make(question, "answer", desk.first, ANSWER)
    return make(question, "propose", desk.first)


def test_who_asks_gets_a_link_and_one_expert_is_told(desk, question):
    told = {letter.to: letter.body for letter in Letter.objects.all()}
    assert set(told) == {"asker@example.invalid", question.expert.email}
    assert f"?sleutel={key_of(question)}" in told["asker@example.invalid"]
    assert "kentekens" not in "".join(told.values())
    assert question_of(key_of(question)) == question
    assert question_of(key_of(question)[:-1]) is None
    assert question_of(question.code) is None


def test_new_questions_go_to_who_has_least_to_do(desk):
    experts = [
        services.ask("Vraag over data", f"a{n}@example.invalid", language="nl").expert for n in range(3)
    ]
    assert len({expert.pk for expert in experts}) == 3


def test_an_answer_is_redacted_and_a_second_reader_publishes(desk, question):
    proposed(desk, question)
    question.refresh_from_db()
    assert question.proposal == {
        "question": "Mag mijn gemeente kentekens tellen? Bel mij op [telefoonnummer].",
        "answer": "Tellen mag zonder kentekens te bewaren. Vraag het mevrouw [naam].",
    }
    for who in (desk.first, desk.connector):
        with pytest.raises(PermissionDenied):
            make(question, "publish", who)
    made = make(
        question, "publish", desk.second,
        proposal={"question": "Mag een gemeente kentekens tellen?", "answer": "Ja, zonder ze te bewaren."},
    )  # fmt: skip
    card = Card.objects.get(kind="faq", key=made.slug)
    assert card.title_nl == "Mag een gemeente kentekens tellen?"
    assert made.state == State.PUBLISHED
    actions = list(AuditLine.objects.filter(kind="question").values_list("action", flat=True))
    assert sorted(actions) == ["answer", "ask", "propose", "publish", "take"]
    indexing.ensure()
    (found, *_rest) = suggest("mogen wij kentekens tellen", "nl")
    assert (found.kind, found.key) == ("faq", made.slug)
    assert found.percent is not None
    assert found.why


def test_two_experts_at_once_lose_nothing(desk, question):
    make(question, "take", desk.first)
    question.refresh_from_db()
    seen = question.revision
    services.move(question, "answer", actor=desk.first, revision=seen, text="Het eerste antwoord.")
    with pytest.raises(NotNowError):
        services.move(question, "answer", actor=desk.second, revision=seen, text="Het tweede antwoord.")
    assert [m.text for m in question.messages.all()] == ["Het eerste antwoord."]
    services.move(question, "answer", actor=desk.second, revision=seen + 1, text="Het tweede antwoord.")
    assert question.messages.count() == 2


def test_who_asked_may_ask_on_and_close_by_the_key_only(desk, question):
    make(question, "take", desk.first)
    make(question, "answer", desk.first, ANSWER)
    with pytest.raises(PermissionDenied):
        make(question, "reopen", None, "Maar hoe dan?")
    make(question, "reopen", None, "Maar hoe dan?", by_key=True)
    assert question.messages.last().role == Message.Role.ASKER
    with pytest.raises(PermissionDenied):
        make(question, "take", None, by_key=True)
    with pytest.raises(PermissionDenied):
        services.note(question, "x", actor=desk.member)
    assert make(question, "close", None, by_key=True).state == State.CLOSED


def test_a_move_needs_its_state_and_its_words(desk, question):
    with pytest.raises(NotNowError):
        make(question, "publish", desk.second)
    make(question, "take", desk.first)
    with pytest.raises(NotNowError):
        make(question, "answer", desk.first, "  ")


def test_one_address_cannot_fill_the_queue(desk):
    for _ in range(5):
        services.ask("Vraag", "veel@example.invalid", language="nl")
    with pytest.raises(NotNowError):
        services.ask("Vraag", "VEEL@example.invalid", language="nl")


def test_what_helped_weighs_a_little_and_can_be_undone(desk, question):
    proposed(desk, question)
    made = make(question, "publish", desk.second)
    indexing.ensure()
    for _ in range(2):
        services.helped("faq", made.slug)
    assert "2" in suggest("kentekens tellen", "nl")[0].why
    Helped.objects.all().delete()
    assert "2" not in suggest("kentekens tellen", "nl")[0].why
    assert boost(0) == 0
    assert boost(1) < boost(5) < boost(10**9) <= MOST_BOOST


def test_questions_go_after_a_year_and_with_their_asker(desk, question):
    assert retention.forget() == 0
    Question.objects.update(changed=timezone.now() - timedelta(days=366))
    assert retention.forget() > 0
    assert not Question.objects.exists()
    own = services.ask("Vraag", "m@example.invalid", language="nl", actor=desk.member)
    assert retention.own_data(desk.member)["questions"][0]["id"] == own.pk
    retention.let_go(desk.member)
    assert not Question.objects.exists()


def test_the_table_of_moves_is_complete():
    moves = [move for verb in FLOW.verbs.values() for move in verb.moves]
    assert all(verb.label for verb in FLOW.verbs.values())
    assert {move.source for move in moves} | {move.target for move in moves} == set(State)
    assert all(move.parties for move in moves)
    assert all(len({m.source for m in v.moves}) == len(v.moves) for v in FLOW.verbs.values())
    reached = {State.OPEN}
    while more := {m.target for m in moves if m.source in reached} - reached:
        reached |= more
    assert reached == set(State)
    assert set(FLOW.deeds) == {"see", "see notes", "write notes", "edit proposal", "judge"}
