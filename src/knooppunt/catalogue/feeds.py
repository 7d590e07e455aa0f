# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Atom feeds: of any search, and of everything. What was withdrawn is told too (RFC 6721)."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import XMLGenerator

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.catalogue import finding, queries
from knooppunt.catalogue.models import Card, Tombstone
from knooppunt.web.templatetags.knooppunt import in_language

LENGTH = 50


class AtomWithTombstones(Atom1Feed):
    """Atom with `at:deleted-entry` elements for withdrawn cards."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return super().item_attributes(item) | {"xml:lang": item["language"]}

    def add_root_elements(self, handler: XMLGenerator) -> None:
        super().add_root_elements(handler)
        for stone in self.feed["tombstones"]:
            attributes = {"ref": identifier(stone.kind, stone.key), "when": rfc3339_date(stone.withdrawn)}
            handler.startElement("at:deleted-entry", attributes)
            handler.endElement("at:deleted-entry")


def identifier(kind: str, key: str) -> str:
    """A lasting name for a card, independent of its address."""
    return f"{settings.PUBLIC_URL}/id/{kind}/{key}"


def _address(page: str, search: queries.Search) -> str:
    parameters = search.parameters()
    return f"/{get_language()}/{page}" + (f"?{parameters}" if parameters else "")


class SearchFeed(Feed):
    """The newest cards that a search finds, newest first."""

    feed_type = AtomWithTombstones
    author_name = "Knooppunt"

    def get_object(self, request: HttpRequest) -> queries.Search:
        return queries.read(request.GET)

    def title(self, search: queries.Search) -> str:
        return f"Knooppunt: {search.text}" if search.text else _("Knooppunt: everything new")

    def link(self, search: queries.Search) -> str:
        return _address("zoeken", search)

    def feed_url(self, search: queries.Search) -> str:
        return _address("zoeken.atom", search)

    def feed_guid(self, search: queries.Search) -> str:
        return f"{settings.PUBLIC_URL}{_address('zoeken.atom', search)}"

    def feed_extra_kwargs(self, search: queries.Search) -> dict[str, Any]:
        return {"tombstones": Tombstone.objects.order_by("-withdrawn")[:LENGTH]}

    def items(self, search: queries.Search) -> list[Card]:
        cards = Card.objects.defer("text_nl", "text_en").order_by("-updated", "-pk")
        if not search.is_empty:
            cards = cards.filter(
                pk__in=finding.card_ids(search, get_language() or "nl", most=LENGTH, sort="newest")
            )
        return list(cards[:LENGTH])

    def item_title(self, card: Card) -> str:
        return card.in_language("title", get_language() or "nl")[0]

    def item_description(self, card: Card) -> str:
        """Atom1Feed marks it as HTML, and the card's text is plain."""
        return escape(card.in_language("summary", get_language() or "nl")[0])

    def item_extra_kwargs(self, card: Card) -> dict[str, Any]:
        return {"language": card.in_language("title", get_language() or "nl")[1]}

    def item_link(self, card: Card) -> str:
        return in_language(card.url)

    def item_guid(self, card: Card) -> str:
        return identifier(card.kind, card.key)

    def item_pubdate(self, card: Card):
        return card.published

    def item_updateddate(self, card: Card):
        return card.updated
