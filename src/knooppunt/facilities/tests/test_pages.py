# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages as people use them: forms give what the verbs need, and strangers find nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from knooppunt.facilities import services
from knooppunt.facilities.models import Enquiry, Facility, Output, Request
from knooppunt.facilities.tests.conftest import CBS, GOOD, TEXTS, slot


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"facilities:{name}", args=args), data)


def test_the_form_of_a_facility_keeps_its_policy_and_its_other_language(client, world):
    answer = post(
        client, world.first, "edit", world.lab.slug, organisation=CBS, language="en", title="Our lab",
        summary="Come and compute.", offers=["data"], audience=["provinces"], mode="remote", minimum_cell=10,
        dominance_n=2, dominance_k=85,
    )  # fmt: skip
    assert answer.status_code == 302
    lab = Facility.objects.get(pk=world.lab.pk)
    assert lab.content["title"] == {"nl": "Ons lab", "en": "Our lab"}
    assert lab.policy["dominance"] == {"n": 2, "k": 0.85}
    assert lab.policy["version"] == 2
    assert lab.content["not_reported"] == ["costs", "waiting", "conditions"]


def test_a_facility_is_offered_with_the_form(client, world):
    answer = post(
        client,
        world.first,
        "offer",
        organisation=CBS,
        language="nl",
        title="Nieuw",
        summary="Iets",
        mode="both",
    )
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert "Nieuw" in page.content.decode()


def test_who_edits_for_nobody_is_told_how_to(client, world):
    client.force_login(world.member)
    for name in ("offer", "ask"):
        answer = client.get(reverse(f"facilities:{name}"))
        assert answer.status_code == 403
        assert reverse("people:organisations") in answer.content.decode()


def test_the_whole_way_by_pages(client, world):
    answer = post(
        client, world.asker, "ask", organisation="gemeente-breda",
        facilities=[world.lab.slug, world.elsewhere.slug],
        **{k: v for k, v in TEXTS.items() if k != "language"},
    )  # fmt: skip
    assert answer.status_code == 302
    enquiry = Request.objects.get().enquiries.get(facility=world.lab)
    assert post(client, world.other, "move", enquiry.pk, "accept", note="x").status_code == 404
    assert post(client, world.first, "move", enquiry.pk, "accept", note="Neem iets mee").status_code == 302
    assert post(client, world.asker, "move", enquiry.pk, "agree").status_code == 302
    time = slot(world.lab)
    post(client, world.asker, "book", enquiry.pk, slot=time.pk)
    assert enquiry.bookings.count() == 1
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        made = client.get(reverse("facilities:agreement", args=[enquiry.pk, form]))
        assert made.content.startswith(start)
    file = SimpleUploadedFile("tabel.csv", GOOD)
    answer = post(client, world.asker, "upload", enquiry.pk, file=file, context="Per wijk")
    output = Output.objects.get()
    assert answer.url == reverse("facilities:output", args=[output.pk])
    assert client.get(reverse("facilities:released", args=[output.pk])).status_code == 404
    assert client.get(reverse("facilities:uploaded", args=[output.pk])).status_code == 403
    assert post(client, world.first, "decide", output.pk, "approve", note="gezien").status_code == 302
    assert post(client, world.second, "decide", output.pk, "approve", note="gezien").status_code == 302
    client.force_login(world.asker)
    copy = client.get(reverse("facilities:released", args=[output.pk]))
    assert b"".join(copy.streaming_content).startswith(b"PK")
    assert "attachment" in copy["Content-Disposition"]
    assert client.get(reverse("facilities:record", args=[output.pk])).json()["state"] == "released"
    post(client, world.first, "use", enquiry.pk, day="2026-01-05", hours="4", what="rekenkracht")
    post(client, world.first, "move", enquiry.pk, "finish")
    post(client, world.asker, "review", enquiry.pk, verdict="good", text="Goed geholpen")
    assert "Goed geholpen" in client.get(world.lab.get_absolute_url()).content.decode()
    assert "Ons lab" in client.get(reverse("facilities:together")).content.decode()
    assert client.get(reverse("facilities:together-csv")).status_code == 200


@pytest.mark.parametrize("who", ["member", "other", None])
def test_strangers_find_no_enquiry_and_no_output(client, world, agreed, who):
    output = services.upload(agreed, "t.csv", GOOD, "Per wijk", actor=world.asker)
    if who:
        client.force_login(getattr(world, who))
    expected = 404 if who else 302
    assert client.get(reverse("facilities:enquiry", args=[agreed.pk])).status_code == expected
    assert client.get(output.get_absolute_url()).status_code == expected
    assert client.get(reverse("facilities:uploaded", args=[output.pk])).status_code == expected


def test_a_facility_sees_its_own_enquiry_only(client, world, asked):
    client.force_login(world.other)
    page = client.get(asked.get_absolute_url()).content.decode()
    own = Enquiry.objects.get(request=asked, facility=world.elsewhere)
    others = Enquiry.objects.get(request=asked, facility=world.lab)
    assert own.get_absolute_url() in page
    assert others.get_absolute_url() not in page


def test_what_is_no_table_is_told_at_the_field(client, world, agreed):
    file = SimpleUploadedFile("x.csv", b"\x7fELF\x00\x00")
    answer = post(client, world.asker, "upload", agreed.pk, file=file, context="x")
    assert answer.status_code == 422
    assert "geen tabel" in answer.content.decode()


def test_times_are_given_every_week_and_removed_when_free(client, world):
    starts = f"{timezone.localtime() + timedelta(days=7):%Y-%m-%dT09:00}"
    post(client, world.first, "slots", world.lab.slug, starts=starts, hours=8, places=2, weeks=3)
    assert world.lab.slots.count() == 3
    time = world.lab.slots.first()
    assert post(client, world.other, "remove-slot", world.lab.slug, time.pk).status_code == 403
    assert post(client, world.first, "remove-slot", world.lab.slug, time.pk).status_code == 302
    assert world.lab.slots.count() == 2


@pytest.mark.parametrize("starts", ["9999-12-31T23:00", "0001-01-01T00:00"])
def test_a_time_that_no_calendar_has_is_told(client, world, starts):
    given = {"starts": starts, "hours": 8, "places": 2, "weeks": 3}
    assert post(client, world.first, "slots", world.lab.slug, **given).status_code == 422
    assert not world.lab.slots.exists()
