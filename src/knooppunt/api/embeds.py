# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small pages for other sites to show in a frame: a card, a list, a badge. No cookies, no forms, no scripts.

Only these pages may be framed, and by anyone: what they show is public, and there is nothing to click that
does something.
"""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from knooppunt.catalogue import finding, queries
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.texts import showable

MOST = 20


def framed(view: Any) -> Any:
    """The framing rule of embeds, on a view that only reads."""
    return require_safe(xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view)))


def _card(kind: str, key: str) -> Card:
    found = Card.objects.filter(kind=kind, key=showable(key)).first()
    if found is None:
        raise Http404
    return found


@framed
def card(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One card."""
    found = _card(kind, key)
    return render(request, "api/embed_card.html", {"card": found, "kind": kinds.get(kind)})


@framed
def listing(request: HttpRequest) -> HttpResponse:
    """The first results of a search."""
    wanted = queries.read(request.GET)
    found = finding.search(wanted, request.LANGUAGE_CODE, size=MOST, facets=False)
    return render(request, "api/embed_list.html", {"found": found, "search": wanted.parameters()})


@framed
def badge(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A small picture with the title, to link back to the page."""
    found = _card(kind, key)
    title, _language = found.in_language("title", request.LANGUAGE_CODE)
    text = escape(title if len(title) <= 48 else f"{title[:47]}…")
    width = 110 + 7 * min(len(title), 48)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="28" role="img" '
        f'aria-label="Knooppunt: {text}"><title>Knooppunt: {text}</title>'
        f'<rect width="{width}" height="28" rx="4" fill="#0b3a40"/>'
        f'<rect x="96" width="{width - 96}" height="28" rx="4" fill="#fff" stroke="#0b3a40"/>'
        '<g font-family="Verdana, sans-serif" font-size="12">'
        '<text x="10" y="18" fill="#fff">Knooppunt</text>'
        f'<text x="104" y="18" fill="#16282b">{text}</text></g></svg>'
    )
    return HttpResponse(svg, content_type="image/svg+xml")
