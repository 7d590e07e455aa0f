# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A merger, for every field of every app that names an organisation: whoever stands in the place of an
organisation takes over its work, both names are shown, and the old one is asked nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knooppunt.agenda import services as agenda
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.models import Card
from knooppunt.circles import permissions as circle_permissions
from knooppunt.circles import services as circles
from knooppunt.circles.models import Introduction
from knooppunt.facilities import services as facilities
from knooppunt.facilities.tests.conftest import CONTENT as FACILITY
from knooppunt.facilities.tests.conftest import TEXTS
from knooppunt.helpdesk import officer
from knooppunt.helpdesk.models import Question
from knooppunt.initiatives import services as initiatives
from knooppunt.initiatives.models import Contact, Message
from knooppunt.initiatives.tests.conftest import VALUES
from knooppunt.people import mergers
from knooppunt.people import services as people
from knooppunt.people.fields import references
from knooppunt.people.models import Membership, Organisation, Succession, User
from knooppunt.people.roles import HubRole, Role
from knooppunt.practices import services as practices
from knooppunt.practices.tests.conftest import CONTENT as PRACTICE
from knooppunt.toolkit import teamwork
from knooppunt.toolkit.models import Form, Instrument
from knooppunt.web.forms import NotNowError
from tests.toykind import services as toys

OLD, NEW, ELSEWHERE = "gemeente-oud", "gemeente-nieuw", "gemeente-elders"
BOTH = "Gemeente Oud (nu Gemeente Nieuw)"


@pytest.fixture
def world(db, settings, tmp_path) -> SimpleNamespace:
    settings.DATA = tmp_path
    for slug in (OLD, NEW, ELSEWHERE):
        name = slug.replace("-", " ").title()
        catalogue.publish(
            Organisation.objects.create(slug=slug, kind="municipality", name_nl=name, name_en=name)
        )
    return SimpleNamespace(
        old=person("old", OLD, Role.EDITOR),
        new=person("new", NEW, Role.EDITOR, Role.PRIVACY_OFFICER),
        elsewhere=person("elsewhere", ELSEWHERE, Role.EDITOR),
        connector=person("connector", ELSEWHERE, Role.MEMBER, hub=HubRole.CONNECTOR),
    )


def person(name: str, organisation: str, *roles: Role, hub: HubRole = HubRole.MEMBER) -> User:
    user = User.objects.create_user(name, f"{name}@example.invalid", role=hub)
    body = Organisation.objects.get(slug=organisation)
    for role in roles:
        Membership.objects.create(user=user, organisation=body, role=role)
    return user


def merge(old: str = OLD, new: str = NEW, days: int = 1) -> None:
    pair = {
        "predecessor": Organisation.objects.get(slug=old),
        "successor": Organisation.objects.get(slug=new),
    }
    Succession.objects.create(**pair, date=timezone.localdate() - timedelta(days=days))


@dataclass(frozen=True)
class Scenario:
    """A thing of the old organisation: the fields it stands in, what only its people can do, its page."""

    fields: tuple[str, ...]
    make: Callable[[Any], tuple[Callable[[User], Any], str]]


def _refused_unless(allowed: Any) -> None:
    if not allowed:
        raise PermissionDenied


def _initiative(world):
    made = initiatives.post(OLD, VALUES, actor=world.old)
    deed = lambda user: initiatives.change(made, VALUES | {"title": "Anders"}, actor=user)  # noqa: E731
    return deed, made.get_absolute_url()


def _practice(world):
    content = PRACTICE | {"organisations": {"lead": [OLD]}}
    draft = practices.start(OLD, content, actor=world.old)
    deed = lambda user: practices.save(draft, content, actor=user, seen=draft.saved)  # noqa: E731
    return deed, f"/nl/praktijken/{draft.practice.slug}/voorbeeld"


def _facility(world):
    made = facilities.offer(OLD, FACILITY, actor=world.old)
    return lambda user: facilities.save(made, FACILITY, actor=user), made.get_absolute_url()


def _request(world):
    lab = facilities.offer(ELSEWHERE, FACILITY, actor=world.elsewhere)
    asked = facilities.ask(OLD, [lab], TEXTS, actor=world.old)
    enquiry = asked.enquiries.get()
    return lambda user: facilities.move(enquiry, "withdraw", actor=user), enquiry.get_absolute_url()


def _reuse(world):
    content = PRACTICE | {"organisations": {"lead": [ELSEWHERE]}}
    practice = practices.start(ELSEWHERE, content, actor=world.elsewhere).practice
    practice.versions.update(state="published", published=timezone.now())
    values = {"since": "2026-01", "outcome": "works", "how": "Zo.", "language": "nl"}
    practices.report_reuse(practice, OLD, values, actor=world.old)
    return lambda user: practices.report_reuse(practice, OLD, values, actor=user), practice.get_absolute_url()


def _form(world):
    content = {"title": {"nl": "Vragen", "en": "Questions"}, "sections": [], "outcomes": []}
    version = Instrument.objects.create(slug="i").versions.create(version="1", content=content)
    form = Form.objects.create(version=version, organisation=OLD, title="Toets", started_by=world.old)
    return lambda user: teamwork.move_form(form, "submit", actor=user), form.get_absolute_url()


def _plan(world):
    plan = teamwork.begin_plan(OLD, "Plan", actor=world.old)
    return lambda user: _refused_unless(teamwork.works_on(user, plan)), plan.get_absolute_url()


def _question(world):
    Question.objects.create(text="Mag dit?", email="a@example.invalid", organisation=OLD)
    deed = lambda user: _refused_unless(officer.asked_by(officer.officer_for(user)))  # noqa: E731
    return deed, "/nl/privacyfunctionaris"


def _agenda(world):
    edition = agenda.start_agenda(
        actor=world.old, name="Gemeente Oud", title="Agenda", language="nl", year=2026
    )
    values = {"title_nl": "Meten", "description_nl": "Kort.", "start": 2026, "end": 2026, "tentative": False}
    deed = lambda user: agenda.add_action(edition, actor=user, values=values, follows_up=[])  # noqa: E731
    return deed, edition.get_absolute_url()


def _design(world):
    text = {"title": {"nl": "Tol"}, "text": {"nl": "Van hout."}}
    draft = toys.start(OLD, "tol", text, actor=world.old)
    return lambda user: toys.save(draft, text, actor=user), "/nl/ontwerpen/tol/werk"


def _contact(asker: str, asked: str, verb: str):
    def make(world):
        contact = Contact.objects.create(asker=asker, asked=asked)
        Message.objects.create(contact=contact, organisation=asker, text="Hoe deden jullie dit?")
        return lambda user: initiatives.move_contact(contact, verb, actor=user), contact.get_absolute_url()

    return make


def _introduction(one: str, other: str):
    def make(world):
        made = Introduction.objects.create(one=one, other=other, reason="Samen", proposed_by=world.connector)
        return lambda user: circles.move(made, "accept", actor=user), made.get_absolute_url()

    return make


SCENARIOS = {
    "initiative": Scenario(("initiatives.Initiative.organisation",), _initiative),
    "practice": Scenario(("practices.Practice.organisation",), _practice),
    "practice done too": Scenario(("practices.Reuse.organisation",), _reuse),
    "facility": Scenario(("facilities.Facility.organisation",), _facility),
    "request": Scenario(("facilities.Request.organisation",), _request),
    "form": Scenario(("toolkit.Form.organisation",), _form),
    "plan": Scenario(("toolkit.Plan.organisation",), _plan),
    "question": Scenario(("helpdesk.Question.organisation",), _question),
    "agenda": Scenario(("agenda.Owner.slug",), _agenda),
    "design": Scenario(("toykind.Design.organisation",), _design),
    "contact asked": Scenario(("initiatives.Contact.asked",), _contact(ELSEWHERE, OLD, "accept")),
    "contact that asked": Scenario(
        ("initiatives.Contact.asker", "initiatives.Message.organisation"),
        _contact(OLD, ELSEWHERE, "withdraw"),
    ),
    "introduction": Scenario(("circles.Introduction.one",), _introduction(OLD, ELSEWHERE)),
    "introduced to": Scenario(("circles.Introduction.other",), _introduction(ELSEWHERE, OLD)),
}
# Who takes part or takes messages does so as a person: the tests below.
OF_PERSONS = {"circles.Member.organisation", "initiatives.ContactPerson.organisation"}


def test_every_field_that_names_an_organisation_is_in_a_scenario():
    named = [field for scenario in SCENARIOS.values() for field in scenario.fields]
    assert sorted([*named, *OF_PERSONS]) == sorted(references())


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_successor_takes_over_and_both_names_are_shown(name, world, client):
    deed, page = SCENARIOS[name].make(world)
    with pytest.raises(PermissionDenied):
        deed(world.new)
    merge()
    client.force_login(world.new)
    assert BOTH in client.get(page, HTTP_ACCEPT_LANGUAGE="nl").content.decode()
    deed(world.new)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_merger_to_come_gives_nothing_yet(name, world):
    deed, _page = SCENARIOS[name].make(world)
    merge(days=-1)
    with pytest.raises(PermissionDenied):
        deed(world.new)


@pytest.mark.parametrize("kind", ["initiative", "facility"])
def test_the_card_is_found_under_both_names_from_the_day_on(kind, world):
    SCENARIOS[kind].make(world)

    def codes() -> set[str]:
        facets = Card.objects.get(kind=kind).facets.filter(facet="organisation")
        return set(facets.values_list("code", flat=True))

    assert codes() == {OLD}
    merge()
    assert mergers.follow() == 1
    assert codes() == {OLD, NEW}
    assert mergers.follow() == 0


def test_the_old_one_is_asked_nothing_any_more(world, client):
    initiatives.be_contact(OLD, actor=world.old)
    initiatives.be_contact(NEW, actor=world.new)
    assert initiatives.contactable([OLD, NEW]) == {OLD, NEW}
    merge()
    assert initiatives.contactable([OLD, NEW]) == {NEW}
    assert initiatives.all_contactable() == [NEW]
    with pytest.raises(NotNowError, match="Gemeente Nieuw"):
        initiatives.ask(ELSEWHERE, OLD, "Hoe?", actor=world.elsewhere)
    with pytest.raises(NotNowError):
        circles.propose(OLD, ELSEWHERE, "Samen", actor=world.connector)
    with pytest.raises(PermissionDenied):
        initiatives.be_contact(OLD, actor=world.old)


def test_nothing_new_is_begun_under_the_old_name(world):
    merge()
    for begin in (
        lambda: initiatives.post(OLD, VALUES, actor=world.new),
        lambda: facilities.offer(OLD, FACILITY, actor=world.old),
        lambda: teamwork.begin_plan(OLD, "Plan", actor=world.new),
        lambda: practices.start(OLD, PRACTICE | {"organisations": {"lead": [OLD]}}, actor=world.new),
    ):
        with pytest.raises(PermissionDenied):
            begin()


def test_who_went_along_to_the_successor_stays_in_the_circle(world):
    values = {
        "title": "Kring", "language": "nl", "purpose": "Samen leren.", "challenge": "", "elsewhere": "",
        "private": False,
    }  # fmt: skip
    circle = circles.start(OLD, values, actor=world.old)
    merge()
    world.old.memberships.update(organisation=Organisation.objects.get(slug=NEW))
    assert circle_permissions.member_of(world.old, circle) is not None
    assert circles.let_go() == 0
    world.old.memberships.all().delete()
    assert circles.let_go() == 1


def test_mergers_follow_each_other_and_a_split_gives_to_both(world):
    merge(OLD, NEW, days=20)
    merge(NEW, ELSEWHERE, days=10)
    assert people.has_role(world.elsewhere, OLD, Role.EDITOR)
    assert set(people.people_with(OLD, Role.EDITOR)) == {world.old, world.new, world.elsewhere}
    assert people.standing().now(OLD) == [ELSEWHERE]
    Succession.objects.all().delete()
    merge(OLD, NEW)
    merge(OLD, ELSEWHERE)
    assert people.standing().now(OLD) == [ELSEWHERE, NEW]
    assert people.has_role(world.new, OLD, Role.EDITOR)
    assert people.has_role(world.elsewhere, OLD, Role.EDITOR)
    assert not people.has_role(world.new, ELSEWHERE, Role.EDITOR)


@pytest.mark.parametrize("address", ["/nl/faciliteiten/aanvragen", "/nl/initiatieven/contacten"])
def test_roles_and_mergers_are_read_once_in_a_request(address, world, client):
    SCENARIOS["facility"].make(world)
    merge()
    client.force_login(world.new)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    read = [query["sql"] for query in seen if query["sql"].startswith("SELECT")]
    assert sum('FROM "people_membership"' in sql for sql in read) == 1
    assert sum('FROM "people_succession"' in sql for sql in read) == 1
