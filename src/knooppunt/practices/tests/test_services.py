# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs: what they change, what anyone sees of it, and what stays when they are refused."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.models import AuditLine, Card, OutboxLine, Relation, ScheduledMove, Tombstone
from knooppunt.jobs.models import Letter
from knooppunt.practices import letters, moves, policies, retention, services
from knooppunt.practices.models import Comment, PastSave, Practice, Step, Version
from knooppunt.practices.states import State
from knooppunt.practices.tests.conftest import BREDA, CONTENT, GOUDA, carry


def change(version: Version, **fields) -> dict:
    return deepcopy(version.content) | fields


def facets(name: str) -> set[str]:
    return set(Card.objects.get(kind="practice").facets.filter(facet=name).values_list("code", flat=True))


def told() -> list[str]:
    """Who has mail waiting, and clear it."""
    found = sorted(Letter.objects.values_list("to", flat=True))
    Letter.objects.all().delete()
    return [address.partition("@")[0] for address in found]


def test_a_draft_is_nobodys_but_the_organisations(world, draft):
    assert not Card.objects.filter(kind="practice").exists()
    assert not OutboxLine.objects.exists()
    assert draft.content["not_reported"][:2] == ["approach", "data"]
    assert AuditLine.objects.filter(action="start practice", actor=world.writer).count() == 1


def test_who_writes_for_another_organisation_starts_nothing(world):
    with pytest.raises(PermissionDenied):
        services.start(GOUDA, CONTENT, actor=world.writer)
    assert not Practice.objects.exists()


def test_the_whole_way_to_publication(world, draft):
    services.move(draft, "submit", actor=world.writer)
    assert told() == ["reader", "steward"]
    services.move(draft, "accept", actor=world.reader)
    assert told() == ["administrator", "hub", "writer"]
    version = services.move(draft, "publish", actor=world.hub)
    assert told() == ["writer"]
    card = Card.objects.get(kind="practice")
    assert (card.title_nl, card.url) == ("Schulden eerder zien", "/praktijken/schulden-eerder-zien")
    assert (card.place, card.language) == ("Breda", "nl")
    assert facets("challenge") == {"poverty-debt"}
    assert Relation.objects.filter(type="solves", target_kind="challenge", target_key="poverty-debt").exists()
    assert [s.verb for s in version.steps.all()] == ["submit", "accept", "publish"]
    assert version.review_due == moves.months_later(timezone.localdate(), 12)
    assert AuditLine.objects.filter(kind="practice", action="publish", actor=world.hub).exists()


def test_changes_asked_go_back_with_their_reason(world, draft):
    carry(draft, world, "submit")
    told()
    version = services.move(draft, "ask-changes", actor=world.reader, note="Noem de wet.")
    assert version.state == State.DRAFT
    assert "Noem de wet." in Letter.objects.get(to="writer@example.invalid").body
    assert Step.objects.filter(verb="ask-changes", note="Noem de wet.").exists()


def test_what_is_public_stays_while_a_new_version_is_written(world, published):
    version = services.new_version(published, actor=world.writer)
    content = change(version, title={"nl": "Nieuw"}, challenges=["skills"])
    content["organisations"]["partners"] = [GOUDA]
    services.save(version, content, actor=world.writer, seen=1)
    carry(version, world, "submit", "accept")
    assert Card.objects.get(kind="practice").title_nl == "Schulden eerder zien"
    assert facets("challenge") == {"poverty-debt"}
    assert facets("organisation") == {BREDA}
    carry(version, world, "publish")
    assert Card.objects.get(kind="practice").title_nl == "Nieuw"
    assert facets("challenge") == {"skills"}
    assert facets("organisation") == {BREDA, GOUDA}
    states = dict(published.versions.values_list("number", "state"))
    assert states == {1: State.REPLACED, 2: State.PUBLISHED}


def test_a_second_new_version_is_the_same_one(world, published):
    first = services.new_version(published, actor=world.writer)
    assert services.new_version(published, actor=world.reader) == first


def test_the_database_itself_holds_one_open_and_one_standing_version(published):
    for state in (State.PUBLISHED, State.REVIEW_DUE, State.WITHDRAWN):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.create(practice=published, number=9, state=state, changed=timezone.now())
    Version.objects.create(practice=published, number=9, changed=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(practice=published, number=10, state=State.SUBMITTED, changed=timezone.now())


def test_a_save_on_an_old_text_loses_nothing(world, draft):
    services.save(draft, change(draft, stage="in_use"), actor=world.writer, seen=1)
    services.leave(draft, actor=world.writer)
    with pytest.raises(policies.SavedMeanwhileError) as caught:
        services.save(draft, change(draft, stage="ended"), actor=world.reader, seen=1)
    assert caught.value.version.changed_by == world.writer
    assert Version.objects.get().content["stage"] == "in_use"
    services.save(draft, change(draft, stage="ended"), actor=world.reader, seen=2)
    assert Version.objects.get().content["stage"] == "ended"
    assert [(s.number, s.content["stage"], s.author) for s in PastSave.objects.all()] == [
        (2, "in_use", world.writer),
        (1, "pilot", world.writer),
    ]


def test_who_writes_has_the_text_for_a_while(world, draft):
    services.begin(draft, actor=world.writer)
    with pytest.raises(policies.LockedError):
        services.begin(draft, actor=world.reader)
    with pytest.raises(policies.LockedError):
        services.save(draft, change(draft), actor=world.reader, seen=1)
    Version.objects.update(locked_at=timezone.now() - policies.LOCK - timedelta(seconds=1))
    services.begin(draft, actor=world.reader)
    services.leave(draft, actor=world.writer)
    assert Version.objects.get().locked_by == world.reader
    services.leave(draft, actor=world.reader)
    services.begin(draft, actor=world.writer)


@pytest.mark.parametrize("state", [s for s in State if s != State.DRAFT])
def test_only_a_draft_is_written_in(world, draft, state):
    Version.objects.update(state=state)
    with pytest.raises(policies.NotNowError):
        services.save(draft, change(draft), actor=world.writer, seen=1)
    assert not PastSave.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": {}},
        {"title": {"nl": "x" * 401}},
        {"challenges": []},
        {"stage": "klaar"},
        {"problem": {"nl": "x" * 8001}},
        {"problem": {"de": "Problem"}},
        {"data": [{"name": {"nl": "x"}}]},
        {"secret": {"nl": "x"}},
    ],
)
def test_what_is_no_practice_is_not_saved(world, draft, wrong):
    with pytest.raises(ContentError):
        services.save(draft, change(draft, **wrong), actor=world.writer, seen=1)
    assert Version.objects.get().saved == 1


def test_publication_on_a_date_goes_through_the_same_verb(world, draft):
    due = timezone.now() + timedelta(days=2)
    carry(draft, world, "submit", "accept")
    services.move(draft, "schedule", actor=world.hub, due=due)
    assert ScheduledMove.objects.get().due == due
    assert catalogue.make_due_moves(now=due - timedelta(minutes=1)) == 0
    assert not Card.objects.filter(kind="practice").exists()
    assert catalogue.make_due_moves(now=due) == 1
    version = Version.objects.get()
    assert (version.state, version.publish_at) == (State.PUBLISHED, None)
    assert Card.objects.filter(kind="practice").exists()
    assert not ScheduledMove.objects.exists()
    assert [s.verb for s in version.steps.all()] == ["submit", "accept", "schedule", "publish"]


def test_a_date_taken_off_is_off(world, draft):
    carry(draft, world, "submit", "accept")
    services.move(draft, "schedule", actor=world.hub, due=timezone.now() + timedelta(days=1))
    services.move(draft, "unschedule", actor=world.hub)
    assert not ScheduledMove.objects.exists()
    assert Version.objects.get().state == State.ACCEPTED


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_date_lies_ahead_but_not_too_far(world, draft, days):
    carry(draft, world, "submit", "accept")
    with pytest.raises(policies.NotNowError):
        services.move(draft, "schedule", actor=world.hub, due=timezone.now() + timedelta(days=days))


def test_a_date_survives_what_happens_to_the_standing_version(world, published):
    due = timezone.now() + timedelta(days=3)
    version = services.new_version(published, actor=world.writer)
    carry(version, world, "submit", "accept")
    services.move(version, "schedule", actor=world.hub, due=due)
    services.report_reuse(published, GOUDA, REUSE, actor=world.neighbour)
    assert ScheduledMove.objects.get().due == due
    services.move(published.versions.get(number=1), "withdraw", actor=world.writer, note="fout")
    assert ScheduledMove.objects.get().due == due
    assert catalogue.make_due_moves(now=due) == 1
    assert dict(published.versions.values_list("number", "state")) == {1: "replaced", 2: "published"}


def test_withdrawn_is_gone_with_its_reason_and_can_come_back(world, published):
    services.move(published.versions.get(), "withdraw", actor=world.writer, note="Het klopt niet meer.")
    assert not Card.objects.filter(kind="practice").exists()
    assert Tombstone.objects.get().reason_nl == "Het klopt niet meer."
    services.move(published.versions.get(), "publish", actor=world.hub)
    assert Card.objects.filter(kind="practice").exists()
    assert not Tombstone.objects.exists()


def test_when_the_day_has_come_the_keepers_are_asked_and_asked_again(world, published):
    told()
    today = timezone.localdate()
    Version.objects.update(review_due=today)
    assert moves.fall_due() == 1
    assert moves.fall_due() == 0
    assert told() == ["reader", "writer"]
    assert Version.objects.get().state == State.REVIEW_DUE
    assert Card.objects.filter(kind="practice").exists()
    assert letters.remind() == 0
    Version.objects.update(review_due=today - timedelta(days=31))
    assert letters.remind() == 1
    assert letters.remind() == 0
    assert told() == ["reader", "writer"]
    version = services.move(published.versions.get(), "confirm", actor=world.writer)
    assert version.review_due > today


def test_comments_are_for_who_works_on_it(world, draft):
    services.comment(draft, "Welke wet?", actor=world.steward, field="legal_ground")
    services.comment(draft, "Mooi", actor=world.hub)
    with pytest.raises(PermissionDenied):
        services.comment(draft, "Ik ook", actor=world.neighbour)
    services.resolve(Comment.objects.first(), actor=world.writer)
    assert list(Comment.objects.values_list("text", "done")) == [("Welke wet?", True), ("Mooi", False)]


REUSE = {"since": "2026-03", "outcome": "partly", "how": "Wij deden het anders.", "language": "nl"}


def test_another_organisation_tells_once_how_it_went(world, published):
    services.report_reuse(published, GOUDA, REUSE, actor=world.neighbour)
    services.report_reuse(published, GOUDA, REUSE | {"outcome": "worked"}, actor=world.neighbour)
    assert list(published.reuses.values_list("organisation", "outcome")) == [(GOUDA, "worked")]
    assert facets("reused") == {"yes"}
    with pytest.raises(PermissionDenied):
        services.report_reuse(published, BREDA, REUSE, actor=world.writer)
    with pytest.raises(PermissionDenied):
        services.report_reuse(published, GOUDA, REUSE, actor=world.writer)


def test_nothing_is_told_of_what_is_not_public(world, draft):
    with pytest.raises(policies.NotNowError):
        services.report_reuse(draft.practice, GOUDA, REUSE, actor=world.neighbour)


def test_who_offers_help_can_stop(world, published):
    services.offer_contact(published, actor=world.writer)
    services.offer_contact(published, actor=world.writer)
    assert published.contacts.count() == 1
    services.stop_contact(published, actor=world.writer)
    assert published.contacts.count() == 0
    with pytest.raises(PermissionDenied):
        services.offer_contact(published, actor=world.neighbour)


def test_an_account_that_goes_leaves_the_text_and_takes_the_name(world, published):
    services.offer_contact(published, actor=world.writer)
    version = services.new_version(published, actor=world.writer)
    services.comment(version, "Van mij", actor=world.writer)
    own = json.loads(json.dumps(retention.own_data(world.writer)))
    assert own["comments"][0]["text"] == "Van mij"
    assert own["contactFor"] == ["schulden-eerder-zien"]
    world.writer.delete()
    assert Version.objects.filter(changed_by=None).count() == 2
    assert Comment.objects.get().author is None
    assert published.contacts.count() == 0


def test_what_was_only_for_working_goes_after_a_year(world, draft):
    services.save(draft, change(draft), actor=world.writer, seen=1)
    services.comment(draft, "Klein punt", actor=world.reader)
    services.move(draft, "drop", actor=world.writer)
    assert retention.forget() == 0
    Version.objects.update(changed=timezone.now() - timedelta(days=366))
    retention.forget()
    assert not Version.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-25", 6, "2027-05-25"),
        ("2026-12-31", 24, "2028-12-31"),
    ],
)
def test_months_later(day, months, later):
    from datetime import date

    assert moves.months_later(date.fromisoformat(day), months) == date.fromisoformat(later)
