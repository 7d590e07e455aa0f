# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of matching: all matches of a card, setting one aside and taking it back, and how it works."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue import matching
from knooppunt.catalogue.models import Card, Dismissal, identities
from knooppunt.catalogue.texts import showable

SHOWN = 20


def _card(values: object) -> Card:
    kind, key = (showable(str(values.get(name, "")))[:200] for name in ("kind", "key"))  # type: ignore[attr-defined]
    return get_object_or_404(Card, kind=kind, key=key)


def _page(card: Card) -> str:
    return reverse("catalogue:matches") + "?" + urlencode({"kind": card.kind, "key": card.key})


@never_cache
@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """Who does the same kind of thing as this card, and why; what I set aside stands below."""
    card, language = _card(request.GET), request.LANGUAGE_CODE
    found = matching.match(matching.source_of(card, language), language, user=request.user, size=SHOWN)
    aside = _set_aside(card, request.user) if request.user.is_authenticated else []
    page = {"this": card, "matches": found, "aside": aside, "reasons": Dismissal.Reason.choices}
    return render(request, "catalogue/matches.html", page)


def _set_aside(card: Card, user: object) -> list[tuple[Dismissal, Card]]:
    """What this person set aside here, each with its card; what is no longer there needs no taking back."""
    rows = list(
        Dismissal.objects.filter(user=user, source_kind=card.kind, source_key=card.key).order_by("pk")
    )
    kept = Card.objects.filter(identities([(row.target_kind, row.target_key) for row in rows]))
    cards = {(found.kind, found.key): found for found in kept}
    targets = [(row, cards.get((row.target_kind, row.target_key))) for row in rows]
    return [(row, target) for row, target in targets if target]


@login_required
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Set a match aside, with the reason."""
    card = _card(request.POST)
    kind, key = (showable(request.POST.get(name, ""))[:200] for name in ("target_kind", "target_key"))
    target = get_object_or_404(Card, kind=kind, key=key)
    reason = request.POST.get("reason", "")
    if reason not in Dismissal.Reason.values:
        messages.error(request, _("Choose why."))
    else:
        matching.dismiss(card, target.kind, target.key, reason, user=request.user)
        messages.success(request, _("You do not see it here any more. Below you can take that back."))
    return redirect(_page(card))


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a match come back."""
    found = Dismissal.objects.filter(pk=min(pk, 2**31 - 1), user=request.user).first()
    if found is None:
        raise Http404
    card = Card.objects.filter(kind=found.source_kind, key=found.source_key).first()
    matching.take_back(found, user=request.user)
    return redirect(_page(card) if card else "catalogue:following")


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What our ranking and matching use, what not, and how well they do."""
    weights = [(name, matching.WEIGHTS[name]) for name in matching.WEIGHTS]
    return render(request, "catalogue/matching_explained.html", {"weights": dict(weights)})
