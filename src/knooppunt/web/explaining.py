# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Terms explained where they occur. An app that knows terms registers itself; pages know no app by name.

The link leads to the meaning at the end of the same page and is described by it: it works without
JavaScript, and a screen reader reads the text as it stands, then offers the description.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Explanation:
    """A term: its key, the name and the meaning to show, and the address of its own page."""

    key: str
    label: str
    meaning: str
    url: str


@dataclass(frozen=True)
class Glossary:
    """What can be explained in a language: a pattern of names, and each name (lower case) with its term."""

    pattern: re.Pattern[str] | None
    terms: dict[str, Explanation]


_glossaries: list[Callable[[str], Glossary]] = []
_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = re.compile(r"<(/?)(a|h[1-6]|code|button|label|dfn)\b")


def register(glossary: Callable[[str], Glossary]) -> None:
    """Have the names of this glossary (by language) explained on pages."""
    _glossaries.append(glossary)


def on_page(request: Any, html: str, language: str) -> SafeString:
    """Safe HTML with the first occurrence of each term linked, unless this page linked it before."""
    seen: dict[str, Explanation] = request.__dict__.setdefault("explained_terms", {})
    for glossary in _glossaries:
        html = _explain(html, glossary(language), seen)
    return mark_safe(html)  # noqa: S308 - the caller gave safe HTML, and links are made by format_html


def of_page(request: Any) -> list[Explanation]:
    """What was linked on this page, by name."""
    found = getattr(request, "explained_terms", {}).values()
    return sorted(found, key=lambda one: one.label.casefold())


def _explain(html: str, glossary: Glossary, seen: dict[str, Explanation]) -> str:
    if glossary.pattern is None:
        return html
    parts, inside = _TAG.split(html), 0
    for i, part in enumerate(parts):
        if tag := _CLOSED.match(part):
            inside += -1 if tag[1] else 1
        elif i % 2 == 0 and not inside:
            parts[i] = glossary.pattern.sub(lambda match: _link(match[0], glossary.terms, seen), part)
    return "".join(parts)


def _link(name: str, terms: dict[str, Explanation], seen: dict[str, Explanation]) -> str:
    term = terms[name.casefold()]
    if term.key in seen:
        return name
    seen[term.key] = term
    return format_html(
        '<a class="kp-term" href="#{0}" aria-describedby="{0}">{1}</a>',
        f"begrip-{term.key}",
        mark_safe(name),  # noqa: S308
    )
