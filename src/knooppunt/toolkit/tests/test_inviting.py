# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Working along on a form or a plan by invitation, and who is told when a form waits or is decided."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from knooppunt.jobs.models import Letter
from knooppunt.toolkit import inviting, services, teamwork
from knooppunt.toolkit.models import Colleague, Form, Instrument, Plan, Step
from knooppunt.toolkit.tests.conftest import BREDA


@pytest.fixture
def loaded(world):
    services.load_instruments()
    return world


@pytest.fixture
def form(loaded) -> Form:
    return teamwork.begin_form(
        Instrument.objects.get(slug="dpia-prescan"), BREDA, "Vroegsignalering", actor=loaded.writer
    )


@pytest.fixture
def plan(loaded) -> Plan:
    return teamwork.begin_plan(BREDA, "Te late hulp", actor=loaded.writer)


def invited(client, world, about, email: str = "Neighbour@example.invalid"):
    client.force_login(world.writer)
    kind = "formulieren" if isinstance(about, Form) else "plannen"
    return client.post(f"/nl/{kind}/{about.pk}/uitnodigen", {"email": email}, follow=True)


@pytest.mark.parametrize("kind", ["form", "plan"])
def test_a_colleague_says_yes_works_along_and_leaves(client, loaded, form, plan, kind):
    about = {"form": form, "plan": plan}[kind]
    page = invited(client, loaded, about).content.decode()
    assert "neighbour" not in page.lower()
    colleague = Colleague.objects.get()
    url = f"/nl/toolkit/uitnodigingen/{colleague.pk}"
    assert url in Letter.objects.get(to="neighbour@example.invalid").body
    client.force_login(loaded.neighbour)
    address = f"/nl{about.get_absolute_url().removeprefix('/nl')}"
    assert client.get(address).status_code == 404  # not before yes
    assert "Meewerken?" in client.get(url).content.decode()
    client.post(url)
    page = client.get(address).content.decode()
    assert "neighbour" in page
    assert "example.invalid" not in page
    assert client.get(f"{address}/document.docx").status_code == 200
    if kind == "form":
        assert client.post(f"{address}/verwerking", {"persoonsgegevens": "ja"}).status_code == 302
        assert client.post(f"{address}/zet/submit").status_code == 403
    else:
        client.post(f"{address}/probleem", {"done": "on", "note": "Samen."})
        assert Plan.objects.get().steps["probleem"]["note"] == "Samen."
        for step in Step.objects.all():
            teamwork.note_step(plan, step, done=True, note="", actor=loaded.neighbour)
        assert client.post(f"{address}/praktijk", {"summary": "x", "challenges": ["skills"]}).status_code in (
            403,
            422,
        )
    assert client.get(f"{address}/uitnodigen").status_code == 403
    client.post(f"{url}/einde")
    assert client.get(address).status_code == 404


def test_the_page_says_the_same_whether_or_not_there_is_an_account(client, loaded, form):
    pages = []
    for email in ("neighbour@example.invalid", "nobody@example.invalid", "officer@example.invalid"):
        page = invited(client, loaded, form, email)
        pages.append((page.status_code, [str(message) for message in page.context["messages"]]))
    assert pages[0] == pages[1] == pages[2]
    assert Letter.objects.count() == 1


def test_an_invitation_is_of_one_person(client, loaded, form):
    invited(client, loaded, form)
    colleague = Colleague.objects.get()
    for name in ("stranger", "writer"):
        client.force_login(getattr(loaded, name))
        assert client.get(f"/nl/toolkit/uitnodigingen/{colleague.pk}").status_code == 404
    client.force_login(loaded.stranger)
    assert client.post(f"/nl/toolkit/uitnodigingen/{colleague.pk}/einde").status_code == 404
    with pytest.raises(PermissionDenied):
        inviting.invite(form, "stranger@example.invalid", actor=loaded.neighbour)
    client.force_login(loaded.neighbour)
    client.post(f"/nl/toolkit/uitnodigingen/{colleague.pk}", {"no": "1"})
    assert not Colleague.objects.exists()


def test_who_waits_for_whom_is_told(form, loaded):
    teamwork.move_form(form, "submit", actor=loaded.writer)
    assert [letter.to for letter in Letter.objects.all()] == ["officer@example.invalid"]
    teamwork.move_form(form, "refuse", actor=loaded.officer, note="De grondslag ontbreekt.")
    letter = Letter.objects.get(to="writer@example.invalid")
    assert "De grondslag ontbreekt." in letter.body
    assert f"/nl/formulieren/{form.pk}" in letter.body
    teamwork.move_form(form, "reopen", actor=loaded.writer)
    assert Letter.objects.count() == 2
