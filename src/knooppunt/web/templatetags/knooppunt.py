# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags that every page uses; loaded by default."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


def _language() -> str:
    return (get_language() or "nl")[:2]


@register.simple_tag
def localised(thing: Any, field: str) -> SafeString | str:
    """`field_nl`/`field_en` in the reader's language; the other language's text carries its `lang`."""
    language = _language()
    other = "en" if language == "nl" else "nl"
    if text := getattr(thing, f"{field}_{language}"):
        return text
    text = getattr(thing, f"{field}_{other}")
    return format_html('<span lang="{}">{}</span>', other, text) if text else ""


@register.filter
def in_language(path: str) -> str:
    """A stored address (without language prefix) in the reader's language."""
    return f"/{_language()}{path}"
