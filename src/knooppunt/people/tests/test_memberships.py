# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who comes to work for an organisation here, by whom, and who may do what about it."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knooppunt.catalogue.models import AuditLine
from knooppunt.jobs.models import Letter
from knooppunt.people import memberships, permissions, queries
from knooppunt.people.models import Claim, Invitation, Membership
from knooppunt.people.roles import HubRole, Role
from knooppunt.web.forms import NotNowError

pytestmark = pytest.mark.django_db

# Deeds on one organisation: who may, by role there and by role in the hub. Everything else is refused.
ALLOWED = {
    "see-members": ({*Role}, {HubRole.CONNECTOR, HubRole.ADMINISTRATOR}),
    "invite": ({Role.ADMINISTRATOR, Role.CONNECTOR}, {HubRole.ADMINISTRATOR}),
    "invite-administrator": ({Role.ADMINISTRATOR}, {HubRole.ADMINISTRATOR}),
    "decide-claim": ({Role.ADMINISTRATOR}, {HubRole.CONNECTOR, HubRole.ADMINISTRATOR}),
    "grant": ({Role.ADMINISTRATOR}, {HubRole.ADMINISTRATOR}),
    "revoke": ({Role.ADMINISTRATOR}, {HubRole.ADMINISTRATOR}),
    "claim": ({*Role}, {*HubRole}),
    "own-profile": ({*Role}, {*HubRole}),
    "contact": ({*Role}, {*HubRole}),
}
FOR_ANYONE = {"claim", "own-profile", "contact"}


def test_the_table_covers_every_deed():
    assert set(ALLOWED) == set(permissions.RULES)


@pytest.mark.parametrize(("deed", "role"), [*product(permissions.RULES, Role)])
def test_who_may_what_by_role_at_the_organisation(organisation, elsewhere, person, deed, role):
    user = person("anna", organisation, role)
    assert permissions.may(user, deed, organisation) is (role in ALLOWED[deed][0])
    assert permissions.may(user, deed, elsewhere) is (deed in FOR_ANYONE)


@pytest.mark.parametrize(("deed", "hub"), [*product(permissions.RULES, HubRole)])
def test_who_may_what_by_role_in_the_hub(organisation, person, deed, hub):
    assert permissions.may(person("anna", hub=hub), deed, organisation) is (hub in ALLOWED[deed][1])


@pytest.mark.parametrize("deed", permissions.RULES)
def test_nobody_and_a_closed_account_may_nothing(organisation, person, deed):
    user = person("anna", organisation, *Role, hub=HubRole.ADMINISTRATOR)
    user.is_active = False
    assert not permissions.may(user, deed, organisation)
    assert not permissions.may(AnonymousUser(), deed, organisation)


def token_in_mail() -> str:
    return re.search(r"/uitnodiging/(\S+)", Letter.objects.latest("pk").body).group(1)


@pytest.fixture
def boss(organisation, person):
    return person("boss", organisation, Role.ADMINISTRATOR)


def test_an_invitation_is_good_once(organisation, boss, person):
    memberships.invite(organisation, "anna@example.org", Role.EDITOR, actor=boss)
    token = token_in_mail()
    assert token not in str(Invitation.objects.values())
    anna, bob = person("anna"), person("bob")
    memberships.accept(token, actor=anna)
    assert queries.has_role(anna, "voorbeeldstad", Role.EDITOR)
    with pytest.raises(NotNowError):
        memberships.accept(token, actor=bob)
    assert queries.roles_of(bob) == {}
    assert AuditLine.objects.filter(action="accept invitation").count() == 1


def test_an_invitation_expires_and_is_forgotten(organisation, boss, person):
    memberships.invite(organisation, "anna@example.org", Role.EDITOR, actor=boss)
    token = token_in_mail()
    Invitation.objects.update(created=timezone.now() - timedelta(days=15))
    with pytest.raises(NotNowError, match="een nieuwe"):
        memberships.accept(token, actor=person("anna"))
    memberships.forget()
    assert Invitation.objects.exists()
    Invitation.objects.update(created=timezone.now() - timedelta(days=45))
    memberships.forget()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("token", ["y", "x", "a" * 3000, "%00", "0"])
def test_a_guessed_invitation_tells_nothing(client, person, token):
    client.force_login(person("anna"))
    assert client.get(f"/nl/uitnodiging/{token}").status_code == 410
    assert not Membership.objects.exists()


def test_opening_the_page_accepts_nothing(client, organisation, boss, person):
    memberships.invite(organisation, "anna@example.org", Role.EDITOR, actor=boss)
    token, anna = token_in_mail(), person("anna")
    client.force_login(anna)
    assert client.get(f"/nl/uitnodiging/{token}").status_code == 200
    assert queries.roles_of(anna) == {}
    assert client.post(f"/nl/uitnodiging/{token}").status_code == 302
    assert client.post(f"/nl/uitnodiging/{token}").status_code == 410


def test_a_connector_invites_no_administrator(organisation, person):
    connector = person("con", organisation, Role.CONNECTOR)
    memberships.invite(organisation, "a@example.org", Role.EDITOR, actor=connector)
    with pytest.raises(PermissionDenied):
        memberships.invite(organisation, "a@example.org", Role.ADMINISTRATOR, actor=connector)


def test_a_second_invitation_replaces_the_first(organisation, boss, person):
    memberships.invite(organisation, "anna@example.org", Role.EDITOR, actor=boss)
    first = token_in_mail()
    memberships.invite(organisation, "Anna@example.org", Role.EDITOR, actor=boss)
    with pytest.raises(NotNowError):
        memberships.accept(first, actor=person("anna"))
    assert Invitation.objects.count() == 1


def test_a_request_is_decided_once_and_tells_the_asker(organisation, boss, person):
    anna = person("anna")
    asked = memberships.claim(organisation, Role.EDITOR, "Ik werk hier.", actor=anna)
    assert Letter.objects.get().to == boss.email
    with pytest.raises(NotNowError):
        memberships.claim(organisation, Role.EDITOR, "Nog eens.", actor=anna)
    with pytest.raises(PermissionDenied):
        memberships.decide(asked, True, actor=anna)
    memberships.decide(asked, True, actor=boss)
    assert queries.has_role(anna, "voorbeeldstad", Role.EDITOR)
    assert Letter.objects.latest("pk").to == anna.email
    with pytest.raises(NotNowError):
        memberships.decide(asked, False, actor=boss)


def test_a_refusal_gives_no_role_and_says_why(organisation, boss, person):
    anna = person("anna")
    asked = memberships.claim(organisation, Role.EDITOR, "Ik werk hier.", actor=anna)
    memberships.decide(asked, False, "Wij kennen u niet.", actor=boss)
    assert queries.roles_of(anna) == {}
    assert "Wij kennen u niet." in Letter.objects.latest("pk").body


def test_without_administrator_the_hub_is_told(organisation, person):
    staff = person("staff", hub=HubRole.CONNECTOR)
    memberships.claim(organisation, Role.EDITOR, "Ik werk hier.", actor=person("anna"))
    assert Letter.objects.get().to == staff.email


def test_ten_requests_a_day(person, organisation):
    anna = person("anna")
    for _n in range(10):
        Claim.objects.create(user=anna, organisation=organisation, decision="refused")
    with pytest.raises(NotNowError, match="morgen"):
        memberships.claim(organisation, Role.EDITOR, "x", actor=anna)


def test_the_last_administrator_stays(organisation, boss, person):
    own = boss.memberships.get()
    with pytest.raises(NotNowError, match="laatste beheerder"):
        memberships.revoke(own, actor=boss)
    other = person("bob", organisation, Role.ADMINISTRATOR)
    memberships.revoke(own, actor=boss)
    assert queries.roles_of(boss) == {}
    assert queries.has_role(other, "voorbeeldstad", Role.ADMINISTRATOR)


def test_a_role_that_is_taken_back_stops_with_the_next_request(client, organisation, boss, person):
    anna = person("anna", organisation, Role.EDITOR)
    client.force_login(anna)
    assert client.get("/nl/organisaties/voorbeeldstad/mensen").status_code == 200
    memberships.revoke(anna.memberships.get(), actor=boss)
    assert client.get("/nl/organisaties/voorbeeldstad/mensen").status_code == 403


def test_only_who_works_here_gets_another_role(organisation, boss, person):
    with pytest.raises(NotNowError, match="nodig"):
        memberships.grant(person("anna"), organisation, Role.EDITOR, actor=boss)
    bob = person("bob", organisation, Role.MEMBER)
    memberships.grant(bob, organisation, Role.EXPERT, actor=boss)
    assert queries.roles_of(bob) == {"voorbeeldstad": {"member", "expert"}}


def test_pages_of_another_organisation_are_closed(client, organisation, elsewhere, boss, person):
    anna = person("anna")
    asked = memberships.claim(organisation, Role.EDITOR, "x", actor=anna)
    stranger = person("eve", elsewhere, Role.ADMINISTRATOR)
    client.force_login(stranger)
    assert client.get("/nl/organisaties/voorbeeldstad/mensen").status_code == 403
    assert client.get(f"/nl/aanvragen/{asked.pk}").status_code == 404
    assert client.post(f"/nl/aanvragen/{asked.pk}", {"granted": "yes"}).status_code == 404
    held = boss.memberships.get()
    assert client.post(f"/nl/organisaties/voorbeeldstad/mensen/{held.pk}/stop").status_code == 404
    assert client.post(f"/nl/organisaties/anderstad/mensen/{held.pk}/stop").status_code == 404
    assert "anna" not in client.get("/nl/aanvragen").content.decode()
    assert queries.has_role(boss, "voorbeeldstad", Role.ADMINISTRATOR)
