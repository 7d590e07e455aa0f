# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of organisations, who stands for whom since when, who is like whom, and their pages."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.people import queries
from knooppunt.people.alike import alike, distance
from knooppunt.people.loading import CONTENT, load_content, rows
from knooppunt.people.models import Organisation, Succession

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db):
    load_content()


def test_the_table_is_whole():
    table = rows(CONTENT / "organisations.csv")
    kinds = Counter(row["kind"] for row in table)
    assert (kinds["municipality"], kinds["province"], kinds["water_board"]) == (342, 12, 21)
    assert len({row["slug"] for row in table}) == len(table)
    provinces = {row["slug"] for row in table if row["kind"] == "province"}
    for row in table:
        assert re.fullmatch(r"(\d{20})?", row["oin"]), row["slug"]
        if row["kind"] == "municipality":
            assert row["parent"] in provinces, row["slug"]
            assert re.fullmatch(r"gm\d{4}", row["code"])
            assert 1 <= int(row["urbanity"]) <= 5
            assert 50.7 < float(row["latitude"]) < 53.6
            assert 3.3 < float(row["longitude"]) < 7.3


def test_codes_are_those_of_the_official_list(shared):
    with (shared / "data/cases/01-geo/Gemeenten.csv").open(encoding="utf-8-sig") as file:
        official = {row["org_id"] for row in csv.DictReader(file, delimiter=";")}
    assert {r["code"] for r in rows(CONTENT / "organisations.csv") if r["kind"] == "municipality"} == official


def test_every_municipality_of_2020_leads_to_what_stands_today(shared, loaded):
    with (shared / "data/cases/01-geo/gemeenten-2020.csv").open(encoding="utf-8-sig") as file:
        codes = [row["GemeentecodeGM"].lower() for row in csv.DictReader(file)]
    assert len(codes) == 355
    for code in codes:
        today = queries.current(code)
        assert today, code
        assert all(not queries.ended(o) and o.inhabitants for o in today)


def test_loading_again_changes_nothing(loaded):
    lines = AuditLine.objects.count()
    assert load_content().endswith("written: 0")
    assert AuditLine.objects.count() == lines
    assert Card.objects.filter(kind="organisation").count() == Organisation.objects.count()


def test_a_changed_row_changes_its_card(loaded):
    Organisation.objects.filter(slug="gemeente-breda").update(name_nl="Oude naam")
    assert load_content().endswith("written: 1")
    assert Card.objects.get(kind="organisation", key="gemeente-breda").title_nl == "Gemeente Breda"


def test_a_merger_over_two_steps_and_a_split(loaded):
    assert [o.slug for o in queries.current("gm0457")] == ["gemeente-amsterdam"]
    assert [o.slug for o in queries.current("gemeente-haaren")] == [
        *("gemeente-boxtel", "gemeente-oisterwijk", "gemeente-tilburg", "gemeente-vught"),
    ]
    amsterdam = queries.organisation("gemeente-amsterdam")
    later = Organisation.objects.create(slug="metropool", kind="municipality", name_nl="M", name_en="M")
    Succession.objects.create(predecessor=amsterdam, successor=later, date=date(2025, 1, 1))
    assert [o.slug for o in queries.current("GM0457")] == ["metropool"]
    assert queries.current("gm0000") == []
    assert queries.current("") == []


def test_a_merger_of_tomorrow_has_not_happened(organisation, elsewhere):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Succession.objects.create(predecessor=organisation, successor=elsewhere, date=tomorrow)
    assert queries.current("voorbeeldstad") == [organisation]
    assert not queries.ended(organisation)


def test_a_circle_of_successions_ends(organisation, elsewhere):
    for one, other in ((organisation, elsewhere), (elsewhere, organisation)):
        Succession.objects.create(predecessor=one, successor=other, date=date(2020, 1, 1))
    assert queries.current("voorbeeldstad") == []


def test_organisations_like_yours_are_of_the_same_kind_and_size(loaded):
    breda = queries.organisation("gemeente-breda")
    found = alike(breda)
    assert len(found) == 5
    assert all(a.organisation.kind == "municipality" and a.why for a in found)
    assert [a.distance for a in found] == sorted(a.distance for a in found)
    assert all(50_000 < a.organisation.inhabitants < 500_000 for a in found)


@pytest.mark.parametrize(
    ("sizes", "urbanities", "expected"),
    [
        ((100, 100), (1, 1), 0.0),
        ((100, 400), (1, 1), 2.0),
        ((100, 100), (1, 5), 2.0),
        ((100, None), (1, 1), 1.0),
    ],
)
def test_distance_counts_doublings_and_steps(sizes, urbanities, expected):
    one, other = (Organisation(inhabitants=s, urbanity=u) for s, u in zip(sizes, urbanities, strict=True))
    assert distance(one, other) == distance(other, one) == expected


def test_the_page_tells_who_it_is_and_is_machine_readable(client, loaded):
    page = client.get("/nl/organisaties/gemeente-breda").content.decode()
    assert "Provincie Noord-Brabant" in page
    data = json.loads(re.search(r'application/ld\+json">(.+?)</script>', page).group(1))
    assert data["sameAs"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0758"
    ended = client.get("/en/organisaties/gemeente-weesp").content.decode()
    assert "another organisation stands in its place" in ended
    assert "Claim this page" not in ended


def test_the_list_filters_pages_and_downloads(client, loaded):
    page = client.get("/nl/organisaties", {"q": "dommel"}).content.decode()
    assert "Waterschap De Dommel" in page
    wrong = {"kind": "nonsense", "page": "9999", "q": "\x00"}
    assert client.get("/nl/organisaties", wrong).status_code == 200
    empty = client.get("/nl/organisaties?q=zzzz").content.decode()
    assert "kies alle soorten" in empty
    text = client.get("/nl/organisaties.csv", {"kind": "province"}).content.decode("utf-8-sig")
    table = list(csv.reader(text.splitlines(), delimiter=";"))
    assert len(table) == 13
    assert table[0][0] == "Naam"


def test_the_number_of_queries_does_not_grow_with_the_list(client, loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/nl/organisaties")
