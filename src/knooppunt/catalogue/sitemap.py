# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from knooppunt.catalogue.models import Card
from knooppunt.web.templatetags.knooppunt import in_language


class CardSitemap(Sitemap):
    """Every card in both languages, in pages of 25,000 addresses (the standard allows 50,000)."""

    i18n = True
    alternates = True
    x_default = True
    limit = 25_000

    def items(self) -> QuerySet[Card]:
        return Card.objects.only("url", "updated").order_by("pk")

    def location(self, card: Card) -> str:
        return in_language(card.url)

    def lastmod(self, card: Card) -> datetime:
        return card.updated
