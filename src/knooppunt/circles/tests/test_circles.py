# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Circles and meetings: what others never see, who may what, and what calendars read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from knooppunt.catalogue.models import Card
from knooppunt.circles import retention, services
from knooppunt.circles.models import Introduction
from knooppunt.circles.tests.conftest import times
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.tests.conftest import BREDA, CBS, GOUDA
from knooppunt.jobs.models import Letter
from knooppunt.web.forms import NotNowError


def test_an_open_circle_is_found_and_a_private_one_nowhere(world, circle, private, client):
    assert list(Card.objects.filter(kind="circle").values_list("key", flat=True)) == [circle.slug]
    meeting = services.plan(private, times(), actor=world.owner)
    pages = [
        reverse("circles:circle", args=[private.slug]),
        reverse("circles:calendar", args=[private.slug]),
        meeting.get_absolute_url(),
        reverse("circles:meeting-calendar", args=[private.slug, meeting.pk]),
    ]
    signed_in = [reverse(f"circles:{name}", args=[private.slug]) for name in ("join", "plan", "invite")]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    for who in (world.other, world.hub):
        client.force_login(who)
        assert [client.get(page).status_code for page in pages + signed_in] == [404] * 7
        assert "Besloten" not in client.get(reverse("circles:overview")).content.decode()
    client.force_login(world.owner)
    assert [client.get(page).status_code for page in pages] == [200] * 4


def test_nobody_joins_a_private_circle_or_for_an_organisation_of_others(world, circle, private):
    with pytest.raises(PermissionDenied):
        services.join(private, GOUDA, actor=world.other)
    with pytest.raises(PermissionDenied):
        services.join(circle, CBS, actor=world.other)
    services.join(circle, GOUDA, actor=world.other)
    services.join(circle, GOUDA, actor=world.other)
    assert circle.members.count() == 2
    assert circle.members.get(user=world.other).represents
    services.leave(circle, actor=world.other)
    assert circle.members.count() == 1


def test_bringing_in_reaches_only_who_takes_messages(world, private):
    with pytest.raises(NotNowError):
        services.invite(private, GOUDA, actor=world.owner)
    initiatives.be_contact(GOUDA, actor=world.other)
    assert services.invite(private, GOUDA, actor=world.owner) == 1
    assert Letter.objects.get().to == world.other.email
    with pytest.raises(PermissionDenied):
        services.invite(private, GOUDA, actor=world.other)


def test_members_are_told_of_meetings_once_and_reminded_once(world, circle):
    services.join(circle, GOUDA, actor=world.other)
    soon = timezone.now() + timedelta(hours=5)
    when = {"starts": soon, "ends": soon + timedelta(hours=1)}
    services.plan(circle, times() | when, actor=world.owner)
    assert [letter.to for letter in Letter.objects.all()] == [world.other.email]
    assert (services.remind(), services.remind()) == (1, 0)
    assert Letter.objects.count() == 3  # the reminder goes to both


@pytest.mark.parametrize(("name", "days"), [("starts", -1), ("starts", 1000), ("ends", 0), ("ends", 30)])
def test_a_meeting_at_an_impossible_time_is_refused(world, circle, name, days):
    wrong = times() | {name: timezone.now() + timedelta(days=days)}
    with pytest.raises(NotNowError):
        services.plan(circle, wrong, actor=world.owner)


def test_others_plan_nothing(world, circle):
    with pytest.raises(PermissionDenied):
        services.plan(circle, times(), actor=world.other)


def test_calendars_can_read_a_meeting_and_no_text_becomes_a_property(meeting, client):
    answer = client.get(reverse("circles:calendar", args=[meeting.circle.slug]))
    lines = answer.content.decode().split("\r\n")
    assert answer["Content-Type"].startswith("text/calendar")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Eerste\\, samen\\; verder" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert f"DTSTART:{meeting.starts:%Y%m%dT%H%M%SZ}" in lines


def test_notes_are_for_members(world, meeting, client):
    services.write_notes(meeting, "Wij spraken af.", actor=world.owner)
    assert "Wij spraken af." not in client.get(meeting.get_absolute_url()).content.decode()
    client.force_login(world.owner)
    assert "Wij spraken af." in client.get(meeting.get_absolute_url()).content.decode()
    with pytest.raises(PermissionDenied):
        services.write_notes(meeting, "Iets anders", actor=world.other)


def test_circle_pages(world, circle, client):
    client.force_login(world.other)
    for name in ("circles:overview", "circles:start"):
        assert client.get(reverse(name)).status_code == 200
    own = {"organisation": GOUDA}
    assert client.post(reverse("circles:join", args=[circle.slug]), own).status_code == 302
    data = times() | {"starts": "2099-01-01T10:00", "ends": "2099-01-01T09:00", "places": ""}
    assert client.post(reverse("circles:plan", args=[circle.slug]), data).status_code == 422
    assert client.get(f"/en/kringen/{circle.slug}").status_code == 200


def test_own_data_and_keeping(world, circle, introduction, connector):
    assert retention.own_data(world.owner)["started"] == [circle.slug]
    assert retention.own_data(connector)["proposed"][0]["one"] == BREDA
    Introduction.objects.update(changed=timezone.now() - retention.KEEP * 2)
    assert retention.forget() == 1
