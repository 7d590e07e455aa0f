# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""410 instead of 404 for what was public and has been withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from knooppunt.catalogue.models import Tombstone
from knooppunt.web import errors


class Gone:
    """Looks up the tombstone of an address only when no page answered it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.path[:4] not in ("/nl/", "/en/"):
            return response
        if "\x00" in request.path:  # PostgreSQL has no such texts and says so with an error
            return response
        try:
            stone = Tombstone.objects.filter(url=request.path[3:]).first()
        except OperationalError:  # outside the views, so no other middleware would catch it
            return errors.unavailable(request)
        if stone is None:
            return response
        language = (get_language() or "nl")[:2]
        other = "en" if language == "nl" else "nl"
        title, reason = (
            getattr(stone, f"{field}_{language}") or _marked(getattr(stone, f"{field}_{other}"), other)
            for field in ("title", "reason")
        )
        return errors.gone(request, title, date_format(stone.withdrawn, "DATE_FORMAT"), reason)


def _marked(text: str, language: str) -> SafeString | str:
    """A text in the other language, marked as such for screen readers."""
    return format_html('<span lang="{}">{}</span>', language, text) if text else ""
