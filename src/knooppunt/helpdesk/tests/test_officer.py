# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The privacy officer's home: what waits, what the organisation asked, and nothing of others."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from knooppunt.helpdesk import officer, services
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.tests.conftest import make, person
from knooppunt.people.models import Membership, Organisation
from knooppunt.people.roles import HubRole, Role
from knooppunt.toolkit import services as toolkit
from knooppunt.toolkit.formstates import FormState
from knooppunt.toolkit.models import Form, InstrumentVersion

HOME = "/nl/privacyfunctionaris"


@pytest.fixture
def org(desk):
    made = Organisation.objects.create(
        slug="gemeente-breda", kind="municipality", name_nl="Gemeente Breda", name_en="Breda"
    )
    Organisation.objects.create(slug="ander", kind="agency", name_nl="Ander", name_en="Other")
    Membership.objects.create(user=desk.member, organisation=made, role=Role.MEMBER)
    return made


@pytest.fixture
def guard(org) -> Client:
    user = person("guard", HubRole.MEMBER)
    Membership.objects.create(user=user, organisation=org, role=Role.PRIVACY_OFFICER)
    client = Client()
    client.force_login(user)
    return client


def test_only_privacy_officers_have_the_page_and_a_link_to_it(client, desk, org, guard):
    assert guard.get(HOME).status_code == 200
    assert HOME in guard.get("/nl/profiel").content.decode()
    assert client.get(HOME).status_code == 302
    for user in (desk.member, desk.first):
        client.force_login(user)
        assert client.get(HOME).status_code == 404
        assert HOME not in client.get("/nl/profiel").content.decode()


def test_what_the_organisation_asked_is_there_without_who_asked(client, desk, org, guard):
    client.force_login(desk.member)
    assert "Gemeente Breda" in client.get("/nl/helpdesk").content.decode()
    text = "Mogen wij kentekens tellen? Bel mij op 06-12345678."
    data = {"text": text, "email": "m@example.invalid", "send": "1", "organisation": org.slug}
    assert client.post("/nl/helpdesk", data).status_code == 302
    services.ask("Een vraag voor mijzelf", "m@example.invalid", language="nl", actor=desk.member)
    page = guard.get(HOME).content.decode()
    assert "Mogen wij kentekens tellen? Bel mij op [telefoonnummer]." in page
    assert "voor mijzelf" not in page
    assert "m@example.invalid" not in page
    assert guard.get(Question.objects.get(organisation=org.slug).get_absolute_url()).status_code == 404


def test_nobody_asks_for_an_organisation_where_they_do_not_work(client, desk, org):
    for actor in (None, desk.member):
        with pytest.raises(PermissionDenied):
            services.ask("Mag dit?", "a@example.invalid", language="nl", organisation="ander", actor=actor)
    client.force_login(desk.member)
    data = {"text": "x", "email": "m@example.invalid", "organisation": "ander", "send": "1"}
    assert client.post("/nl/helpdesk", data).status_code == 422


def test_forms_to_sign_and_lines_for_the_register_are_there(desk, org, guard):
    toolkit.load_instruments()
    form = Form.objects.create(
        version=InstrumentVersion.objects.first(), organisation=org.slug, title="Sensoren",
        state=FormState.SUBMITTED,
    )  # fmt: skip
    page = guard.get(HOME).content.decode()
    assert page.count(form.get_absolute_url()) >= 2  # it waits, and it is what the organisation runs
    Form.objects.update(organisation="ander")
    assert form.get_absolute_url() not in guard.get(HOME).content.decode()


def test_an_officer_who_is_an_editor_of_the_hub_reads_as_second(desk, org, question):
    Membership.objects.create(user=desk.second, organisation=org, role=Role.PRIVACY_OFFICER)
    make(question, "take", desk.first)
    make(question, "answer", desk.first, "Ja.")
    make(question, "propose", desk.first)
    assert [q.pk for q in officer.to_read(desk.second)] == [question.pk]
    assert officer.to_read(desk.first) == []
    assert officer.to_read(desk.member) == []
    client = Client()
    client.force_login(desk.second)
    assert question.get_absolute_url() in client.get(HOME).content.decode()
