# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags that every page uses; loaded by default."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from knooppunt.web import explaining

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


@register.simple_tag
def words(found: Any) -> SafeString | str:
    """A text with its language, marked when that is not the reader's."""
    if not found:
        return ""
    return format_html('<span lang="{}">{}</span>', found.lang, found.text) if found.lang else found.text


@register.simple_tag(takes_context=True)
def explained(context: dict[str, Any], found: Any) -> SafeString | str:
    """A text with its terms linked to what they mean, at the end of the page; each once per page.

    Takes words in a language (only the reader's are explained), plain text, or HTML that is safe already.
    """
    if getattr(found, "lang", ""):
        return words(found)
    text = getattr(found, "text", found) or ""
    html = text if isinstance(text, SafeString) else escape(text)
    return explaining.on_page(context["request"], html, _language())


@register.inclusion_tag("web/_explanations.html", takes_context=True)
def explanations(context: dict[str, Any]) -> dict[str, Any]:
    """What the terms mean that this page explains; nothing on a page that explains none."""
    return {"explanations": explaining.of_page(context.get("request"))}
