# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Following, stopping, and the page with what one follows."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue import following as services
from knooppunt.catalogue import queries
from knooppunt.catalogue.models import Card, Follow


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
    card = get_object_or_404(Card, kind=request.POST.get("kind", ""), key=request.POST.get("key", ""))
    services.follow(request.user, card=card, language=request.LANGUAGE_CODE)
    messages.success(request, _("You follow this page. Changes come to you by mail."))
    return _back(request)


@login_required
@require_POST
def follow_search(request: HttpRequest) -> HttpResponse:
    search = queries.read(QueryDict(request.POST.get("search", "")[:2000]))
    try:
        services.follow(
            request.user,
            search=search,
            webhook_url=request.POST.get("webhook_url", "").strip()[:500],
            language=request.LANGUAGE_CODE,
        )
        messages.success(request, _("You follow this search. What is new comes to you."))
    except services.CannotFollowError as error:
        messages.error(request, str(error))
    return _back(request)


@login_required
@require_POST
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.stop(request.user, pk)
    except Follow.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("You no longer follow it."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "catalogue:following"
    return redirect(target)
