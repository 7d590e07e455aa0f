# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who represents, leads and has a place; and feeds that open for their own key only."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from structlog.testing import capture_logs

from knooppunt.catalogue import indexing
from knooppunt.catalogue.models import Card
from knooppunt.circles import feeds, meetings, membership, permissions, retention, services
from knooppunt.circles.models import Attendance, Circle, Member
from knooppunt.circles.tests.conftest import CIRCLE, times
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.tests.conftest import BREDA, CBS, GOUDA, VALUES, person
from knooppunt.jobs.models import Letter
from knooppunt.people import accounts
from knooppunt.people.models import Organisation, Profile
from knooppunt.web.forms import NotNowError


@pytest.fixture
def colleague(world, circle):
    found = person("colleague", BREDA, "member")
    services.join(circle, BREDA, actor=found)
    return found


def of(circle, user) -> Member:
    return circle.members.get(user=user)


def key_of(circle, user) -> str:
    return feeds.addresses(circle, of(circle, user))["atom"].split("sleutel=")[1]


def test_leaders_choose_who_represents_and_one_does(world, circle, colleague):
    services.represent(of(circle, colleague), actor=world.owner)
    assert [m.user for m in circle.members.filter(represents=True)] == [colleague]
    with pytest.raises(PermissionDenied):
        services.represent(of(circle, world.owner), actor=colleague)
    services.leave(circle, actor=colleague)
    assert of(circle, world.owner).represents


def test_a_circle_keeps_a_leader(world, circle, colleague):
    with pytest.raises(NotNowError):
        services.lead(of(circle, world.owner), False, actor=world.owner)
    services.leave(circle, actor=world.owner)
    assert of(circle, colleague).leads


def test_leaders_take_somebody_out_and_others_do_not(world, circle, colleague, client):
    with pytest.raises(PermissionDenied):
        services.remove(of(circle, world.owner), actor=colleague)
    Profile.objects.create(user=colleague, name="Collega van Breda")
    page = reverse("circles:members", args=[circle.slug])
    client.force_login(colleague)
    assert client.get(page).status_code == 403
    client.force_login(world.owner)
    assert "Collega van Breda" in client.get(page).content.decode()
    deed = reverse("circles:arrange", args=[circle.slug, of(circle, colleague).pk, "weg"])
    assert client.post(deed).status_code == 302
    assert not circle.members.filter(user=colleague).exists()


def test_who_left_the_organisation_takes_part_no_more(world, private, client):
    client.force_login(world.owner)
    assert private.title in client.get(reverse("circles:overview")).content.decode()
    services.renew_feed(private, actor=world.owner)
    key = key_of(private, world.owner)
    assert feeds.opens(private, key)
    world.owner.memberships.all().delete()
    assert not permissions.may_see_circle(world.owner, private)
    assert private.title not in client.get(reverse("circles:overview")).content.decode()
    assert not feeds.opens(private, key)


def test_who_left_the_organisation_or_erased_the_account_leaves_a_circle_that_is_led(
    world, circle, colleague
):
    services.join(circle, GOUDA, actor=world.other)
    meeting = services.plan(circle, times() | {"places": 1}, actor=world.owner)
    for who in (world.owner, world.other):
        services.come(meeting, actor=who)
    Letter.objects.all().delete()
    accounts.erase(world.owner, actor=world.owner)
    assert of(circle, colleague).leads
    assert of(circle, colleague).represents
    assert [letter.to for letter in Letter.objects.all()] == [world.other.email]
    assert services.let_go() == 0
    colleague.memberships.all().delete()
    assert services.let_go() == 1
    assert [m.user for m in circle.members.filter(leads=True)] == [world.other]


def test_only_leaders_and_connectors_of_an_open_circle_change_it(world, circle, private, connector, client):
    for who in (world.other, world.hub):
        with pytest.raises(PermissionDenied):
            services.change(circle, CIRCLE | {"title": "Van mij"}, actor=who)
    with pytest.raises(PermissionDenied):
        services.change(private, CIRCLE, actor=connector)
    services.change(circle, CIRCLE | {"title": "Nieuwe naam"}, actor=connector)
    assert Card.objects.get(kind="circle").title_nl == "Nieuwe naam"
    client.force_login(world.owner)
    page = reverse("circles:change", args=[circle.slug])
    assert client.post(page, CIRCLE | {"title": "Besloten", "private": "on"}).status_code == 302
    assert not Card.objects.filter(kind="circle").exists()
    client.force_login(connector)
    gone = client.get(circle.get_absolute_url())
    assert gone.status_code == 410
    assert "Nieuwe naam" not in gone.content.decode()


def test_a_circle_without_members_cannot_go_out_of_sight(world, connector):
    services.load_content()
    with pytest.raises(NotNowError):
        services.change(Circle.objects.first(), CIRCLE | {"private": True}, actor=connector)


def test_places_go_in_the_order_of_asking_and_who_waits_is_told_of_a_free_one(
    world, circle, colleague, client
):
    services.join(circle, GOUDA, actor=world.other)
    meeting = services.plan(circle, times() | {"places": 1}, actor=world.owner)
    for who in (world.owner, colleague, world.other):
        services.come(meeting, actor=who)
        services.come(meeting, actor=who)
    assert [a.member.user for a in meetings.coming(meeting)] == [world.owner]
    client.force_login(world.other)
    page = client.get(meeting.get_absolute_url())
    assert (page.context["mine"], page.context["taken"].wait) == (2, 2)
    Letter.objects.all().delete()
    answer = client.post(reverse("circles:come", args=[circle.slug, meeting.pk]), {"stop": "1"})
    assert answer.status_code == 302
    assert not Letter.objects.exists()
    services.leave(circle, actor=world.owner)
    assert [letter.to for letter in Letter.objects.all()] == [colleague.email]
    assert [a.member.user for a in meetings.coming(meeting)] == [colleague]
    services.come(meeting, actor=world.other)
    services.plan(circle, times() | {"places": None}, actor=colleague, meeting=meeting)
    meeting.refresh_from_db()
    assert len(meetings.coming(meeting)) == 2


def test_where_places_are_limited_only_who_has_one_is_reminded(world, circle, colleague):
    soon = timezone.now() + timedelta(hours=5)
    when = {"starts": soon, "ends": soon + timedelta(hours=1), "places": 1}
    meeting = services.plan(circle, times() | when, actor=world.owner)
    services.come(meeting, actor=colleague)
    Letter.objects.all().delete()
    assert services.remind() == 1
    assert [letter.to for letter in Letter.objects.all()] == [colleague.email]


def test_others_do_not_come_and_nobody_comes_to_what_is_cancelled(world, circle, meeting):
    with pytest.raises(PermissionDenied):
        services.come(meeting, actor=world.other)
    meeting.cancelled = True
    meeting.save()
    with pytest.raises(NotNowError):
        services.come(meeting, actor=world.owner)


def test_who_came_is_forgotten_after_ninety_days(world, circle, meeting):
    services.come(meeting, actor=world.owner)
    assert retention.own_data(world.owner)["comesTo"] == [meeting.title]
    assert retention.forget() == 0
    past = timezone.now() - retention.KEEP_ATTENDANCE * 2
    type(meeting).objects.update(starts=past, ends=past + timedelta(hours=1))
    assert retention.forget() == 1
    assert not Attendance.objects.exists()


def test_mail_to_all_members_is_bounded(world, circle):
    for _n in range(meetings.PLANS_A_DAY):
        services.plan(circle, times(), actor=world.owner)
    with pytest.raises(NotNowError):
        services.plan(circle, times(), actor=world.owner)
    initiatives.be_contact(GOUDA, actor=world.other)
    for _n in range(membership.INVITATIONS_A_DAY):
        services.invite(circle, GOUDA, actor=world.owner)
    with pytest.raises(NotNowError):
        services.invite(circle, GOUDA, actor=world.owner)


def test_the_key_of_a_member_opens_the_feeds_of_one_private_circle_until_renewed(world, private, client):
    services.plan(private, times(), actor=world.owner)
    other = services.start(BREDA, CIRCLE | {"title": "Andere", "private": True}, actor=world.owner)
    client.force_login(world.owner)
    assert "sleutel=" not in client.get(private.get_absolute_url()).content.decode()
    assert client.post(reverse("circles:renew-feed", args=[private.slug])).status_code == 302
    shown = client.get(private.get_absolute_url()).content.decode()
    first = re.search(r"sleutel=([\w:-]+)", shown).group(1)
    client.logout()
    for name in ("calendar", "atom"):
        page = reverse(f"circles:{name}", args=[private.slug])
        opened = client.get(page, {"sleutel": first})
        assert opened.status_code == 200
        assert "no-store" in opened["Cache-Control"]
        for key in ("", "x", first[:-1], f":{first}"):
            wrong = client.get(page, {"sleutel": key})
            nothing = client.get(reverse(f"circles:{name}", args=["is-er-niet"]), {"sleutel": key})
            assert (wrong.status_code, nothing.status_code) == (404, 404)
            assert wrong.content.replace(private.slug.encode(), b"is-er-niet") == nothing.content
        elsewhere = reverse(f"circles:{name}", args=[other.slug])
        assert client.get(elsewhere, {"sleutel": first}).status_code == 404
    services.renew_feed(private, actor=world.owner)
    assert not feeds.opens(private, first)


def test_a_key_is_in_no_log(world, private, client):
    services.renew_feed(private, actor=world.owner)
    key = key_of(private, world.owner)
    with capture_logs() as lines:
        answer = client.get(reverse("circles:atom", args=[private.slug]), {"sleutel": key})
    assert answer.status_code == 200
    assert any(line["event"] == "request" for line in lines)
    assert key.split(":")[0] not in str(lines)


@pytest.mark.django_db(transaction=True)
def test_the_feed_of_an_open_circle_tells_meetings_and_what_is_started(world, circle, client):
    services.plan(circle, times(), actor=world.owner)
    initiatives.post(BREDA, VALUES, actor=world.owner)
    indexing.ensure()
    text = client.get(reverse("circles:atom", args=[circle.slug])).content.decode()
    assert text.count("<entry>") == 2
    assert VALUES["title"] in text


LATER = {"starts": "2099-01-01T10:00", "ends": "2099-01-01T11:00", "places": "", "cancelled": ""}
PERSONAL = "Bel 06-12345678."
FORMS = {
    "start": CIRCLE | {"organisation": BREDA, "purpose": PERSONAL, "private": ""},
    "plan": times() | LATER | {"agenda": PERSONAL},
    "notes": {"notes": PERSONAL},
}


@pytest.mark.parametrize("name", FORMS)
def test_personal_data_are_proposed_for_redaction_in_all_that_others_read(
    world, circle, meeting, client, name
):
    arguments = {"start": [], "plan": [circle.slug], "notes": [circle.slug, meeting.pk]}[name]
    client.force_login(world.owner)
    answer = client.post(reverse(f"circles:{name}", args=arguments), FORMS[name])
    assert answer.status_code == 422
    assert "“06-12345678”" in answer.content.decode()
    assert answer.context["form"]["read"].value() == "1"


def test_who_takes_part_for_another_organisation_represents_it_and_the_first_no_more(world, circle):
    services.join(circle, GOUDA, actor=world.other)
    world.other.memberships.create(organisation=Organisation.objects.get(slug=CBS))
    services.join(circle, CBS, actor=world.other)
    assert (of(circle, world.other).organisation, of(circle, world.other).represents) == (CBS, True)


def test_bringing_in_moves_nobody_who_takes_part_for_another_organisation(world, circle):
    services.join(circle, GOUDA, actor=world.other)
    world.other.memberships.create(organisation=Organisation.objects.get(slug=CBS))
    initiatives.be_contact(CBS, actor=world.other)
    assert services.invite(circle, CBS, actor=world.owner) == 0
    assert of(circle, world.other).organisation == GOUDA
    assert not Letter.objects.exists()
