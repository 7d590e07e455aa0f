# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the verbs do, and what stays when they are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.facilities import outputs, queries, retention, services
from knooppunt.facilities.models import Booking, Facility, Output, Request, Slot
from knooppunt.facilities.tests.conftest import BREDA, CBS, CONTENT, GOOD, SMALL, TEXTS, slot
from knooppunt.jobs.models import Letter
from knooppunt.web.forms import NotNowError


def told() -> list[str]:
    return sorted(letter.to for letter in Letter.objects.all())


def test_a_facility_has_a_card_with_what_it_offers(world):
    card = Card.objects.get(kind="facility", key=world.lab.slug)
    facets = set(card.facets.values_list("facet", "code"))
    assert {
        ("offers", "people"),
        ("audience", "municipalities"),
        ("mode", "on_site"),
        ("organisation", CBS),
    } <= facets
    services.close(world.lab, actor=world.first)
    assert not Card.objects.filter(kind="facility", key=world.lab.slug).exists()


def test_the_content_comes_in_once(world):
    assert services.load_content().endswith("written: 5")
    assert services.load_content().endswith("written: 0")
    facility = Facility.objects.get(slug="datalab-rws")
    services.save(facility, facility.content | {"mode": "remote"}, actor=world.other)
    assert services.load_content().endswith("written: 0")
    facility.refresh_from_db()
    assert facility.content["mode"] == "remote"


def test_one_request_goes_to_many_and_each_is_told(world, asked):
    assert asked.enquiries.count() == 2
    assert told() == ["first@example.invalid", "other@example.invalid", "second@example.invalid"]
    assert AuditLine.objects.filter(action="ask facilities").count() == 1


def test_nobody_asks_for_another_organisation(world):
    for who in (world.member, world.first):
        with pytest.raises(PermissionDenied):
            services.ask(BREDA, [world.lab], TEXTS, actor=who)
    assert not Request.objects.exists()


def test_a_flood_of_requests_is_stopped(world):
    for _round in range(5):
        services.ask(BREDA, [world.lab], TEXTS, actor=world.asker)
    with pytest.raises(NotNowError):
        services.ask(BREDA, [world.lab], TEXTS, actor=world.asker)


def test_the_last_place_is_given_once(world, agreed):
    time = slot(world.lab)
    booking = services.book(agreed, time, actor=world.asker)
    again = services.ask(BREDA, [world.lab], TEXTS, actor=world.asker).enquiries.get()
    services.move(again, "accept", actor=world.first)
    services.move(again, "agree", actor=world.asker)
    with pytest.raises(NotNowError):
        services.book(again, time, actor=world.asker)
    Letter.objects.all().delete()
    services.cancel_booking(booking, actor=world.asker)
    assert told() == ["first@example.invalid", "second@example.invalid"]
    assert services.book(again, time, actor=world.asker).place == 1


def test_no_place_before_both_agree_or_in_the_past(world, enquiry, asked):
    time = slot(world.lab)
    with pytest.raises(NotNowError):
        services.book(enquiry, time, actor=world.asker)
    services.move(enquiry, "accept", actor=world.first)
    services.move(enquiry, "agree", actor=world.asker)
    with pytest.raises(NotNowError):
        services.book(enquiry, slot(world.lab, days=-1), actor=world.asker)
    with pytest.raises(NotNowError):
        services.book(enquiry, slot(world.elsewhere), actor=world.asker)
    assert not Booking.objects.exists()


def test_an_output_leaves_after_two_people_and_as_a_copy(world, agreed):
    output = services.upload(agreed, "../../t.csv", GOOD, "Per wijk", actor=world.asker)
    assert (output.name, output.report["status"]) == ("t.csv", "pass")
    services.decide(output, "approve", "Cellen groot genoeg", actor=world.first)
    output.refresh_from_db()
    assert output.state == "approved"
    assert not output.copy.exists()
    with pytest.raises(PermissionDenied):
        services.decide(output, "approve", "nog eens", actor=world.first)
    output = services.decide(output, "approve", "Ook gezien", actor=world.second)
    assert output.state == "released"
    (table,) = outputs.read_tables(output.copy)
    assert table.head == ["wijk", "aantal"]
    record = services.record(output)
    assert [d["decision"] for d in record["decisions"]] == ["approve", "approve"]
    assert "first" not in str(record)


def test_a_second_output_is_held_beside_the_first(world, agreed):
    first = services.upload(agreed, "maart.csv", GOOD, "Per wijk", actor=world.asker)
    services.decide(first, "approve", "gezien", actor=world.first)
    services.decide(first, "approve", "gezien", actor=world.second)
    later = services.upload(
        agreed, "april.csv", b"wijk;aantal\nNoord;123\nZuid;80\n", "Later", actor=world.asker
    )
    assert {c["check"]: c["status"] for c in later.report["checks"]}["differencing"] == "fail"


def test_a_small_cell_is_found_and_what_is_no_table_leaves_nothing(world, agreed, settings):
    assert services.upload(agreed, "t.csv", SMALL, "Per wijk", actor=world.asker).report["status"] == "fail"
    with pytest.raises(ValueError, match="tabel"):
        services.upload(agreed, "t.exe", b"MZ\x00\x01", "x", actor=world.asker)
    assert Output.objects.count() == 1
    assert len(list((settings.DATA / "facilities").iterdir())) == 1


def test_files_go_after_thirty_days_and_the_record_stays(world, agreed):
    output = services.upload(agreed, "t.csv", GOOD, "Per wijk", actor=world.asker)
    assert retention.forget() == 0
    services.decide(output, "refuse", "Toch niet", actor=world.first)
    Output.objects.update(decided=timezone.now() - timedelta(days=31))
    assert retention.forget() == 1
    output.refresh_from_db()
    assert output.files_removed
    assert not output.path.exists()
    assert services.record(output)["decisions"]


def test_a_policy_that_changes_has_a_new_version_and_an_output_keeps_its_own(world, agreed):
    output = services.upload(agreed, "t.csv", GOOD, "Per wijk", actor=world.asker)
    services.save(
        world.lab,
        CONTENT | {"output_policy": {"policy": "lab", "version": 2, "minimum_cell": 100}},
        actor=world.first,
    )
    output.refresh_from_db()
    assert output.policy["minimum_cell"] == 10


def test_when_the_work_is_finished_places_to_come_are_free_for_others(world, agreed):
    time, past = slot(world.lab), slot(world.lab, days=3)
    services.book(agreed, time, actor=world.asker)
    services.book(agreed, past, actor=world.asker)
    Slot.objects.filter(pk=past.pk).update(starts=timezone.now() - timedelta(days=1))
    services.move(agreed, "finish", actor=world.asker)
    assert list(Booking.objects.values_list("slot", flat=True)) == [past.pk]


def test_withdrawn_before_an_answer_is_counted_as_asked_and_not_as_answered(world, asked, agreed):
    services.move(asked.enquiries.get(facility=world.elsewhere), "withdraw", actor=world.asker)
    told = {f.slug: (f.asked, f.answered, f.accepted, f.finished) for f in queries.figures()}
    assert told == {world.lab.slug: (1, 1, 1, 0), world.elsewhere.slug: (1, 0, 0, 0)}


def test_what_waits_is_held_beside_what_left_meanwhile(world, agreed):
    """Two that are harmless alone: the second yes on one changes what the other gives away."""
    first = services.upload(agreed, "maart.csv", GOOD, "Per wijk", actor=world.asker)
    later = services.upload(
        agreed, "april.csv", b"wijk;aantal\nNoord;123\nZuid;80\n", "Later", actor=world.asker
    )
    assert later.report["status"] == "pass"
    services.decide(first, "approve", "gezien", actor=world.first)
    services.decide(first, "approve", "gezien", actor=world.second)
    later.refresh_from_db()
    assert later.report["status"] == "fail"
