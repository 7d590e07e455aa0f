# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages that anyone may read: overview, a practice, its history, an older version, two beside each other."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knooppunt.catalogue.models import Card
from knooppunt.people import services as people
from knooppunt.practices import comparing, permissions, presenting, queries
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import FLOW, Party

NEWEST = 12


def find(slug: str) -> Practice:
    found = queries.find(slug)
    if found is None:
        raise Http404
    return found


def find_public(request: HttpRequest, slug: str) -> Practice:
    """A practice that is public; whoever works on one that is not is sent on, others get 404."""
    found = find(slug)
    if found.public is None:
        raise Http404
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The practices: by challenge, the newest, and a search among them."""
    cards = Card.objects.filter(kind="practice").defer("text_nl", "text_en")
    context = {
        "number": cards.count(),
        "newest": cards.order_by("-updated", "-pk")[:NEWEST],
        "challenges": queries.challenges(),
        "works": bool(people.writes_for(request.user)),
        "has_desk": request.user.is_authenticated,
    }
    return render(request, "practices/overview.html", context)


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice as it was published, with what others say of it."""
    found = find_public(request, slug)
    version = found.public
    assert version is not None  # noqa: S101 - find_public gives what is public
    version.practice = found
    reuses = list(found.reuses.all())
    known = queries.names([reuse.organisation for reuse in reuses])
    context = {
        **presenting.present(version),
        "reports": [{"reuse": reuse, "organisation": known.get(reuse.organisation)} for reuse in reuses],
        "contacts": presenting.contacts(found),
        "versions": found.versions.exclude(published=None).count(),
        **_may(request, found),
    }
    return render(request, "practices/practice.html", context)


def _may(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """What this person may do from here."""
    user = request.user
    if not user.is_authenticated:
        return {}
    parties = permissions.parties_to(user, practice.organisation)
    return {
        "may_work": bool(parties & {Party.WRITER, Party.READER, Party.HUB}),
        "may_reuse": bool(permissions.reuse_for(user, practice)),
        "may_offer": FLOW.may_do("offer-contact", parties),
        "offers": practice.contacts.filter(user=user).exists(),
    }


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version that was public, with what changed."""
    found = find_public(request, slug)
    context = {"practice": found, "title": _title(found), "versions": queries.history(found)}
    return render(request, "practices/history.html", context)


def _title(practice: Practice) -> Any:
    return practice.shown


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was public then."""
    found = find_public(request, slug)
    this = found.versions.filter(number=number).exclude(published=None).first()
    if this is None:
        raise Http404
    this.practice = found
    return render(request, "practices/version.html", {**presenting.present(this), "old": this})


@require_safe
def difference(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions, word by word; one that was never public only for who works on it."""
    found = find(slug)
    choices = _comparable(request, found)
    if not choices:
        raise Http404
    numbers = {version.number: version for version in choices}
    new = numbers.get(_number(request, "naar")) or choices[0]
    older = [v for v in choices if v.number < new.number]
    old = numbers.get(_number(request, "van")) or (older[0] if older else None)
    language = request.LANGUAGE_CODE
    context = {
        "practice": found,
        "title": _title(found),
        "versions": choices,
        "old": old,
        "new": new,
        "differences": comparing.compare(old.content, new.content, language) if old else [],
        "other": comparing.compare(old.content, new.content, "en" if language == "nl" else "nl")
        if old
        else [],
    }
    return render(request, "practices/difference.html", context)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _comparable(request: HttpRequest, practice: Practice) -> list[Version]:
    versions = list(practice.versions.order_by("-number"))
    works = permissions.parties_to(request.user, practice.organisation)
    public = practice.public is not None
    return [v for v in versions if works or (public and v.published is not None)]
