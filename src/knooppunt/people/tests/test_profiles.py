# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person tells, who sees it, and how it goes away."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from knooppunt.catalogue.models import AuditLine, Card, Tombstone
from knooppunt.jobs.models import Letter
from knooppunt.people import accounts, personal, profiles
from knooppunt.people.models import Consent, User
from knooppunt.people.roles import HubRole, Role
from knooppunt.web.forms import NotNowError

pytestmark = pytest.mark.django_db
VALUES = {"name": "Rol A", "position": "Rioolbeheerder", "about": "Ik meet riolen.", "language": "nl"}


@pytest.fixture
def anna(person, organisation):
    return person("anna", organisation, Role.EXPERT)


def tell(user, *shown):
    return profiles.tell(
        user, actor=user, values=VALUES, offered=["riolen", " GIS ", "riolen"], sought=["R"], shown=set(shown)
    )


def page_of(client, user):
    return client.get(f"/nl/mensen/{user.public_id}")


def test_without_consent_nothing_is_public(client, anna):
    tell(anna)
    assert page_of(client, anna).status_code == 404
    assert not Card.objects.filter(kind="person").exists()
    assert "Rol A" not in client.get("/nl/organisaties/voorbeeldstad").content.decode()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("position", "Rioolbeheerder"),
        ("about", "Ik meet riolen."),
        ("expertise", "GIS"),
        ("contact", "/bericht"),
    ],
)
def test_each_field_needs_its_own_consent(client, anna, field, text):
    tell(anna, Consent.Field.NAME)
    page = page_of(client, anna).content.decode()
    assert "Rol A" in page
    assert text not in page
    tell(anna, Consent.Field.NAME, field)
    assert text in page_of(client, anna).content.decode()
    card = Card.objects.get(kind="person")
    assert ("riolen" in card.text_nl) is (field in ("expertise", "about"))


def test_consent_taken_back_is_gone_everywhere_at_once(client, anna):
    tell(anna, *Consent.Field.values)
    assert "Rol A" in client.get("/nl/organisaties/voorbeeldstad").content.decode()
    tell(anna)
    assert page_of(client, anna).status_code == 410
    assert "Rol A" not in page_of(client, anna).content.decode()
    assert "Rol A" not in client.get("/nl/organisaties/voorbeeldstad").content.decode()
    assert not Card.objects.filter(kind="person").exists()
    assert Tombstone.objects.get(kind="person").title_nl == ""
    assert list(AuditLine.objects.filter(action__contains="consent").values_list("action", flat=True)) == [
        *("give consent", "take back consent"),
    ]


def test_a_message_needs_consent_and_hides_the_address(client, anna, person):
    bob = person("bob")
    tell(anna, Consent.Field.NAME)
    client.force_login(bob)
    address = f"/nl/mensen/{anna.public_id}/bericht"
    assert client.get(address).status_code == 404
    tell(anna, Consent.Field.NAME, Consent.Field.CONTACT)
    assert anna.email not in client.get(address).content.decode()
    assert client.post(address, {"message": "Hoe meten jullie riolen?"}).status_code == 302
    letter = Letter.objects.get()
    assert (letter.to, letter.reply_to) == (anna.email, bob.email)


def test_ten_messages_a_day(anna, person):
    bob = person("bob")
    tell(anna, Consent.Field.NAME, Consent.Field.CONTACT)
    for _n in range(10):
        profiles.contact(anna, "Een vraag over riolen.", actor=bob)
    with pytest.raises(NotNowError, match="morgen"):
        profiles.contact(anna, "Nog een vraag.", actor=bob)
    assert Letter.objects.count() == 10


def test_the_form_saves_and_shows_markup_as_text(client, anna):
    client.force_login(anna)
    nasty = "<script>alert(1)</script>"
    data = dict.fromkeys(("name", "position", "about", "offered"), nasty) | {
        **{"language": "nl", "sought": "", "shown": Consent.Field.values}
    }
    assert client.post("/nl/profiel", data).status_code == 302
    assert nasty not in page_of(client, anna).content.decode()
    assert client.post("/nl/profiel", data | {"name": ""}).status_code == 422


def test_what_is_kept_can_be_downloaded(client, anna):
    tell(anna, Consent.Field.NAME)
    client.force_login(anna)
    answer = client.post("/nl/profiel/gegevens")
    data = json.loads(answer.content)["people"]
    assert data["profile"]["name"] == "Rol A"
    assert [row["field"] for row in data["consents"]] == ["name"]
    assert data["roles"][0]["organisation__slug"] == "voorbeeldstad"
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/nl/profiel/gegevens").status_code == 405


def test_erasing_takes_everything_and_keeps_the_trail(client, anna):
    tell(anna, *Consent.Field.values)
    client.force_login(anna)
    assert client.post("/nl/profiel/wissen", {"confirm": "ja"}).status_code == 422
    assert client.post("/nl/profiel/wissen", {"confirm": "wissen"}).status_code == 302
    assert not User.objects.exists()
    assert not Card.objects.filter(kind="person").exists()
    assert AuditLine.objects.get(action="erase account").actor is None
    assert "Rol A" not in str(list(AuditLine.objects.values())) + str(list(Tombstone.objects.values()))


def test_unused_accounts_are_warned_and_then_erased(person):
    old, young = person("old"), person("young")
    User.objects.filter(pk=old.pk).update(date_joined=timezone.now() - timedelta(days=800))
    assert accounts.forget_unused() == 0
    assert [letter.to for letter in Letter.objects.all()] == [old.email]
    assert accounts.forget_unused() == 0
    assert Letter.objects.count() == 1
    User.objects.filter(pk=old.pk).update(warned=timezone.now() - timedelta(days=31))
    assert accounts.forget_unused() == 1
    assert list(User.objects.all()) == [young]


def test_signing_in_takes_the_warning_back(client, person):
    old = person("old")
    User.objects.filter(pk=old.pk).update(
        date_joined=timezone.now() - timedelta(days=800), warned=timezone.now() - timedelta(days=20)
    )
    client.force_login(User.objects.get(pk=old.pk))
    assert User.objects.get(pk=old.pk).warned is None
    assert accounts.forget_unused() == 0


def test_every_model_with_an_account_has_someone_who_answers_for_it():
    """A model that points at an account is exported and let go by some app, or only names who did a deed."""
    deeds = {"catalogue.AuditLine", "catalogue.ScheduledMove", "catalogue.Relation", "catalogue.Alert"}
    technical = {"mfa.Authenticator", "socialaccount.SocialAccount", "auth.User_groups"}
    with_account = set()
    for model in apps.get_models():
        if model._meta.app_label in ("auth", "contenttypes") or model._meta.auto_created:
            continue
        if any(
            f.related_model is User and not f.auto_created for f in model._meta.get_fields() if f.is_relation
        ):
            with_account.add(model._meta.label)
    actors = {label for label in with_account if label.startswith("agenda.")}
    assert with_account - deeds - technical - actors <= personal.covered()


def test_hub_staff_have_no_profile_by_themselves(person):
    staff = person("staff", hub=HubRole.CONNECTOR)
    profiles.refresh_card(staff, actor=staff)
    assert not Card.objects.filter(kind="person").exists()
