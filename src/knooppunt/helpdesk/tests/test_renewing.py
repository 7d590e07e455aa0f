# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers that come back when their review day has come, and who might know when nobody takes a question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knooppunt.catalogue import indexing
from knooppunt.catalogue import services as catalogue
from knooppunt.helpdesk import clock, experts, expiring, services
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.states import State
from knooppunt.helpdesk.tests.conftest import make, person
from knooppunt.people.models import Consent, Expertise, Profile
from knooppunt.people.roles import HubRole
from knooppunt.toolkit import services as toolkit
from knooppunt.toolkit.models import Entry, Version
from knooppunt.web.forms import NotNowError


@pytest.fixture
def expired(desk) -> Entry:
    content = {
        "question": {"nl": "Mag een gemeente kentekens tellen?"}, "answer": {"nl": "Ja."},
        "short": {"nl": "Ja."}, "legal": True, "reviewed": "2020-01-01", "review_months": 12,
    }  # fmt: skip
    return toolkit.publish_answer("privacy", content, writer=desk.first, actor=desk.second).entry


def test_an_expired_answer_comes_back_once_as_work(client, desk, expired):
    assert expiring.bring_back() == 1
    assert expiring.bring_back() == 0
    question = Question.objects.get()
    assert (question.text, question.renews) == ("Mag een gemeente kentekens tellen?", expired.slug)
    assert question.due
    assert question.expert
    client.force_login(desk.first)
    assert "om opnieuw te bekijken" in client.get("/nl/helpdesk/bureau").content.decode()
    assert "Bevestig" in client.get(question.get_absolute_url()).content.decode()


def test_what_is_still_right_is_confirmed_by_an_editor(desk, expired):
    expiring.bring_back()
    question = Question.objects.get()
    with pytest.raises(PermissionDenied):
        make(question, "confirm", desk.connector)
    done = make(question, "confirm", desk.first)
    assert (done.state, done.slug) == (State.PUBLISHED, expired.slug)
    assert toolkit.expired() == []
    assert expiring.bring_back() == 0


def test_a_question_of_somebody_cannot_be_confirmed(desk, question):
    with pytest.raises(PermissionDenied):
        make(question, "confirm", desk.first)


def test_a_new_text_takes_the_place_of_the_expired_one(desk, expired):
    expiring.bring_back()
    question = Question.objects.get()
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja, zonder ze te bewaren.")
    make(question, "propose", desk.first)
    done = make(question, "publish", desk.second)
    assert done.slug == expired.slug
    (public,) = Version.objects.filter(entry=expired, state="published")
    assert (public.number, public.content["answer"]) == (2, {"nl": "Ja, zonder ze te bewaren."})
    assert toolkit.expired() == []


def test_a_text_that_someone_writes_in_the_toolkit_is_not_passed_by(desk, expired):
    expiring.bring_back()
    question = Question.objects.get()
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja, zonder ze te bewaren.")
    make(question, "propose", desk.first)
    toolkit.new_version(expired, actor=desk.first)
    with pytest.raises(NotNowError):
        make(question, "publish", desk.second)


def test_one_that_was_closed_comes_back_after_a_month(desk, expired):
    expiring.bring_back()
    make(Question.objects.get(), "close", desk.first)
    assert expiring.bring_back() == 0
    Question.objects.update(changed=timezone.now() - timedelta(days=31))
    assert expiring.bring_back() == 1


@pytest.fixture
def knows(desk):
    """Somebody who offers help with sensors, and lets everyone see that."""
    user = person("kenner", HubRole.MEMBER)
    Profile.objects.create(user=user, name="Sensorkenner", about="Ik werk met geluidsensoren op straat.")
    Expertise.objects.create(user=user, direction="offered", subject="geluidsensoren")
    for field in ("name", "about", "expertise"):
        Consent.objects.create(user=user, field=field)
    catalogue.publish(user)
    indexing.ensure()
    return user


def test_who_might_know_is_named_when_nobody_took_it(client, desk, knows):
    question = services.ask("Mogen geluidsensoren op straat?", "a@example.invalid", language="nl")
    client.force_login(desk.first)
    assert "Sensorkenner" not in client.get(question.get_absolute_url()).content.decode()
    late = clock.due(timezone.localtime(), clock.TERM - experts.UNTAKEN)
    Question.objects.update(due=late - timedelta(minutes=1))
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Sensorkenner" in page
    make(question, "take", desk.first)
    assert "Sensorkenner" not in client.get(question.get_absolute_url()).content.decode()


def test_who_took_consent_back_is_not_named(desk, knows):
    question = services.ask("Mogen geluidsensoren op straat?", "a@example.invalid", language="nl")
    assert [one.title for one in experts.who_might_know(question, "nl")] == ["Sensorkenner"]
    catalogue.withdraw(knows, nameless=True)
    indexing.ensure()
    assert experts.who_might_know(question, "nl") == []
