# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges: loaded once, found, and their pages with map, tables and files."""

from __future__ import annotations

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knooppunt.catalogue.models import Card, FacetValue, Tombstone
from knooppunt.challenges import queries
from knooppunt.challenges.contentcheck import CONTENT
from knooppunt.challenges.loading import load_content
from knooppunt.challenges.models import Challenge
from knooppunt.people.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> Challenge:
    Organisation.objects.create(
        slug="cak", kind="agency", name_nl="CAK", name_en="CAK (English)", place="Den Haag",
        latitude=52.07, longitude=4.3,
    )  # fmt: skip
    load_content()
    return Challenge.objects.get(slug="poverty-debt")


def card(kind: str, key: str, *facets: tuple[str, str]) -> Card:
    made = Card.objects.create(
        kind=kind, key=key, url=f"/{kind}/{key}", title_nl=f"{kind} {key}",
        published="2026-01-01T00:00Z", updated="2026-01-01T00:00Z",
    )  # fmt: skip
    for facet, code in facets:
        value, _made = FacetValue.objects.get_or_create(
            facet=facet, code=code, defaults={"label_nl": code.upper(), "label_en": code}
        )
        made.facets.add(value)
    return made


def test_loading_twice_changes_nothing(loaded):
    assert load_content().endswith("written: 0")
    assert Card.objects.filter(kind="challenge").count() == Challenge.objects.count() == 9


def test_a_file_that_goes_takes_its_page_along(loaded, tmp_path, client):
    shutil.copytree(CONTENT, tmp_path / "content")
    (tmp_path / "content" / "manure.yaml").unlink()
    load_content(tmp_path / "content")
    assert not Challenge.objects.filter(slug="manure").exists()
    assert Tombstone.objects.filter(kind="challenge", key="manure").exists()
    assert client.get("/nl/opgaven/manure").status_code == 410


def test_what_names_the_challenge_or_its_subjects_stands_on_its_page(loaded, client):
    challenge = Challenge.objects.get(slug="skills")
    card("practice", "a", ("challenge", "skills"), ("organisation", "cak"))
    card("action", "b", ("theme", "data-labs"), ("organisation", "cak"), ("organisation", "ergens"))
    card("action", "c", ("theme", "privacy"))
    card("organisation", "cak", ("challenge", "skills"))
    assert set(queries.about(challenge).values_list("key", flat=True)) == {"a", "b"}
    assert [(w.slug, w.number, w.place) for w in queries.workers(challenge)] == [
        ("cak", 2, "Den Haag"),
        ("ergens", 1, ""),
    ]
    text = client.get("/nl/opgaven/skills").content.decode()
    assert "practice a" in text
    assert "action b" in text
    assert "action c" not in text
    assert 'href="#worker-cak"' in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_and_files_open_in_both_languages(loaded, client, language):
    card("practice", "a", ("challenge", "poverty-debt"), ("organisation", "cak"))
    for page in ("", "/poverty-debt"):
        assert client.get(f"/{language}/opgaven{page}").status_code == 200
    data = client.get(f"/{language}/opgaven/poverty-debt/data.csv").content.decode("utf-8-sig")
    assert ("CAK (English)" if language == "en" else "CAK") in data
    assert ("not reported" if language == "en" else "niet gemeld") in data
    who = client.get(f"/{language}/opgaven/poverty-debt/organisaties.csv").content.decode("utf-8-sig")
    assert ("52,07" if language == "nl" else "52.07") in who


@pytest.mark.parametrize("slug", ["nergens", "a" * 500, "%00"])
def test_what_is_no_challenge_is_not_found(loaded, client, slug):
    for page in ("", "/data.csv", "/organisaties.csv"):
        assert client.get(f"/nl/opgaven/{slug}{page}").status_code == 404


def test_a_page_costs_the_same_however_many_work_on_it(loaded, client):
    def cost() -> int:
        client.get("/nl/opgaven/poverty-debt")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/nl/opgaven/poverty-debt").status_code == 200
        return len(found)

    card("practice", "first", ("challenge", "poverty-debt"), ("organisation", "cak"))
    before = cost()
    for n in range(30):
        card("practice", f"p{n}", ("challenge", "poverty-debt"), ("organisation", f"o{n}"))
    assert cost() == before


def test_the_home_page_leads_to_the_challenges(loaded, client):
    text = client.get("/en/").content.decode()
    assert 'href="/en/opgaven/poverty-debt"' in text
