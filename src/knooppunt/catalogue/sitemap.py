# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet

from knooppunt.catalogue.models import Card
from knooppunt.web.templatetags.knooppunt import in_language

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class InEveryLanguage(Sequence):
    """Pairs of card and language, read a page at a time: Django's own list would hold every card."""

    def __init__(self, cards: QuerySet[Card]) -> None:
        self._cards = cards

    def __len__(self) -> int:
        return self._cards.count() * len(LANGUAGES)

    def __getitem__(self, part: Any) -> list[tuple[Card, str]]:
        """A slice whose bounds are multiples of the number of languages, as those of pages are."""
        cards = self._cards[part.start // len(LANGUAGES) : part.stop // len(LANGUAGES)]
        return [(card, language) for card in cards for language in LANGUAGES]


class CardSitemap(Sitemap):
    """Every card in both languages, in pages of 5,000 addresses (the standard allows 50,000)."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5_000

    def items(self) -> QuerySet[Card]:
        return Card.objects.only("url", "updated").order_by("pk")

    def _items(self) -> Sequence[tuple[Card, str]]:
        return InEveryLanguage(self.items())

    def location(self, card: Card) -> str:
        return in_language(card.url)

    def lastmod(self, card: Card) -> datetime:
        return card.updated

    def get_latest_lastmod(self) -> datetime | None:
        return Card.objects.aggregate(latest=Max("updated"))["latest"]
