# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from knooppunt.web import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Menu, other language's address of this same page, public address, demo flag."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    other = "en" if language == "nl" else "nl"
    return {
        "menu": navigation.entries(),
        "foot": navigation.entries(foot=True),
        "language": language,
        "other_language": other,
        "other_language_url": translate_url(request.get_full_path(), other),
        "public_url": settings.PUBLIC_URL,
        "demo": settings.DEMO,
    }
