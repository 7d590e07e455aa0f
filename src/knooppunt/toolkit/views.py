# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages that anyone may read: questions and answers, definitions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.wording import words
from knooppunt.toolkit import markup, permissions, queries, skos
from knooppunt.toolkit.contentcheck import laws
from knooppunt.toolkit.models import Theme, Version
from knooppunt.web.csvfile import download


def find_public(kind: str, slug: str) -> Any:
    found = queries.find(kind, slug)
    if found is None or found.public is None:
        raise Http404
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the toolkit holds."""
    numbers = {kind: Card.objects.filter(kind=kind).count() for kind in ("faq", "term")}
    return render(request, "toolkit/overview.html", {"numbers": numbers, **_may(request)})


@require_safe
def faqs(request: HttpRequest) -> HttpResponse:
    """The questions, by theme."""
    return render(request, "toolkit/faqs.html", {"themes": _by_theme("faq"), **_may(request)})


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The definitions, by name."""
    return render(request, "toolkit/terms.html", {"themes": _by_theme("term"), **_may(request)})


def _by_theme(kind: str) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in queries.public(kind):
        content = entry.public.content
        row = {"entry": entry, "title": words(entry.public.title)}
        row["short"] = words(content.get("short") or content.get("definition"))
        found.setdefault(entry.theme, []).append(row)
    return [
        {"theme": theme, "rows": sorted(found[theme], key=lambda row: row["title"].text.casefold())}
        for theme in Theme
        if theme in found
    ]


@require_safe
def faq(request: HttpRequest, slug: str) -> HttpResponse:
    """One question and its answer."""
    entry = find_public("faq", slug)
    return render(request, "toolkit/faq.html", {"entry": entry, **present(entry.public), **_may(request)})


@require_safe
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """One definition."""
    entry = find_public("term", slug)
    return render(request, "toolkit/term.html", {"entry": entry, **present(entry.public), **_may(request)})


def present(version: Version) -> dict[str, Any]:
    """What the pages show of a version."""
    content = version.content
    answer = words(content.get("answer"))
    return {
        "version": version,
        "title": words(version.title),
        "short": words(content.get("short") or content.get("definition") or content.get("why")),
        "answer": markup.as_html(answer.text),
        "answer_language": answer.lang,
        "also": content.get("also", {}),
        "laws": [
            {"title": words({k: law[k] for k in ("nl", "en")}), "url": law["url"]}
            for law in (laws().get(key) for key in content.get("laws", []))
            if law
        ],
    }


def _may(request: HttpRequest) -> dict[str, Any]:
    return {"may_edit": permissions.is_editor(request.user)}


@require_safe
def turtle(request: HttpRequest) -> HttpResponse:
    """All definitions as one SKOS concept scheme."""
    return download(skos.turtle(), "text/turtle", "begrippen.ttl")
