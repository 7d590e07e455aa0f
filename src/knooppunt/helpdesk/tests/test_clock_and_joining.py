# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of a question, reminders, questions that get one answer, and what the asker says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from knooppunt.catalogue.models import AuditLine
from knooppunt.helpdesk import clock, queries, reminding, retention, services
from knooppunt.helpdesk.keys import key_of
from knooppunt.helpdesk.models import Message, Question
from knooppunt.helpdesk.states import State
from knooppunt.helpdesk.tests.conftest import make
from knooppunt.jobs.models import Letter
from knooppunt.web.forms import NotNowError

ANSWER = "Ja, als niemand te herkennen is."


def asked_back(desk, question) -> Question:
    make(question, "take", desk.first)
    return make(question, "ask-back", desk.first, "Om welke kentekens gaat het?")


@pytest.fixture
def like(desk) -> Question:
    return services.ask("Mogen wij kentekens tellen?", "other@example.invalid", language="nl")


def letters(template_words: str) -> list[str]:
    return [letter.to for letter in Letter.objects.filter(subject__contains=template_words)]


def test_the_clock_stands_still_while_the_asker_is_asked_something(desk, question):
    before = clock.open_time(timezone.localtime(), question.due)
    waits = asked_back(desk, question)
    assert (waits.state, waits.due) == (State.ASKED_BACK, None)
    assert abs(waits.left - before) < timedelta(minutes=1)
    Question.objects.update(left=timedelta(hours=3))
    goes_on = make(question, "tell", None, "Die van de parkeergarage.", by_key=True)
    assert goes_on.state == State.TAKEN
    at = timezone.localtime()
    assert abs(goes_on.due - clock.due(at, timedelta(hours=3))) < timedelta(minutes=1)
    assert question.messages.last().role == Message.Role.ASKER


def test_asking_on_gives_the_desk_a_whole_term_and_other_states_none(desk, question):
    make(question, "take", desk.first)
    assert make(question, "answer", desk.first, ANSWER).due is None
    again = make(question, "reopen", None, "Maar hoe?", by_key=True)
    assert abs(again.due - clock.due(timezone.localtime(), clock.TERM)) < timedelta(minutes=1)
    told = Letter.objects.filter(to=again.expert.email).count()
    assert told == 2  # asked, and asked on


def test_telling_more_does_not_stretch_the_term(desk, question):
    told = make(question, "tell", None, "Het zijn er honderd.", by_key=True)
    assert (told.state, told.due) == (State.OPEN, question.due)
    with pytest.raises(PermissionDenied):
        make(question, "tell", desk.connector, "x")


def test_the_expert_is_reminded_once_before_the_term_ends(desk, question):
    assert reminding.remind() == 0
    Question.objects.update(due=timezone.now() + timedelta(minutes=30))
    assert reminding.remind() == 1
    assert reminding.remind() == 0
    assert letters("moet snel beantwoord zijn") == [question.expert.email]


def test_the_asker_is_reminded_once_when_asked_something(desk, question):
    asked_back(desk, question)
    assert reminding.remind() == 0
    Question.objects.update(changed=timezone.now() - timedelta(days=6))
    assert reminding.remind() == 1
    assert reminding.remind() == 0
    assert letters("wacht op u") == ["asker@example.invalid"]


def test_both_askers_get_the_answer_and_see_nothing_else_of_each_other(desk, question, like):
    make(like, "merge", desk.first, "Zelfde vraag.", into=question.pk)
    make(question, "tell", None, "Een geheim van de eerste vrager.", by_key=True)
    make(question, "take", desk.first)
    make(question, "answer", desk.first, ANSWER)
    like.refresh_from_db()
    assert (like.state, like.merged_into) == (State.ANSWERED, None)
    assert [(m.role, m.text) for m in like.messages.all()] == [("note", "Zelfde vraag."), ("expert", ANSWER)]
    assert {"asker@example.invalid", "other@example.invalid"} <= set(letters("Nieuws over uw vraag"))
    asker = Client()
    asker.get("/nl/helpdesk/vraag", {"sleutel": key_of(like)})
    page = asker.get(like.get_absolute_url()).content.decode()
    assert ANSWER in page
    assert "geheim" not in page
    assert asker.get(question.get_absolute_url()).status_code == 404
    assert AuditLine.objects.filter(action="merge", key=str(like.pk)).exists()


def test_a_question_joined_with_an_answered_one_is_answered_at_once(desk, question, like):
    make(question, "take", desk.first)
    make(question, "answer", desk.first, ANSWER)
    make(like, "merge", desk.first, into=question.pk)
    like.refresh_from_db()
    assert like.state == State.ANSWERED
    assert queries.last_answer(like).text == ANSWER


def test_joining_can_be_undone_and_leaves_nobody_behind(desk, question, like):
    third = services.ask("Kentekens?", "third@example.invalid", language="nl")
    make(third, "merge", desk.first, into=like.pk)
    make(like, "merge", desk.first, into=question.pk)
    third.refresh_from_db()
    assert third.merged_into == question  # what was joined with it goes along
    alone = make(third, "split", desk.first)
    assert (alone.state, alone.merged_into) == (State.OPEN, None)
    assert alone.due
    make(question, "close", desk.first)
    like.refresh_from_db()
    assert like.state == State.OPEN
    make(like, "merge", desk.first, into=third.pk)
    third.author = desk.member
    third.save()
    retention.let_go(desk.member)
    like.refresh_from_db()
    assert like.state == State.OPEN


def test_a_question_is_not_joined_with_itself_or_with_what_is_not_there(desk, question, like):
    make(like, "close", desk.first)
    for into in (question.pk, 10**9, None, like.pk):
        with pytest.raises(NotNowError):
            make(question, "merge", desk.first, into=into)
    with pytest.raises(PermissionDenied):
        make(question, "merge", desk.member, into=like.pk)


def test_who_asked_says_whether_it_helped_and_may_change_that(desk, question):
    asker = Client()
    asker.get("/nl/helpdesk/vraag", {"sleutel": key_of(question)})
    judge = f"{question.get_absolute_url()}/oordeel"
    assert asker.post(judge, {"verdict": "yes"}).status_code == 302
    question.refresh_from_db()
    assert question.verdict == ""  # there is no answer yet
    make(question, "take", desk.first)
    make(question, "answer", desk.first, ANSWER)
    for verdict in ("no", "yes"):
        asker.post(judge, {"verdict": verdict})
    assert dict(queries.figures(queries.of(desk.first))["verdicts"])[Question.Verdict.YES.label] == 1
    assert asker.post(judge, {"verdict": "x" * 99}).status_code == 404
    assert Client().post(judge, {"verdict": "yes"}).status_code == 404
    with pytest.raises(PermissionDenied):
        services.judge(question, "no", actor=desk.first, by_key=False)


def test_the_form_to_join_shows_other_questions(client, desk, question, like):
    client.force_login(desk.first)
    address = f"{like.get_absolute_url()}/zet/merge"
    page = client.get(address).content.decode()
    assert f"#{question.pk} · " in page
    assert (
        client.post(address, {"into": question.pk, "text": "", "revision": like.revision}).status_code == 302
    )
    like.refresh_from_db()
    assert like.merged_into == question
    assert f"#{like.pk}" in client.get(question.get_absolute_url()).content.decode()
