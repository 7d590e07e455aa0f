# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The connector's worklist: everything that waits is on it, and one button moves it on, once in a month."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from knooppunt.catalogue import indexing, loading
from knooppunt.catalogue.models import AuditLine
from knooppunt.circles import queries, services, worklist
from knooppunt.circles import waiting as waiting_work
from knooppunt.circles.models import Circle, Introduction
from knooppunt.helpdesk.models import Question
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.models import Contact, Initiative
from knooppunt.initiatives.tests.conftest import BREDA, GOUDA, VALUES, person
from knooppunt.jobs.models import Letter
from knooppunt.people.roles import HubRole
from knooppunt.practices.models import Version
from knooppunt.toolkit.models import Version as Answer
from knooppunt.web.forms import NotNowError

LONG_AGO = timezone.now() - timedelta(days=400)


@pytest.fixture
def waiting(world, circle) -> dict[str, tuple[str, str]]:
    """One thing for each section: its kind and key."""
    list(loading.load_all(["practices", "toolkit"]))
    initiative = initiatives.post(BREDA, VALUES, actor=world.owner)
    initiatives.be_contact(GOUDA, actor=world.other)
    contact = initiatives.ask(BREDA, GOUDA, "Dag", actor=world.owner)
    Initiative.objects.update(changed=LONG_AGO)
    Contact.objects.update(made=LONG_AGO)
    Circle.objects.update(made=LONG_AGO)
    Question.objects.create(text="Mag dit?", language="nl", asked=LONG_AGO)
    practice = Version.objects.filter(practice__organisation="bzk").first()
    Version.objects.filter(pk=practice.pk).update(review_due=LONG_AGO.date())
    answer = Answer.objects.filter(entry__kind="faq").first()
    Answer.objects.exclude(pk=answer.pk).update(review_due="2099-01-01")
    Answer.objects.filter(pk=answer.pk).update(review_due=LONG_AGO.date())
    Letter.objects.all().delete()
    return {
        "silent": ("initiative", initiative.slug),
        "waiting": ("contact", str(contact.pk)),
        "questions": ("", ""),
        "asleep": ("circle", circle.slug),
        "review": ("practice", practice.practice.slug),
        "answer": ("faq", answer.entry.slug),
    }


def test_everything_that_waits_is_on_it_with_what_helps(waiting, connector, client):
    found = {
        section.code: [(row.kind, row.key) for row in section.rows]
        for section in worklist.sections(connector)
    }
    assert found.pop("designs") == []  # of the toys
    assert found.pop("review") == [waiting["review"], waiting["answer"]]
    assert found == {code: [waiting[code]] for code in found}
    client.force_login(connector)
    text = client.get(reverse("circles:worklist")).content.decode()
    for code in set(waiting) - {"questions"}:
        assert reverse("circles:remind", args=waiting[code]) in text
    assert Question.objects.get().get_absolute_url() in text


def test_one_button_reminds_who_can_move_it_on_once_in_thirty_days(waiting, world, connector, client):
    editors = [person("bzk-editor", "bzk", "editor").email, world.hub.email]
    readers = {
        "silent": [world.owner.email], "waiting": [world.other.email], "asleep": [world.owner.email],
        "review": editors[:1], "answer": editors[1:],
    }  # fmt: skip
    client.force_login(connector)
    for code, expected in readers.items():
        Letter.objects.all().delete()
        assert client.post(reverse("circles:remind", args=waiting[code])).status_code == 302
        assert [letter.to for letter in Letter.objects.all()] == expected, code
        with pytest.raises(NotNowError):
            services.remind_of(*waiting[code], actor=connector)
        AuditLine.objects.filter(action=worklist.REMINDED).update(at=LONG_AGO)
        assert services.remind_of(*waiting[code], actor=connector) == 1


def test_where_nobody_can_be_reminded_it_says_so(waiting, connector):
    with pytest.raises(NotNowError):
        services.remind_of(*waiting["review"], actor=connector)
    assert not AuditLine.objects.filter(action=worklist.REMINDED).exists()


def test_others_remind_nobody_and_what_is_not_there_is_404(waiting, world, connector, client):
    for who in (world.owner, world.hub):
        with pytest.raises(PermissionDenied):
            services.remind_of(*waiting["silent"], actor=who)
        client.force_login(who)
        assert client.post(reverse("circles:remind", args=waiting["silent"])).status_code == 404
    client.force_login(connector)
    for kind, key in (
        ("initiative", "nee"),
        ("contact", "x"),
        ("contact", "999"),
        ("secret", "x"),
        ("faq", "x"),
    ):
        assert client.post(reverse("circles:remind", args=[kind, key])).status_code == 404


def test_a_private_circle_is_not_on_it(private, connector):
    Circle.objects.update(made=LONG_AGO)
    assert not list(waiting_work.asleep())
    with pytest.raises(KeyError):
        services.remind_of("circle", private.slug, actor=connector)


def test_what_came_of_introductions_is_counted_per_year_and_told_with_the_agenda(
    world, introduction, connector, client
):
    list(loading.load_all(["agenda"]))
    for who in (world.owner, world.other):
        introduction = services.move(introduction, "accept", actor=who)
    initiatives.move_contact(introduction.contact, "finish", actor=world.owner, note="Samen begonnen.")
    Introduction.objects.create(one=BREDA, other="cbs", reason="x", state="declined", made=LONG_AGO)
    this, last = timezone.localdate().year, timezone.localtime(LONG_AGO).year
    rows = {row["year"]: list(row.values())[1:] for row in queries.introductions_by_year()}
    assert rows == {last: [1, 0, 1, 0], this: [1, 1, 0, 1]}
    page = client.get("/nl/agenda/nl-digitaal-2019").content.decode()
    address = "/nl/agenda/nl-digitaal-2019/kennismakingen.csv"
    assert address in page
    lines = client.get(address).content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [f"{last};1;0;1;0", f"{this};1;1;0;1"]
    client.force_login(connector)
    assert "Samen begonnen." in client.get(reverse("circles:worklist")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_takes_no_messages_yet_is_asked_to(world, connector, client):
    initiatives.be_contact(GOUDA, actor=world.other)
    initiatives.post(BREDA, VALUES, actor=world.owner)
    initiatives.post(GOUDA, VALUES | {"title": "Schulden van inwoners"}, actor=world.other)
    indexing.ensure()
    (pair,) = worklist.pairs("nl")
    assert [(organisation.slug, asked) for organisation, asked in pair.silent] == [(BREDA, None)]
    client.force_login(connector)
    client.post(reverse("circles:remind", args=["organisation", BREDA]))
    assert {letter.to for letter in Letter.objects.all()} == {world.owner.email, world.member.email}
    assert (
        reverse("circles:propose", args=[BREDA, GOUDA])
        not in client.get(reverse("circles:worklist")).content.decode()
    )


def test_one_click_asks_both(world, connector, client):
    initiatives.be_contact(BREDA, actor=world.owner)
    initiatives.be_contact(GOUDA, actor=world.other)
    client.force_login(connector)
    client.post(reverse("circles:propose", args=[BREDA, GOUDA]), {"reason": "Beide: schulden."})
    assert {letter.to for letter in Letter.objects.all()} == {world.owner.email, world.other.email}
    assert connector.role == HubRole.CONNECTOR
