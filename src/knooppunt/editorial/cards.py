# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kind of this app: a piece of news. Fixed pages are found by their links, not by search."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue import kinds
from knooppunt.catalogue.kinds import CardData, Kind, path
from knooppunt.editorial.models import NewsPage


def news_card(page: NewsPage) -> CardData:
    def text(value: str) -> kinds.Text:
        return kinds.Text(**{page.language: value})

    published = page.first_published_at
    return CardData(
        key=page.slug,
        url=path("editorial:news", page.slug),
        title=text(page.title),
        summary=text(page.summary),
        text=text(strip_tags(page.body.replace("><", "> <"))),
        language=page.language,
        starts=published.date() if published else None,
        ends=published.date() if published else None,
    )


def news_json_ld(page: NewsPage, language: str) -> dict[str, Any]:
    """schema.org NewsArticle."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{settings.PUBLIC_URL}{page.get_absolute_url()}",
        "headline": page.title,
        "abstract": page.summary,
        "inLanguage": page.language,
    }
    if page.first_published_at:
        data["datePublished"] = page.first_published_at.date().isoformat()
    return data


KINDS = (
    Kind(
        name="news",
        label=_("News"),
        label_plural=_("News"),
        icon="megaphone",
        model=NewsPage,
        card=news_card,
        find=lambda key: NewsPage.objects.live().filter(slug=key).first(),
        json_ld=news_json_ld,
        published=lambda: NewsPage.objects.live().iterator(),
    ),
)
