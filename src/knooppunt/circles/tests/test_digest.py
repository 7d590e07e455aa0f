# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The weekly digest: worth opening or not there, once a week, and over at once without signing in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from knooppunt.circles import digest, retention, services
from knooppunt.circles.models import Digest
from knooppunt.circles.tests.conftest import CIRCLE, times
from knooppunt.helpdesk.models import Question
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.tests.conftest import BREDA, GOUDA, VALUES
from knooppunt.jobs.models import Letter

WEEK_AGO = timedelta(days=8)


@pytest.fixture
def due(world) -> Digest:
    """A digest of somebody of Gouda whose week is over."""
    digest.subscribe(world.other)
    Digest.objects.update(told=timezone.now() - WEEK_AGO)
    return Digest.objects.get()


def titles(user) -> list[str]:
    return [section.title for section in digest.sections(user, timezone.now() - WEEK_AGO)]


def test_nothing_to_tell_is_no_letter(world, due):
    assert digest.send_due() == 0
    assert not Letter.objects.exists()
    due.refresh_from_db()
    assert due.told > timezone.now() - timedelta(minutes=5)


def test_it_tells_what_touches_ones_work_once_a_week(world, due):
    initiatives.post(BREDA, VALUES, actor=world.owner)  # a municipality, like Gouda
    assert (digest.send_due(), digest.send_due()) == (1, 0)
    (letter,) = Letter.objects.all()
    assert letter.to == world.other.email
    assert letter.subject == "Knooppunt: 1 organisatie begon iets wat bij uw werk past"
    assert VALUES["title"] in letter.body
    assert "Een organisatie zoals die van u: gemeente" in letter.body
    Digest.objects.update(told=timezone.now() - WEEK_AGO)
    initiatives.move(
        initiatives.started(timezone.now() - WEEK_AGO).get(), "stop", actor=world.owner, note="Nee."
    )
    assert digest.send_due() == 0


def test_own_work_is_no_news_and_a_challenge_of_ones_own_is(world, circle):
    initiatives.post(BREDA, VALUES, actor=world.owner)
    assert titles(world.owner) == []
    assert titles(world.cbs) == []
    services.join(circle, "cbs", actor=world.cbs)
    (section,) = digest.sections(world.cbs, timezone.now() - WEEK_AGO)
    assert section.lines[0].why == "Over uw opgave: Armoede en schulden."


def test_answers_meetings_and_what_waits_for_me(world, introduction):
    (waiting,) = digest.sections(world.other, timezone.now())
    assert waiting.title == "Wacht op uw antwoord: 1"
    services.move(introduction, "decline", actor=world.other)
    Question.objects.create(text="Mag dit?", language="nl", author=world.other, state="answered")
    private = services.start(GOUDA, CIRCLE | {"private": True}, actor=world.other)
    services.plan(private, times(3), actor=world.other)
    services.plan(private, times(30), actor=world.other)
    contact = initiatives.ask(GOUDA, BREDA, "Dag", actor=world.other)
    initiatives.move_contact(contact, "accept", actor=world.owner)
    assert titles(world.other) == [
        "1 vraag van u is beantwoord",
        "1 organisatie heeft contact met u",
        "1 bijeenkomst in de komende week",
    ]
    assert titles(world.owner) == []
    world.other.memberships.all().delete()
    assert titles(world.other) == ["1 vraag van u is beantwoord"]


def test_the_link_in_the_letter_stops_it_without_signing_in(world, due, client):
    initiatives.post(BREDA, VALUES, actor=world.owner)
    digest.send_due()
    link = re.search(r"http://testserver(/\S+stoppen\?sleutel=\S+)", Letter.objects.get().body).group(1)
    assert client.get(link).status_code == 200
    assert Digest.objects.exists()  # a scanner that opens links stops nothing
    assert client.post(link).status_code == 200
    assert not Digest.objects.exists()
    assert client.get(link).context["stopped"]
    for wrong in ("", "x", link.rpartition("=")[2][:-1]):
        assert client.get(reverse("circles:stop-digest"), {"sleutel": wrong}).status_code == 404


def test_the_page_shows_what_it_would_say_now_and_starts_and_stops_it(world, client):
    page = reverse("circles:digest")
    assert client.get(page).status_code == 302
    initiatives.post(BREDA, VALUES, actor=world.owner)
    client.force_login(world.other)
    assert VALUES["title"] in client.get(page).content.decode()
    client.post(page)
    assert retention.own_data(world.other)["digest"]
    client.post(page, {"stop": "1"})
    assert not Digest.objects.exists()


def test_an_account_that_is_not_in_use_gets_none(world, due):
    initiatives.post(BREDA, VALUES, actor=world.owner)
    world.other.is_active = False
    world.other.save()
    assert digest.send_due() == 0
