# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Desks with a team of their own: where questions go, who sees them, and how a desk closes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knooppunt.catalogue import indexing
from knooppunt.helpdesk import desks, permissions, queries, services, suggesting
from knooppunt.helpdesk.models import Desk, Question
from knooppunt.helpdesk.states import Party
from knooppunt.helpdesk.tests.conftest import make, person
from knooppunt.people.roles import HubRole
from knooppunt.web.forms import NotNowError

NEW = "/nl/helpdesk/bureaus/nieuw"


def form(**more: str) -> dict[str, str]:
    today = timezone.localdate()
    values = {
        "title": "Vragen over sensoren", "about": "Alles over meten op straat.", "language": "nl",
        "theme": "privacy", "starts": today.isoformat(), "team": "member\nsecond@example.invalid",
        "ends": (today + timedelta(days=14)).isoformat(),
    }  # fmt: skip
    return values | more


@pytest.fixture
def sensors(client, desk) -> Desk:
    client.force_login(desk.connector)
    assert client.post(NEW, form()).status_code == 302
    client.logout()
    return Desk.objects.get()


def test_a_desk_opens_in_one_form_and_has_a_page_to_ask(client, desk, sensors):
    page = client.get(sensors.get_absolute_url()).content.decode()
    assert "Alles over meten op straat." in page
    assert sensors.title in client.get("/nl/helpdesk").content.decode()
    sent = client.post(
        sensors.get_absolute_url(), {"text": "Mag een sensor?", "email": "a@example.invalid", "send": "1"}
    )
    assert sent.status_code == 302
    question = Question.objects.get()
    assert (question.desk, question.theme) == (sensors, "privacy")
    assert question.expert in (desk.member, desk.second)


def test_a_theme_goes_to_its_desk_and_there_to_who_has_least_to_do(desk, sensors):
    asked = [services.ask("Vraag", f"a{n}@example.invalid", language="nl", theme="privacy") for n in range(4)]
    assert [q.desk for q in asked] == [sensors] * 4
    assert sorted(q.expert.username for q in asked) == ["member", "member", "second", "second"]
    assert services.ask("Vraag", "b@example.invalid", language="nl", theme="quality").desk is None


def test_a_desk_for_a_while_goes_before_one_that_stays(desk, sensors):
    stays = Desk.objects.create(slug="privacy", title="Privacy", about="x", language="nl", theme="privacy")
    assert queries.desk_for("privacy") == sensors
    Desk.objects.filter(pk=sensors.pk).update(ends=timezone.localdate() - timedelta(days=1))
    assert queries.desk_for("privacy") == stays


def test_the_team_sees_its_own_questions_only_and_only_while_open(client, desk, sensors, question):
    own = services.ask("Sensor?", "a@example.invalid", language="nl", theme="privacy")
    assert permissions.parties(desk.member, own) == {Party.EXPERT}
    assert permissions.parties(desk.member, question) == set()
    make(own, "take", desk.member)
    client.force_login(desk.member)
    page = client.get("/nl/helpdesk/bureau").content.decode()
    assert f"#{own.pk} " in page
    assert f"#{question.pk} " not in page
    with pytest.raises(PermissionDenied):
        make(own, "merge", desk.member, into=question.pk)
    Desk.objects.update(ends=timezone.localdate() - timedelta(days=1))
    assert permissions.parties(desk.member, own) == set()
    assert client.get("/nl/helpdesk/bureau").status_code == 404
    assert client.get(own.get_absolute_url()).status_code == 404


def test_a_closed_desk_takes_no_question_and_hands_over_what_waits(client, desk, sensors):
    own = services.ask("Sensor?", "a@example.invalid", language="nl", desk=sensors)
    Question.objects.update(expert=desk.member)
    assert desks.hand_over() == 0
    Desk.objects.update(ends=timezone.localdate() - timedelta(days=1))
    sensors.refresh_from_db()
    with pytest.raises(NotNowError):
        services.ask("Nog een", "a@example.invalid", language="nl", desk=sensors)
    page = client.get(sensors.get_absolute_url())
    assert (page.status_code, b"<textarea" in page.content) == (200, False)
    assert desks.hand_over() == 1
    own.refresh_from_db()
    assert permissions.is_expert(own.expert)
    assert desks.hand_over() == 0
    assert desks.forget() == 0
    Desk.objects.update(ends=timezone.localdate() - timedelta(days=366))
    assert desks.forget() == 1
    assert Question.objects.filter(pk=own.pk, desk=None).exists()


def test_only_connectors_and_administrators_open_a_desk(client, desk):
    administrator = person("administrator", HubRole.ADMINISTRATOR)
    for user, may in (
        (desk.first, False),
        (desk.member, False),
        (desk.connector, True),
        (administrator, True),
    ):
        client.force_login(user)
        assert client.get(NEW).status_code == (200 if may else 404)
        assert permissions.keeps_desks(user) == may
    with pytest.raises(PermissionDenied):
        desks.keep(None, {"team": "", "title": "x"}, actor=desk.first)


def test_a_wrong_form_says_what_to_do_and_loses_nothing(client, desk):
    client.force_login(desk.connector)
    page = client.post(NEW, form(team="member\nniemand@example.invalid"))
    assert page.status_code == 422
    assert "niemand@example.invalid." in page.content.decode()
    assert "Alles over meten" in page.content.decode()
    early = client.post(NEW, form(ends="2001-01-01"))
    assert "niet vóór de eerste dag" in early.content.decode()
    assert not Desk.objects.exists()


def test_a_desk_can_be_changed(client, desk, sensors):
    client.force_login(desk.connector)
    address = f"{sensors.get_absolute_url()}/wijzig"
    assert "member\nsecond" in client.get(address).content.decode()
    client.post(address, form(title="Sensoren op straat", ends="", team=""))
    sensors.refresh_from_db()
    assert (sensors.title, sensors.ends, sensors.team.count()) == ("Sensoren op straat", None, 0)
    assert queries.expert_for("privacy", sensors).role != HubRole.MEMBER


def test_a_question_is_sent_on_and_its_term_stays(client, desk, sensors, question):
    make(question, "take", desk.first)
    client.force_login(desk.first)
    question.refresh_from_db()
    address = f"{question.get_absolute_url()}/zet/route"
    data = {"theme": "privacy", "desk": "", "text": "Hoort bij de sensoren.", "revision": question.revision}
    assert client.get(address).status_code == 200
    assert client.post(address, data).status_code == 302
    sent = Question.objects.get(pk=question.pk)
    assert (sent.theme, sent.desk, sent.state) == ("privacy", sensors, "open")
    assert sent.expert in (desk.member, desk.second)
    assert sent.due == question.due
    assert sent.messages.last().role == "note"
    assert client.post(address, data | {"revision": sent.revision, "desk": "nergens"}).status_code == 422
    with pytest.raises(PermissionDenied):
        services.send_on(sent, "quality", None, actor=person("x", HubRole.MEMBER), revision=sent.revision)


def test_what_is_sent_on_does_not_come_back_to_who_sent_it(desk, question):
    for _ in range(3):
        question.refresh_from_db()
        sent = services.send_on(question, "", None, actor=question.expert, revision=question.revision)
        assert sent.expert != question.expert


def test_the_theme_is_taken_from_the_answer_that_fits_best(desk, sensors, question, monkeypatch):
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja.")
    make(question, "propose", desk.first)
    Question.objects.update(theme="privacy")
    make(question, "publish", desk.second)
    indexing.ensure()
    text = "Mag mijn gemeente kentekens tellen?"
    for sure, theme in ((0, "privacy"), (100, "")):
        monkeypatch.setattr(suggesting, "SURE", sure)
        asked = services.ask(text, f"a{sure}@example.invalid", language="nl")
        assert (asked.theme, asked.desk) == (theme, sensors if theme else None)
