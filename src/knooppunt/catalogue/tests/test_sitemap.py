# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sitemap: every card in both languages, never the whole table at once."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knooppunt.catalogue import services
from knooppunt.catalogue.sitemap import CardSitemap

pytestmark = pytest.mark.django_db


def addresses(client, page: str) -> list[str]:
    return re.findall(r"<loc>http://testserver(.*?)</loc>", client.get(page).content.decode())


def test_every_card_is_on_one_page_in_both_languages(client, make_toy, monkeypatch):
    monkeypatch.setattr(CardSitemap, "limit", 4)
    services.publish_many([make_toy(slug=f"t{i}") for i in range(5)])
    pages = addresses(client, "/sitemap.xml")
    assert pages == ["/sitemap-cards.xml", "/sitemap-cards.xml?p=2", "/sitemap-cards.xml?p=3"]
    found = [address for page in pages for address in addresses(client, page)]
    assert sorted(found) == sorted(f"/{lang}/speelgoed/t{i}" for i in range(5) for lang in ("nl", "en"))
    assert client.get("/sitemap-cards.xml?p=4").status_code == 404


def test_a_page_reads_its_own_cards_only(client, make_toy, monkeypatch):
    monkeypatch.setattr(CardSitemap, "limit", 4)
    services.publish_many([make_toy() for _ in range(20)])
    with CaptureQueriesContext(
        connection,
    ) as index:
        client.get("/sitemap.xml")
    assert all("COUNT" in q["sql"] or "MAX" in q["sql"] for q in index.captured_queries)
    with CaptureQueriesContext(connection) as page:
        client.get("/sitemap-cards.xml?p=3")
    assert all("COUNT" in q["sql"] or "LIMIT 2 OFFSET 4" in q["sql"] for q in page.captured_queries)


def test_a_hub_without_cards_has_a_sitemap_too(client):
    assert client.get("/sitemap.xml").status_code == 200
    assert client.get("/sitemap-cards.xml").status_code == 200
