# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages, feeds and addresses of the catalogue, and what people and machines throw at them."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.catalogue import indexing, queries, services
from knooppunt.catalogue.kinds import Text

User = get_user_model()
pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>", "'; DROP TABLE catalogue_card; --", "../../../etc/passwd", "%00", "\x00",
    "\ud83d", "{{ 7*7 }}", "${7*7}", "a" * 100_000, "🏛️ " * 500, "\u202egnp.exe", "* OR *:*", "(x", '"',
    "\\", "1e999", "-1", "javascript:alert(1)", "\r\nSet-Cookie: a=b", "?q=1&q=2", "NULL", "٣", "𝟙", "\u0130",
]  # fmt: skip


def body(response) -> str:
    return response.content.decode()


@pytest.fixture
def published(make_toy):
    toys = [make_toy(slug=f"t{i}", name_nl=f"Speelgoed {i}", text="over schulden") for i in range(25)]
    services.publish_many(toys)
    indexing.ensure()
    return toys


def test_the_root_leads_to_the_readers_language(client):
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="en-GB").url == "/en/"
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="nl").url == "/nl/"


def test_home_asks_the_question_and_shows_what_is_new(client, published):
    page = body(client.get("/nl/"))
    assert "Welk probleem wilt u oplossen met data?" in page
    assert "Speelgoed 24" in page


def test_home_of_an_empty_hub_says_what_to_do(client):
    assert "knooppunt load" in body(client.get("/nl/"))


def test_search_pages_and_keeps_its_state(client, published):
    page = body(client.get("/nl/zoeken?q=schulden&colour=red"))
    assert "25 resultaten" in page
    assert 'href="?q=schulden&amp;colour=red&amp;page=2"' in page
    assert "Speelgoed" in body(client.get("/nl/zoeken?q=schulden&colour=red&page=2"))


def test_a_page_beyond_the_last_leads_to_the_last(client, published):
    answer = client.get("/nl/zoeken?q=schulden&colour=red&page=400")
    assert answer.url == "/nl/zoeken?q=schulden&colour=red&page=2"
    assert "<article" in body(client.get(answer.url))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["/nl/zoeken", "/en/kaart", "/nl/zoeken.atom"])
def test_hostile_searches_get_an_answer(client, published, path, text):
    for parameter in ("q", "kind", "colour", "year", "page", "sort"):
        response = client.get(path, {parameter: text.encode("utf-8", "replace").decode()})
        assert response.status_code == 200
        assert "<script>alert(1)" not in body(response)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.binary(max_size=200))
def test_any_query_string_gets_an_answer(client, query):
    assert client.get("/nl/zoeken", QUERY_STRING=query.decode("latin-1")).status_code in (200, 400)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_address_gets_a_page_of_ours(client, path):
    assert client.get("/nl/" + path).status_code in (200, 301, 302, 404, 405)


def test_the_canonical_query_string_is_a_fixed_point():
    from django.http import QueryDict

    text = "q=een+twee&colour=red&colour=blue&kind=toy&sort=newest&page=7&utm=x"
    once = queries.read(QueryDict(text)).parameters()
    assert (
        queries.read(QueryDict(once)).parameters()
        == once
        == "q=een+twee&kind=toy&colour=blue&colour=red&sort=newest"
    )


def test_a_page_answers_410_after_withdrawal(client, make_toy):
    toy = make_toy(slug="bal", name_nl="Voetbal")
    services.publish(toy)
    assert client.get("/nl/speelgoed/bal").status_code == 200
    services.withdraw(toy, reason=Text("De bal is lek.", "The ball leaks."))
    dutch, english = client.get("/nl/speelgoed/bal"), client.get("/en/speelgoed/bal")
    assert (dutch.status_code, english.status_code) == (410, 410)
    assert "De bal is lek." in body(dutch)
    assert "The ball leaks." in body(english)
    assert client.get("/nl/speelgoed/nooit-geweest").status_code == 404


def test_the_page_of_a_withdrawn_thing_marks_the_other_language_and_escapes(client, make_toy):
    toy = make_toy(slug="bal", name_nl="<b>Bal</b>", name_en="")
    services.publish(toy)
    services.withdraw(toy)
    page = body(client.get("/en/speelgoed/bal"))
    assert '<span lang="nl">&lt;b&gt;Bal&lt;/b&gt;</span>' in page


def test_a_new_kind_has_everything_without_the_catalogue_knowing_it(client, make_toy):
    """One folder and one settings line: search, facet, page, relations, feed, map, sitemap, JSON-LD."""
    services.publish(make_toy(slug="pop", name_nl="Pop"))
    services.publish(make_toy(slug="bal", name_nl="Voetbal", friend="pop", latitude=52.1, longitude=5.1))
    indexing.ensure()
    assert "Voetbal" in body(client.get("/nl/zoeken?q=voetbal&colour=red"))
    page = body(client.get("/nl/speelgoed/bal"))
    assert "houdt verband met" in page
    assert "/nl/speelgoed/pop" in page
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(data[1])["name"] == "Voetbal"
    assert "verwijst hierheen" in body(client.get("/nl/speelgoed/pop"))
    assert "<title>Voetbal</title>" in body(client.get("/nl/zoeken.atom?q=voetbal"))
    assert "Utrecht" in body(client.get("/nl/kaart"))
    assert "/nl/speelgoed/bal" in body(client.get("/sitemap-cards.xml"))
    assert "Toys (2)" in body(client.get("/nl/"))


def test_the_catalogue_names_no_kind():
    """The catalogue's code knows no kind by name."""
    from pathlib import Path

    import knooppunt.catalogue
    from knooppunt.catalogue.kinds import kinds
    from knooppunt.catalogue.queries import COMMON_FACETS

    names = {kind.name for kind in kinds} - set(COMMON_FACETS)  # a facet may be called as a kind is
    for file in Path(knooppunt.catalogue.__file__).parent.glob("*.py"):
        for word in re.findall(r"""["']([a-z-]+)["']""", file.read_text(encoding="utf-8")):
            assert word not in names, f"{file.name} names the kind {word}"


def test_text_of_others_cannot_become_markup(client, make_toy):
    nasty = "</script><img src=x onerror=alert(1)>"
    services.publish(make_toy(slug="bal", name_nl=nasty, text=nasty, latitude=52.1, longitude=5.1))
    indexing.ensure()
    for path in ("/nl/", "/nl/zoeken?q=onerror", "/nl/speelgoed/bal", "/nl/kaart", "/nl/zoeken.atom"):
        assert "<img src=x" not in body(client.get(path))


def test_feeds_are_atom_and_tell_what_was_withdrawn(client, make_toy):
    toy = make_toy(slug="bal")
    services.publish(toy)
    services.withdraw(toy)
    feed = client.get("/nl/zoeken.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert '<at:deleted-entry ref="http://testserver/id/toy/bal"' in body(feed)


def test_the_table_of_the_map_as_csv_holds_no_formulas(client, make_toy):
    services.publish(make_toy(slug="bal", name_nl='=HYPERLINK("x")', latitude=52.1, longitude=5.1))
    lines = body(client.get("/nl/kaart.csv")).splitlines()
    assert lines[0] == "place,latitude,longitude,kind,title,url"
    assert lines[1].startswith("Utrecht,52.1,5.1,toy,\"'=HYPERLINK")
    assert lines[1].endswith("http://testserver/nl/speelgoed/bal")


@pytest.mark.parametrize("path", ["/nl/", "/nl/zoeken?q=speelgoed", "/nl/speelgoed/t1"])
def test_the_number_of_queries_does_not_grow_with_the_cards(client, make_toy, path):
    def number() -> int:
        indexing.ensure()
        client.get(path)
        with CaptureQueriesContext(connection) as context:
            client.get(path)
        return len(context)

    services.publish_many([make_toy(slug=f"t{i}") for i in range(3)])
    few = number()
    services.publish_many([make_toy(slug=f"t{i}") for i in range(3, 60)])
    assert number() <= few


def test_following_needs_an_account_and_a_token(client, published):
    from django.test import Client

    assert client.post("/nl/volgen/kaartje", {"kind": "toy", "key": "t1"}).url.startswith("/nl/aanmelden")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_user("anna"))
    refused = strict.post("/nl/volgen/kaartje", {"kind": "toy", "key": "t1"})
    assert refused.status_code == 403
    assert "niet meer geldig" in body(refused)


def test_follow_and_stop(client, published):
    anna = User.objects.create_user("anna")
    client.force_login(anna)
    client.post("/nl/volgen/kaartje", {"kind": "toy", "key": "t1", "next": "/nl/speelgoed/t1"})
    assert "Stop met volgen" in body(client.get("/nl/speelgoed/t1"))
    client.post("/nl/volgen/zoekvraag", {"search": "q=schulden&page=3"})
    assert sorted(anna.follows.values_list("search", flat=True)) == ["", "q=schulden"]
    assert "schulden" in body(client.get("/nl/volgen"))
    for follow in anna.follows.all():
        client.post(f"/nl/volgen/{follow.pk}/stop")
    assert not anna.follows.exists()
    assert client.post("/nl/volgen/999/stop").status_code == 404


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, published, target):
    client.force_login(User.objects.create_user("anna"))
    response = client.post("/nl/volgen/kaartje", {"kind": "toy", "key": "t1", "next": target})
    assert response.url == "/nl/volgen"
