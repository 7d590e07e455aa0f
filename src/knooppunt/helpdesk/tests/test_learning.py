# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the suggestions learn from answers that were accepted: bounded, told, and taken back by an editor."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from knooppunt.catalogue import indexing
from knooppunt.catalogue.models import AuditLine
from knooppunt.helpdesk import learning, services
from knooppunt.helpdesk.models import Helped, Question
from knooppunt.helpdesk.suggesting import suggest
from knooppunt.helpdesk.tests.conftest import make

LEARNED = "/nl/helpdesk/geleerd"


@pytest.fixture
def published(desk, question) -> Question:
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja, zonder ze te bewaren.")
    make(question, "propose", desk.first)
    made = make(question, "publish", desk.second)
    indexing.ensure()
    return made


def pointed(desk, published, email: str) -> Question:
    """A question that an expert answers with the answer that is there."""
    asked = services.ask("Mogen wij kentekens tellen?", email, language="nl")
    make(asked, "take", desk.first)
    return make(asked, "answer", desk.first, "Dat staat hier.", points_to=f"faq:{published.slug}")


def verdict(question: Question, said: str) -> None:
    services.judge(question, said, actor=None, by_key=True)


def test_an_accepted_answer_teaches_once_and_unteaches_when_taken_back(desk, published):
    asked = pointed(desk, published, "b@example.invalid")
    assert not Helped.objects.exists()
    for said, taught in (("yes", 1), ("yes", 1), ("no", 0), ("partly", 0), ("yes", 1)):
        verdict(asked, said)
        assert Helped.objects.get().accepted == taught
    why = suggest("kentekens tellen", "nl")[0].why
    assert "geaccepteerd: 1" in why
    verdict(asked, "no")
    assert "geaccepteerd" not in suggest("kentekens tellen", "nl")[0].why


def test_the_answer_to_a_question_that_was_published_teaches_as_well(desk, published):
    verdict(published, "yes")
    row = Helped.objects.get()
    assert (row.kind, row.key, row.accepted) == ("faq", published.slug, 1)


def test_what_is_accepted_before_it_is_published_counts_when_it_is(desk, question):
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja, zonder ze te bewaren.")
    verdict(question, "yes")
    assert not Helped.objects.exists()
    make(question, "propose", desk.first)
    made = make(question, "publish", desk.second)
    assert Helped.objects.get(key=made.slug).accepted == 1


def test_no_number_of_helped_people_adds_more_than_a_tenth(desk, published):
    (before,) = suggest("kentekens tellen", "nl")
    Helped.objects.create(kind="faq", key=published.slug, count=10**6, accepted=10**6)
    assert learning.boost(2 * 10**6) <= learning.MOST_BOOST
    (after,) = suggest("kentekens tellen", "nl")
    assert after.key == before.key


def test_an_editor_sees_what_was_learned_and_lets_it_be_forgotten(client, desk, published):
    services.helped("faq", published.slug)
    verdict(pointed(desk, published, "b@example.invalid"), "yes")
    client.force_login(desk.first)
    page = client.get(LEARNED).content.decode()
    assert published.slug in page
    assert "2,9" in page
    row = Helped.objects.get()
    assert client.post(f"{LEARNED}/{row.pk}/vergeet").status_code == 302
    assert not Helped.objects.exists()
    assert AuditLine.objects.get(action="forget learned").detail == {"helped": 1, "accepted": 1}
    assert published.slug not in client.get(LEARNED).content.decode()
    assert client.post(f"{LEARNED}/{row.pk}/vergeet").status_code == 302


def test_others_see_nothing_of_it(client, desk, published):
    services.helped("faq", published.slug)
    assert client.get(LEARNED).status_code == 302
    for user in (desk.connector, desk.member):
        client.force_login(user)
        assert client.get(LEARNED).status_code == 404
        assert client.post(f"{LEARNED}/1/vergeet").status_code == 404
        with pytest.raises(PermissionDenied):
            learning.forget(Helped.objects.get().pk, actor=user)


def test_an_expert_points_to_an_answer_that_is_there_and_the_asker_gets_the_link(client, desk, published):
    asked = services.ask("Mogen wij kentekens tellen?", "b@example.invalid", language="nl")
    make(asked, "take", desk.first)
    client.force_login(desk.first)
    address = f"{asked.get_absolute_url()}/zet/answer"
    assert f'value="faq:{published.slug}"' in client.get(address).content.decode()
    asked.refresh_from_db()
    data = {"text": "Dat staat hier.", "revision": asked.revision}
    assert client.post(address, data | {"points_to": "faq:verzonnen"}).status_code == 422
    assert client.post(address, data | {"points_to": f"faq:{published.slug}"}).status_code == 302
    assert (
        f"/nl/veelgestelde-vragen/{published.slug}" in client.get(asked.get_absolute_url()).content.decode()
    )
