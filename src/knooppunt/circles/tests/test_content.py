# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The circles that the source text names, how they travel, and how people take them over."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from knooppunt.catalogue.contentschema import texts
from knooppunt.catalogue.models import Card
from knooppunt.circles import api, services
from knooppunt.circles.contentcheck import CONTENT, load
from knooppunt.circles.models import Circle
from knooppunt.circles.tests.conftest import times
from knooppunt.initiatives.tests.conftest import GOUDA

FILES = sorted(CONTENT.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_a_circle_named_after_its_file_with_figures_of_the_source_only(file):
    data = load(file).data
    assert data["circle"] == file.stem
    words = " ".join(str(value) for _keys, text in texts(data) for value in text.values()).split()
    assert {word.strip(".,;:") for word in words if any(map(str.isdigit, word))} <= {"2019", "250"}


def test_a_circle_of_the_source_invites_and_begins_with_who_takes_part_first(world, client):
    assert services.load_content().endswith(f"written: {len(FILES)}")
    assert services.load_content().endswith("written: 0")
    circle = Circle.objects.get(slug="kennisplatform-big-data")
    page = client.get(f"/en/kringen/{circle.slug}").content.decode()
    assert "(Big) Data Knowledge Platform" in page
    assert "be the first, and it begins" in page
    assert "named in the source, does not take part here yet" in page
    services.join(circle, GOUDA, actor=world.other)
    assert circle.members.get(user=world.other).leads
    assert "be the first, and it begins" not in client.get(f"/en/kringen/{circle.slug}").content.decode()


def test_challenges_without_a_circle_are_named(world, circle, client):
    page = client.get("/en/kringen").content.decode()
    assert "opgave=manure" in page
    assert "opgave=poverty-debt" not in page


def test_out_and_in_again_is_the_same_without_members_notes_and_private_circles(world, circle, private):
    meeting = services.plan(circle, times(), actor=world.owner)
    services.write_notes(meeting, "Alleen voor ons.", actor=world.owner)
    rows = list(api.export())
    assert [row["slug"] for row in rows] == [circle.slug]
    assert "Alleen voor ons." not in str(rows)
    Circle.objects.all().delete()
    Card.objects.filter(kind="circle").delete()
    assert (api.load(iter(rows)), api.load(iter(rows))) == (1, 1)
    assert list(api.export()) == rows
    assert Card.objects.filter(kind="circle").count() == 1


def test_an_import_makes_no_private_circle_public_and_no_bad_meeting(world, circle, private):
    (row,) = api.export()
    with pytest.raises(ValueError, match="private circle"):
        api.load(iter([row | {"slug": private.slug}]))
    row["meetings"] = [
        {"title": "x", "place": "y", "places": None, "agenda": "", "cancelled": False, "revision": 1,
         "starts": "2027-01-01T10:00:00+00:00", "ends": "2027-01-01T09:00:00+00:00",
         "changed": "2027-01-01T09:00:00+00:00"}
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        api.load(iter([row]))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("translation", {"title": 1}),
        ("source", {"chapter": 1}),
        ("source", {"chapter": "1", "actions": "x"}),
        ("named", "bzk"),
    ],
)
def test_a_record_that_is_no_circle_is_named_and_refused(world, circle, name, value):
    (row,) = api.export()
    with pytest.raises(ValueError, match=name):
        api.load(iter([row | {name: value}]))


def test_the_api_shows_open_circles_with_their_meetings(world, circle, private, client):
    services.plan(circle, times(), actor=world.owner)
    found = client.get("/api/v1/circles").json()["items"]
    assert [one["id"] for one in found] == [circle.slug]
    assert found[0]["organisations"] == ["gemeente-breda"]
    assert found[0]["meetings"][0]["place"] == "Utrecht"
    assert client.get(f"/api/v1/circles/{private.slug}").status_code == 404
    assert client.get(f"/api/v1/circles/{circle.slug}").json()["title"] == circle.title
