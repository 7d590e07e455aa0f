# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Initiatives and contacts: who may what, what becomes public, what goes, and what cannot be abused."""

from __future__ import annotations

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knooppunt.catalogue.models import AuditLine, Card, Relation, Tombstone
from knooppunt.initiatives import (
    api,
    contactstates,
    permissions,
    policies,
    retention,
    services,
    states,
    wording,
)
from knooppunt.initiatives.models import Contact, ContactPerson, Initiative
from knooppunt.initiatives.tests.conftest import BREDA, CBS, GOUDA, VALUES
from knooppunt.jobs.models import Letter
from knooppunt.practices.models import Practice
from knooppunt.web.forms import NotNowError


def card() -> Card:
    return Card.objects.get(kind="initiative")


@pytest.mark.parametrize("table", [states, contactstates])
def test_the_table_is_complete(table):
    """Every verb has a label, every state is reached, and each move has an owner."""
    assert all(verb.label for verb in table.FLOW.verbs.values())
    moves = [move for verb in table.FLOW.verbs.values() for move in verb.moves]
    assert all(move.parties for move in moves)
    assert set(wording.NEXT_STEP) == set(contactstates.State)
    reached = {move.target for move in moves} | {next(iter(table.State))}
    assert reached == set(table.State)


CELLS = product(states.FLOW, states.State, ["owner", "member", "other", "hub"])


def test_every_cell_of_who_may_move(world, initiative):
    for verb, state, who in CELLS:
        check_cell(world, initiative, verb, state, who)


def check_cell(world, initiative, verb, state, who):
    Initiative.objects.update(state=state)
    initiative.refresh_from_db()
    party = {"owner": states.Party.OWNER, "hub": states.Party.HUB}.get(who)
    move = states.FLOW.find(verb, state)
    allowed = move is not None and party in move.parties
    assert bool(permissions.may_move(getattr(world, who), initiative, verb)) is allowed
    if not allowed:
        with pytest.raises((PermissionDenied, NotNowError)):
            services.move(initiative, verb, actor=getattr(world, who), note="Omdat.")
        assert Initiative.objects.get().state == state


def test_what_is_posted_is_public_with_its_facets_and_without_its_people(world, initiative):
    found = card()
    facets = {(f.facet, f.code) for f in found.facets.all()}
    assert {("phase", "idea"), ("seeks", "data"), ("offers", "people"), ("organisation", BREDA)} <= facets
    assert "owner" not in str([getattr(found, f.name) for f in found._meta.concrete_fields])
    assert Relation.objects.filter(source_kind="initiative", target_key="poverty-debt").exists()
    assert AuditLine.objects.filter(kind="initiative", actor=world.owner).exists()


def test_only_editors_post_and_nobody_posts_in_bulk(world):
    with pytest.raises(PermissionDenied):
        services.post(BREDA, VALUES, actor=world.member)
    with pytest.raises(PermissionDenied):
        services.post(BREDA, VALUES, actor=world.other)
    for n in range(policies.POSTS_A_DAY):
        services.post(BREDA, VALUES | {"title": f"Nummer {n}"}, actor=world.owner)
    with pytest.raises(NotNowError):
        services.post(BREDA, VALUES | {"title": "Nog een"}, actor=world.owner)


def test_the_same_title_is_not_posted_twice(world, initiative):
    with pytest.raises(NotNowError):
        services.post(BREDA, VALUES | {"title": "SCHULDEN eerder zien"}, actor=world.owner)


def test_members_of_another_organisation_change_nothing(world, initiative):
    for who in (world.other, world.member, world.hub):
        with pytest.raises(PermissionDenied):
            services.change(initiative, VALUES | {"title": "Overgenomen"}, actor=who)
    assert Initiative.objects.get().title == VALUES["title"]


def test_what_stopped_keeps_its_lesson_in_public(world, initiative):
    with pytest.raises(NotNowError):
        services.move(initiative, "stop", actor=world.owner)
    services.move(initiative, "stop", actor=world.owner, note="De grond in de wet ontbrak.")
    assert "De grond in de wet ontbrak." in card().text_nl
    assert card().facets.get(facet="phase").code == "stopped"


def test_withdrawn_is_gone_with_a_tombstone(world, initiative):
    services.move(initiative, "withdraw", actor=world.hub, note="Reclame.")
    assert not Card.objects.filter(kind="initiative").exists()
    assert Tombstone.objects.get(kind="initiative").reason_nl == "Reclame."
    assert retention.forget() == 0
    Initiative.objects.update(changed=timezone.now() - retention.KEEP_WITHDRAWN * 2)
    assert retention.forget() > 0


def finished(world, initiative) -> Initiative:
    services.move(initiative, "start", actor=world.owner)
    return services.move(initiative, "finish", actor=world.owner, note="Begin met de grond in de wet.")


def test_what_is_done_becomes_a_practice_that_cites_both(world, initiative):
    services.be_contact(CBS, actor=world.cbs)
    contact = services.ask(
        BREDA, CBS, "Helpt u?", actor=world.owner, about=("organisation", CBS), initiative=initiative
    )
    services.move_contact(contact, "accept", actor=world.cbs)
    services.move_contact(contact, "finish", actor=world.owner, note="Samen gekoppeld.")
    done = finished(world, initiative)
    slug = services.make_practice(done, actor=world.owner)
    content = Practice.objects.get(slug=slug).open.content
    assert content["organisations"] == {"lead": [BREDA], "partners": [CBS]}
    urls = [link["url"] for link in content["links"]]
    assert any(url.endswith(f"/initiatieven/{initiative.slug}") for url in urls)
    assert any(url.endswith("/organisaties/cbs") for url in urls)
    assert content["again"]["nl"] == "Begin met de grond in de wet."
    assert Initiative.objects.get().state == states.State.FOLLOWED_UP
    assert Relation.objects.filter(source_kind="initiative", target_kind="practice", target_key=slug).exists()
    with pytest.raises(NotNowError):
        services.make_practice(done, actor=world.owner)


def test_what_is_not_done_becomes_no_practice(world, initiative):
    with pytest.raises(NotNowError):
        services.make_practice(initiative, actor=world.owner)
    with pytest.raises(PermissionDenied):
        services.make_practice(finished(world, initiative), actor=world.other)
    assert not Practice.objects.exists()


def test_an_organisation_without_a_contact_person_cannot_be_contacted(world):
    with pytest.raises(NotNowError):
        services.ask(BREDA, GOUDA, "Dag", actor=world.owner)
    assert not Letter.objects.exists()


def test_mail_goes_to_the_contact_person_and_shows_no_address(world, django_capture_on_commit_callbacks):
    services.be_contact(GOUDA, actor=world.other)
    contact = services.ask(BREDA, GOUDA, "Hoe deed u dat?", actor=world.owner)
    (letter,) = Letter.objects.all()
    assert letter.to == world.other.email
    assert "Hoe deed u dat?" in letter.body
    assert world.owner.email not in letter.body + letter.reply_to + letter.subject
    services.move_contact(contact, "accept", actor=world.other, note="Bel ons.")
    services.write(contact, "Dank u.", actor=world.owner)
    assert [one.to for one in Letter.objects.order_by("pk")] == [
        world.other.email,
        world.owner.email,
        world.other.email,
    ]


def test_taken_back_consent_is_over_at_once(world):
    services.be_contact(GOUDA, actor=world.other)
    assert services.contactable([GOUDA]) == {GOUDA}
    contact = services.ask(BREDA, GOUDA, "Dag", actor=world.owner)
    services.move_contact(contact, "accept", actor=world.other)
    Letter.objects.all().delete()
    services.stop_contact(GOUDA, actor=world.other)
    assert services.contactable([GOUDA]) == set()
    services.write(contact, "Bent u er nog?", actor=world.owner)
    assert not Letter.objects.exists()
    with pytest.raises(NotNowError):
        services.ask(BREDA, GOUDA, "Nog eens", actor=world.owner, about=("x", "y"))


def test_who_left_the_organisation_gets_no_more_mail(world):
    services.be_contact(GOUDA, actor=world.other)
    world.other.memberships.all().delete()
    assert services.contactable([GOUDA]) == set()
    assert not permissions.speaks_for(world.other, GOUDA)
    assert ContactPerson.objects.exists()  # comes back with the membership


def test_who_asked_and_left_the_organisation_gets_no_more_of_it(world):
    services.be_contact(GOUDA, actor=world.other)
    contact = services.ask(BREDA, GOUDA, "Mogen wij meekijken?", actor=world.owner)
    services.move_contact(contact, "accept", actor=world.other)
    assert world.owner.email in Letter.objects.values_list("to", flat=True)
    Letter.objects.all().delete()
    world.owner.memberships.all().delete()
    services.write(contact, "Kom dinsdag langs.", actor=world.other)
    assert not Letter.objects.exists()


def test_the_relay_cannot_mail_everyone(world):
    slugs = [
        "gemeente-gouda",
        "gemeente-utrecht",
        "gemeente-leiden",
        "gemeente-delft",
        "gemeente-zwolle",
        "cbs",
    ]
    from knooppunt.initiatives.tests.conftest import person

    for n, slug in enumerate(slugs):
        services.be_contact(slug, actor=person(f"p{n}", slug, "member"))
    for slug in slugs[: policies.CONTACTS_A_DAY]:
        services.ask(BREDA, slug, "Dag", actor=world.owner)
    with pytest.raises(NotNowError):
        services.ask(BREDA, slugs[-1], "Dag", actor=world.owner)
    assert Contact.objects.count() == policies.CONTACTS_A_DAY


def test_nobody_asks_twice_asks_themselves_or_asks_for_another(world):
    services.be_contact(GOUDA, actor=world.other)
    services.be_contact(BREDA, actor=world.owner)
    services.ask(BREDA, GOUDA, "Dag", actor=world.owner)
    for asker, asked in ((BREDA, GOUDA), (BREDA, BREDA)):
        with pytest.raises(NotNowError):
            services.ask(asker, asked, "Dag", actor=world.owner)
    with pytest.raises(PermissionDenied):
        services.ask(GOUDA, CBS, "Dag", actor=world.owner)
    with pytest.raises(PermissionDenied):
        services.ask(BREDA, GOUDA, "Dag", actor=world.member)


def test_every_cell_of_who_may_move_a_contact(world):
    who = ["owner", "other", "cbs", "hub"]
    for cell in product(contactstates.FLOW, contactstates.State, who):
        check_contact_cell(world, *cell)


def check_contact_cell(world, verb, state, who):
    contact = Contact.objects.create(asker=BREDA, asked=GOUDA, state=state)
    party = {"owner": contactstates.Party.ASKER, "other": contactstates.Party.ASKED}.get(who)
    move = contactstates.FLOW.find(verb, state)
    allowed = move is not None and party in move.parties
    assert bool(permissions.may_move_contact(getattr(world, who), contact, verb)) is allowed
    if not allowed:
        with pytest.raises((PermissionDenied, NotNowError)):
            services.move_contact(contact, verb, actor=getattr(world, who), note="Omdat.")


def test_export_and_import_bring_the_same_and_refuse_what_is_none(world, initiative):
    rows = list(api.export())
    Initiative.objects.all().delete()
    assert api.load(iter(rows)) == 1
    assert list(api.export()) == rows
    with pytest.raises(ValueError, match="withdrawn"):
        api.load(iter([rows[0] | {"state": "withdrawn"}]))
    with pytest.raises(ValueError, match="seeks"):
        api.load(iter([rows[0] | {"seeks": ["money"]}]))


def test_own_data_holds_what_a_person_did(world, initiative):
    services.be_contact(BREDA, actor=world.owner)
    data = retention.own_data(world.owner)
    assert data["initiatives"][0]["slug"] == initiative.slug
    assert data["contactFor"] == [BREDA]
    world.owner.delete()
    assert Initiative.objects.get().author is None
    assert not ContactPerson.objects.exists()
