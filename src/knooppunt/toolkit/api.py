# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers and definitions in the API: to read what is public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from knooppunt.api.face import responses
from knooppunt.api.paging import page
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.toolkit import queries
from knooppunt.toolkit.contentcheck import laws
from knooppunt.toolkit.models import Theme

faq_router = Router(tags=["faq"])
term_router = Router(tags=["terms"])


class LawOut(Resource):
    """An article of law."""

    title: Text
    url: str


class FaqOut(Resource):
    """A question that is asked often, with its answer in Markdown."""

    id: str
    theme: Theme
    question: Text
    short: Text
    answer: Text
    laws: list[LawOut]
    legal: bool
    reviewed: date
    review_due: date | None
    expired: bool
    terms: list[str]
    origin: str
    url: str


class FaqPage(Resource):
    items: list[FaqOut]
    next: str | None = None


class TermOut(Resource):
    """A definition: a SKOS concept."""

    id: str
    theme: Theme
    label: Text
    also_nl: list[str]
    also_en: list[str]
    definition: Text
    broader: list[str]
    related: list[str]
    laws: list[LawOut]
    url: str


class TermPage(Resource):
    items: list[TermOut]
    next: str | None = None


def _text(value: dict[str, str] | None) -> Text:
    return Text(**(value or {}))


def _laws(content: dict[str, Any]) -> list[LawOut]:
    named = [laws()[key] for key in content.get("laws", []) if key in laws()]
    return [LawOut(title=Text(nl=law["nl"], en=law["en"]), url=law["url"]) for law in named]


def faq_shown(entry: Any) -> dict[str, Any]:
    version, content = entry.public, entry.public.content
    return {
        "id": entry.slug,
        "theme": entry.theme,
        **{field: _text(content[field]) for field in ("question", "short", "answer")},
        "laws": _laws(content),
        "legal": content.get("legal", False),
        "reviewed": content["reviewed"],
        "review_due": version.review_due,
        "expired": version.expired,
        "terms": content.get("terms", []),
        "origin": entry.origin,
        "url": f"{settings.PUBLIC_URL}/nl{path('toolkit:faq', entry.slug)}",
    }


def term_shown(entry: Any) -> dict[str, Any]:
    content = entry.public.content
    return {
        "id": entry.slug,
        "theme": entry.theme,
        **{field: _text(content[field]) for field in ("label", "definition")},
        "also_nl": content.get("also", {}).get("nl", []),
        "also_en": content.get("also", {}).get("en", []),
        **{field: content.get(field, []) for field in ("broader", "related")},
        "laws": _laws(content),
        "url": f"{settings.PUBLIC_URL}/nl{path('toolkit:term', entry.slug)}",
    }


@faq_router.get("", response=responses(FaqPage), by_alias=True, operation_id="listFaq")
def list_faq(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Questions and answers that are public, by identifier."""
    rows = queries.public("faq")
    return page(request, response, rows, faq_shown, cursor=cursor, limit=limit, order="slug")


@faq_router.get("/{id}", response=responses(FaqOut), by_alias=True, operation_id="getFaq")
def get_faq(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One question and its answer."""
    return faq_shown(_found("faq", id))


@term_router.get("", response=responses(TermPage), by_alias=True, operation_id="listTerms")
def list_terms(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Definitions that are public, by identifier."""
    rows = queries.public("term")
    return page(request, response, rows, term_shown, cursor=cursor, limit=limit, order="slug")


@term_router.get("/{id}", response=responses(TermOut), by_alias=True, operation_id="getTerm")
def get_term(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One definition."""
    return term_shown(_found("term", id))


def _found(kind: str, slug: str) -> Any:
    found = queries.public(kind).filter(slug=showable(slug)).first()
    if found is None:
        raise Http404
    return found
