# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Following, stopping, and the page with what one follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue import following as services
from knooppunt.catalogue import queries
from knooppunt.catalogue.models import Card, Follow
from knooppunt.catalogue.texts import showable
from knooppunt.web.redirects import back


@never_cache
@login_required
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """What I follow, each with a way to stop."""
    follows = list(request.user.follows.order_by("-since"))
    cards = {
        (card.kind, card.key): card for card in Card.objects.filter(key__in=[f.key for f in follows if f.key])
    }
    rows = [
        {
            "follow": follow,
            "card": cards.get((follow.kind, follow.key)),
            "search": queries.read(QueryDict(follow.search)),
        }
        for follow in follows
    ]
    return render(request, "catalogue/following.html", {"rows": rows})


@login_required
@require_POST
def follow_card(request: HttpRequest) -> HttpResponse:
    kind, key = (showable(request.POST.get(name, "")) for name in ("kind", "key"))
    card = get_object_or_404(Card, kind=kind, key=key)
    return _follow(request, _("You follow this page. Changes come to you by mail."), card=card)


@login_required
@require_POST
def follow_search(request: HttpRequest) -> HttpResponse:
    return _follow(
        request,
        _("You follow this search. What is new comes to you."),
        search=queries.read(QueryDict(_query_string(request.POST.get("search", "")[:2000]))),
        webhook_url=request.POST.get("webhook_url", "").strip()[:500],
    )


def _query_string(given: str) -> str:
    """A search as it stands in an address; the whole address of a search page may be pasted too."""
    return given.partition("?")[2] if given.startswith(("http://", "https://", "/")) else given


def _follow(request: HttpRequest, done: str, **what: Any) -> HttpResponse:
    try:
        services.follow(request.user, language=request.LANGUAGE_CODE, **what)
        messages.success(request, done)
    except services.CannotFollowError as error:
        messages.error(request, str(error))
    return back(request, "catalogue:following")


@login_required
@require_POST
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.stop(request.user, pk)
    except Follow.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("You no longer follow it."))
    return back(request, "catalogue:following")
