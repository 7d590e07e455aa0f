# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the catalogue: home, search, map."""

from __future__ import annotations

import csv
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knooppunt.catalogue import atlas, finding, panels, queries, tallies
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card, FacetValue
from knooppunt.web.templatetags.knooppunt import in_language

MOST_ON_MAP = 2_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Which problem do you want to solve with data?"""
    numbers = tallies.read("challenge")
    named = FacetValue.objects.filter(facet="challenge", code__in=numbers)
    challenges = list(named.order_by(f"label_{request.LANGUAGE_CODE}"))
    # A challenge that has a page of its own leads there; else to what names it.
    pages = dict(Card.objects.filter(kind="challenge").values_list("key", "url"))
    for challenge in challenges:
        challenge.number = numbers[challenge.code]
        challenge.page = pages.get(challenge.code)
    context = {
        "challenges": challenges,
        "newest": Card.objects.order_by("-updated", "-pk")[:6],
        "kinds": _kind_counts(),
        "panels": panels.filled(),
        "examples": [_("debts"), _("data protection"), _("base registries"), _("high value datasets")],
    }
    return render(request, "catalogue/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything public in one search; facets with counts; the state is in the address."""
    wanted = queries.read(request.GET)
    found = finding.search(wanted, request.LANGUAGE_CODE)
    if found.total and not found.hits:  # an old or guessed address, beyond the last page
        return redirect(f"{request.path}?{wanted.parameters(page=_last_page(found.total))}")
    context = {
        "search": wanted,
        "found": found,
        "parameters": wanted.parameters(),
        "pages": _pages(wanted, found.total),
        "following": _is_followed(request, wanted),
    }
    return render(request, "catalogue/search.html", context)


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """The same search on a map, with its table."""
    wanted = queries.read(request.GET)
    spots = atlas.spots(_placed(wanted, request.LANGUAGE_CODE))
    context = {
        "search": wanted,
        "spots": spots,
        "land": atlas.land(),
        "width": atlas.WIDTH,
        "height": atlas.HEIGHT,
        "parameters": wanted.parameters(),
    }
    return render(request, "catalogue/map.html", context)


@require_safe
def country_csv(request: HttpRequest) -> HttpResponse:
    """The table of the map: place, position, kind, title and address of each card."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kaart.csv"'
    rows = csv.writer(response)
    rows.writerow(["place", "latitude", "longitude", "kind", "title", "url"])
    for card in _placed(queries.read(request.GET), request.LANGUAGE_CODE):
        title, _language = card.in_language("title", request.LANGUAGE_CODE)
        address = f"{settings.PUBLIC_URL}{in_language(card.url)}"
        rows.writerow([_plain(card.place), card.latitude, card.longitude, card.kind, _plain(title), address])
    return response


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _placed(wanted: queries.Search, language: str) -> QuerySet[Card]:
    cards = Card.objects.exclude(latitude=None).defer("text_nl", "text_en")
    if not wanted.is_empty:
        cards = cards.filter(pk__in=finding.card_ids(wanted, language, most=MOST_ON_MAP))
    return cards.order_by("place", "pk")[:MOST_ON_MAP]


def _kind_counts() -> list[dict[str, Any]]:
    numbers = tallies.read("kind")
    return [{"kind": kind, "number": numbers[kind.name]} for kind in kinds if numbers.get(kind.name)]


def _is_followed(request: HttpRequest, wanted: queries.Search) -> bool:
    if not request.user.is_authenticated or wanted.is_empty:
        return False
    return request.user.follows.filter(search=wanted.parameters()).exists()


def _last_page(total: int) -> int:
    return min(max(1, -(-total // queries.PAGE_SIZE)), queries.LAST_PAGE)


def _pages(wanted: queries.Search, total: int) -> list[dict[str, Any]]:
    """First, last, and the neighbours of this page; None marks a gap."""
    last = _last_page(total)
    numbers = sorted({1, last, *range(max(1, wanted.page - 2), min(last, wanted.page + 2) + 1)})
    pages: list[dict[str, Any]] = []
    for number in numbers:
        if pages and number - pages[-1]["number"] > 1:
            pages.append({"number": None})
        pages.append(
            {"number": number, "parameters": wanted.parameters(page=number), "current": number == wanted.page}
        )
    return pages if last > 1 else []
