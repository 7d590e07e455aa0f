# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""News and pages as anyone reads them, and the images in them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.static import serve

from knooppunt.editorial.models import FixedPage, NewsPage, Text

SHOWN = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The news, the newest first; that of the reader's language before the other."""
    news = NewsPage.objects.live().order_by("-first_published_at")[:SHOWN]
    return render(request, "editorial/overview.html", {"news": news})


@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    return _shown(request, NewsPage, slug)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return _shown(request, FixedPage, slug)


def _shown(request: HttpRequest, kind: type[Text], slug: str) -> HttpResponse:
    found = kind.objects.live().filter(slug=slug).select_related("image").first()
    if found is None:
        raise Http404
    return render(request, "editorial/text.html", {"text": found})


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponse:
    """One rendition; originals are for the editors' part only."""
    return serve(request, name, document_root=settings.MEDIA_ROOT / "images")
