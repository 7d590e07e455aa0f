# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of initiatives: what others start, one initiative with who does the same, posting and moving it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue.models import Card
from knooppunt.initiatives import permissions, queries, services
from knooppunt.initiatives.forms import InitiativeForm, NoteForm, PostForm
from knooppunt.initiatives.models import Initiative
from knooppunt.initiatives.states import FLOW, PUBLIC, TELLS_LESSON
from knooppunt.initiatives.wording import OFFERS, ORIGINS, SEEKS
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError, get_or_post, handle


def find(slug: str) -> Initiative:
    """A public initiative; what was withdrawn or never was gives 404."""
    found = queries.find(slug)
    if found is None or found.state not in PUBLIC:
        raise Http404
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What organisations are busy with now, the latest first."""
    found = list(queries.public()[: queries.SHOWN])
    owners = queries.names([i.organisation for i in found])
    rows = [
        {
            "initiative": i,
            "owner": owners.get(i.organisation),
            "title": i.words("title"),
            "problem": i.words("problem"),
        }
        for i in found
    ]
    return render(request, "initiatives/overview.html", {"rows": rows})


@require_safe
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative: at once who does the same, why we think so, what they learned, whom to ask."""
    found = find(slug)
    user = request.user
    mine = permissions.parties(user, found)
    page = {
        "initiative": found,
        **{name: found.words(name) for name in ("title", "problem", "lesson", "capacity")},
        "owner": people.organisation(found.organisation),
        "challenge": Card.objects.filter(kind="challenge", key=found.challenge).first(),
        "origins": [ORIGINS[code] for code in found.origins],
        "seeks": [SEEKS[code] for code in found.seeks],
        "offers": [OFFERS[code] for code in found.offers],
        "peers": queries.peers(found, request.LANGUAGE_CODE, user),
        "contactable": bool(services.contactable([found.organisation])),
        "buttons": [b for b in FLOW.buttons(found.state, mine) if b.verb != "follow-up"],
        "may_change": permissions.may(user, "change", found),
        "may_follow_up": FLOW.may("follow-up", found.state, mine),
        "practice": Card.objects.filter(kind="practice", key=found.practice).first(),
    }
    return render(request, "initiatives/initiative.html", page)


@login_required
@get_or_post
def post(request: HttpRequest) -> HttpResponse:
    """Tell what one is starting; who edits for no organisation is told how to come to that."""
    organisations = queries.named(people.writes_for(request.user), request.LANGUAGE_CODE)
    if not organisations:
        return render(request, "initiatives/no_organisation.html", status=403)
    initial = {
        "language": request.LANGUAGE_CODE,
        "title": request.GET.get("q", "")[:200],
        "challenge": request.GET.get("opgave", "")[:80],
    }
    form = PostForm(request.POST or None, organisations=organisations, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = services.post(values["organisation"], values, actor=request.user)
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            if values["contact"]:
                services.be_contact(made.organisation, actor=request.user)
            messages.success(request, _("Your initiative can be found. Below stands who does the same."))
            return redirect(made)
    page = {
        "form": form,
        "title": _("Tell what you are starting"),
        "lead": _("In two minutes. You see at once who works on the same problem."),
        "button": _("Publish"),
        "cancel": "initiatives:overview",
    }
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


@never_cache
@login_required
@get_or_post
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is told; only the organisation that has it."""
    found = find(slug)
    require(permissions.may(request.user, "change", found))
    organisations = queries.named([found.organisation], request.LANGUAGE_CODE)
    initial = {name: getattr(found, name) for name in services.FIELDS} | {"organisation": found.organisation}
    form = InitiativeForm(request.POST or None, organisations=organisations, initial=initial)
    page = {"title": _("Change this initiative"), "button": _("Save and publish")}
    deed = lambda: services.change(found, form.cleaned_data, actor=request.user)  # noqa: E731
    return handle(request, form, deed, _("Saved, and public."), found, page)


@never_cache
@login_required
@get_or_post
def move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """Make a move, with the words that others need."""
    found = find(slug)
    if verb not in FLOW or verb == "follow-up":
        raise Http404
    require(FLOW.may_ever(verb, permissions.parties(request.user, found)))
    label = (
        _("What did you learn? Others start from here.") if verb in TELLS_LESSON else _("Your words with it")
    )
    form = NoteForm(request.POST or None, label=label, needed=FLOW.asks(verb))

    def deed() -> None:
        services.move(found, verb, actor=request.user, note=form.cleaned_data["note"])

    target: Any = "initiatives:overview" if verb == "withdraw" else found
    page = {"title": FLOW.label(verb), "button": FLOW.label(verb), "back": found}
    return handle(request, form, deed, _("Done: everyone sees how it stands now."), target, page)


@login_required
@require_POST
def make_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a practice from what is done, with all that was told here."""
    found = find(slug)
    try:
        practice = services.make_practice(found, actor=request.user)
    except NotNowError as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(
        request, _("A draft of a practice stands ready with what you told here. Add what is missing.")
    )
    return redirect("practices:work", practice)
