# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the connector: what to connect, and introductions; and what both organisations answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.circles import permissions, queries, services, worklist
from knooppunt.circles.forms import ProposeForm
from knooppunt.circles.introductionstates import FLOW
from knooppunt.circles.models import Introduction
from knooppunt.web.forms import NotNowError, get_or_post, handle


def _connector(request: HttpRequest) -> None:
    """Only connectors know that these pages are there."""
    if not permissions.is_connector(request.user):
        raise Http404


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Whom to bring together, what waits, what sleeps, and what came of it."""
    _connector(request)
    page = {
        "pairs": worklist.pairs(request.LANGUAGE_CODE),
        "sections": worklist.sections(request.user),
        "introductions": queries.introductions(),
        "figures": queries.introduction_figures(),
    }
    return render(request, "circles/worklist.html", page)


@never_cache
@login_required
@get_or_post
def propose(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Propose to two organisations that they meet."""
    _connector(request)
    known = queries.names([one, other])
    if len(known) != 2:
        raise Http404
    field = "name_nl" if request.LANGUAGE_CODE == "nl" else "name_en"
    form = ProposeForm(request.POST or None, initial={"reason": request.GET.get("reden", "")[:2000]})

    def deed() -> None:
        services.propose(one, other, form.cleaned_data["reason"], actor=request.user)

    page = {
        "title": _("Propose an introduction"),
        "lead": f"{getattr(known[one], field)} – {getattr(known[other], field)}",
        "button": _("Ask both"),
        "back": None,
        "cancel": "circles:worklist",
    }
    return handle(request, form, deed, _("Both are asked."), "circles:worklist", page)


@login_required
@require_POST
def remind(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Remind the people who can move something on."""
    _connector(request)
    try:
        number = services.remind_of(kind, key, actor=request.user)
    except KeyError as error:
        raise Http404 from error
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        told = ngettext("%(n)s person is reminded by mail.", "%(n)s persons are reminded by mail.", number)
        messages.success(request, told % {"n": number})
    return redirect("circles:worklist")


def find(request: HttpRequest, pk: int) -> Introduction:
    """An introduction of an organisation that the person speaks for; 404 for everyone else."""
    found = Introduction.objects.filter(pk=pk).first()
    if found is None or not permissions.may(request.user, "see", found):
        raise Http404
    return found


@never_cache
@login_required
@require_safe
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed, and my answer. What the other answered shows only when both said yes."""
    found = find(request, pk)
    known = queries.names([found.one, found.other])
    page = {
        "introduction": found,
        "one": known.get(found.one),
        "other": known.get(found.other),
        "buttons": FLOW.buttons(found.state, permissions.parties(request.user, found)),
        "contact": found.contact,
    }
    return render(request, "circles/introduction.html", page)


@login_required
@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say yes or no."""
    found = find(request, pk)
    if verb not in FLOW:
        raise Http404
    try:
        services.move(found, verb, actor=request.user)
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you: your answer is kept."))
    return redirect(found)
