# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages: post and see who does the same at once; ask, answer; nothing for who it is not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from knooppunt.catalogue import indexing
from knooppunt.initiatives import services
from knooppunt.initiatives.models import Contact, Initiative
from knooppunt.initiatives.tests.conftest import BREDA, GOUDA, VALUES

pytestmark = pytest.mark.django_db(transaction=True)


def test_posting_shows_at_once_who_does_the_same_what_they_learned_and_whom_to_ask(world, client):
    services.be_contact(GOUDA, actor=world.other)
    theirs = services.post(
        GOUDA, VALUES | {"title": "Achterstanden en schulden combineren"}, actor=world.other
    )
    services.move(theirs, "stop", actor=world.other, note="Zonder convenant lukte het niet.")
    indexing.ensure()
    client.force_login(world.owner)
    answer = client.post(
        reverse("initiatives:post"), VALUES | {"organisation": BREDA, "contact": "on"}, follow=True
    )
    text = answer.content.decode()
    assert "Achterstanden en schulden combineren" in text
    assert "Zonder convenant lukte het niet." in text
    assert reverse("initiatives:ask", args=[GOUDA]) in text
    assert services.contactable([BREDA]) == {BREDA}


def test_pages_for_everyone(world, initiative, client):
    for name, arguments in (("overview", []), ("initiative", [initiative.slug])):
        assert client.get(reverse(f"initiatives:{name}", args=arguments)).status_code == 200
    assert client.get("/en/initiatieven").status_code == 200
    assert client.get(f"/api/v1/initiatives/{initiative.slug}").json()["seeks"] == ["experience", "data"]
    assert client.get("/api/v1/initiatives").json()["items"][0]["id"] == initiative.slug


def test_who_edits_for_nobody_is_told_how_to(world, client):
    client.force_login(world.member)
    assert client.get(reverse("initiatives:post")).status_code == 403


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_form_that_cannot_be_used_says_so(world, client, title):
    client.force_login(world.owner)
    data = VALUES | {"organisation": BREDA, "title": title, "problem": "", "challenge": "nee"}
    answer = client.post(reverse("initiatives:post"), data)
    assert answer.status_code == 422
    assert not Initiative.objects.exists()


def test_asking_answering_and_writing_by_the_pages(world, initiative, client):
    services.be_contact(GOUDA, actor=world.other)
    client.force_login(world.owner)
    data = {"asker": BREDA, "asked": GOUDA, "route": "students", "text": "Helpt u?"}
    assert client.post(reverse("initiatives:help", args=[initiative.slug]), data).status_code == 302
    contact = Contact.objects.get()
    assert (contact.route, contact.about_key) == ("students", initiative.slug)
    page = reverse("initiatives:contact", args=[contact.pk])
    client.force_login(world.cbs)
    assert client.get(page).status_code == 404
    assert client.post(page, {"text": "x"}).status_code == 404
    client.force_login(world.other)
    assert (
        client.post(
            reverse("initiatives:move-contact", args=[contact.pk, "accept"]), {"note": ""}
        ).status_code
        == 302
    )
    assert client.post(page, {"text": "Bel ons maar."}).status_code == 302
    assert "Bel ons maar." in client.get(page).content.decode()
    assert (
        client.post(
            reverse("initiatives:move-contact", args=[contact.pk, "accept"]), {"note": ""}
        ).status_code
        == 422
    )
    assert client.post(reverse("initiatives:move-contact", args=[contact.pk, "nope"]), {}).status_code == 404
    assert client.get(reverse("initiatives:contacts")).status_code == 200


def test_an_organisation_nobody_answers_for_has_no_contact_page(world, client):
    client.force_login(world.owner)
    assert client.get(reverse("initiatives:ask", args=[GOUDA])).status_code == 404
    client.force_login(world.other)
    button = reverse("initiatives:contact-person", args=[GOUDA])
    client.post(button)
    client.force_login(world.owner)
    assert client.get(reverse("initiatives:ask", args=[GOUDA])).status_code == 200
    client.force_login(world.other)
    client.post(button, {"stop": "1"})
    assert client.post(reverse("initiatives:contact-person", args=[BREDA])).status_code == 403


def test_moving_and_making_a_practice_by_the_pages(world, initiative, client):
    client.force_login(world.owner)
    for verb, note in (("start", ""), ("finish", "Wij leerden veel.")):
        assert (
            client.post(reverse("initiatives:move", args=[initiative.slug, verb]), {"note": note}).status_code
            == 302
        )
    client.force_login(world.other)
    assert client.post(reverse("initiatives:make-practice", args=[initiative.slug])).status_code == 403
    assert client.get(reverse("initiatives:change", args=[initiative.slug])).status_code == 403
    client.force_login(world.owner)
    answer = client.post(reverse("initiatives:make-practice", args=[initiative.slug]), follow=True)
    assert answer.redirect_chain[-1][0].endswith("/werk")
    client.post(reverse("initiatives:move", args=[initiative.slug, "withdraw"]), {"note": "Vergissing."})
    assert client.get(reverse("initiatives:initiative", args=[initiative.slug])).status_code in (404, 410)


def test_personal_data_are_proposed_for_redaction_once_and_the_writer_decides(world, client):
    client.force_login(world.owner)
    problem = "Bel voor vragen 06-12345678 of mail naar iemand@example.org over de schulden."
    data = VALUES | {"organisation": BREDA, "problem": problem}
    answer = client.post(reverse("initiatives:post"), data)
    assert answer.status_code == 422
    assert not Initiative.objects.exists()
    shown = answer.context["form"]["problem"].value()
    assert "06-12345678" not in shown
    assert "iemand@example.org" not in shown
    assert answer.context["form"]["read"].value() == "1"
    client.post(reverse("initiatives:post"), data | {"problem": shown, "read": "1"})
    assert Initiative.objects.get().problem == shown


def test_messages_to_others_are_looked_at_for_personal_data_too(world, initiative, client):
    services.be_contact(GOUDA, actor=world.other)
    client.force_login(world.owner)
    data = {"asker": BREDA, "asked": GOUDA, "route": "peer", "text": "Bel mij op 06-12345678."}
    page = reverse("initiatives:help", args=[initiative.slug])
    assert client.post(page, data).status_code == 422
    assert not Contact.objects.exists()
    assert client.post(page, data | {"read": "1"}).status_code == 302
    assert Contact.objects.get().messages.get().text == data["text"]
