# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of facilities: what there is, one facility, and what its keeper does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.facilities import permissions, queries, services
from knooppunt.facilities.forms import FacilityForm, SlotForm
from knooppunt.facilities.models import Facility, Slot
from knooppunt.facilities.wording import AUDIENCES, MODES, OFFERS, policy_lines
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.csvfile import download_csv
from knooppunt.web.forms import NotNowError, get_or_post, handle


def find(slug: str) -> Facility:
    facility = queries.find(slug)
    if facility is None:
        raise Http404
    return facility


def row(facility: Facility, language: str, keepers: dict[str, Any]) -> dict[str, Any]:
    """A facility as pages show it, in the reader's language."""
    content = facility.content
    return {
        "facility": facility,
        **{f: facility.text(f, language) for f in ("title", "summary", "costs", "waiting", "conditions")},
        "keeper": keepers.get(facility.organisation),
        "offers": [OFFERS[code] for code in content["offers"]],
        "audience": [AUDIENCES[code] for code in content["audience"]],
        "mode": MODES[content["mode"]],
        "place": content.get("place", ""),
    }


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All open facilities; what they offer, for whom."""
    found = list(Facility.objects.filter(open=True))
    keepers = queries.names([f.organisation for f in found])
    rows = [row(f, request.LANGUAGE_CODE, keepers) for f in found]
    return render(
        request, "facilities/overview.html", {"rows": rows, "has_desk": request.user.is_authenticated}
    )


@require_safe
def facility(request: HttpRequest, slug: str) -> HttpResponse:
    """One facility: what it offers, what may leave, when there is room, how it went for others."""
    found = find(slug)
    keeps = permissions.keeps(request.user, found)
    if not found.open and not keeps:
        raise Http404
    reviews = list(queries.reviews(found))
    askers = queries.names([r.enquiry.request.organisation for r in reviews])
    page = row(found, request.LANGUAGE_CODE, queries.names([found.organisation])) | {
        "policy": policy_lines(found.policy) if found.policy else [],
        "slots": queries.open_slots(found),
        "reviews": [(r, askers.get(r.enquiry.request.organisation)) for r in reviews],
        "keeps": keeps,
        "source": found.content.get("source"),
    }
    return render(request, "facilities/facility.html", page)


def choices(user: Any, language: str) -> list[tuple[str, str]]:
    """The organisations that a person edits for, with their names."""
    return queries.named(people.writes_for(user), language)


@login_required
@get_or_post
def offer(request: HttpRequest) -> HttpResponse:
    """Let others use something of one's organisation."""
    organisations = choices(request.user, request.LANGUAGE_CODE)
    if not organisations:
        return render(request, "facilities/no_organisation.html", status=403)
    initial = {"language": request.LANGUAGE_CODE}
    form = FacilityForm(request.POST or None, organisations=organisations, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = services.offer(form.cleaned_data["organisation"], form.content({}), actor=request.user)
        messages.success(request, _("Your facility can be found and asked."))
        return redirect(made)
    page = {
        "form": form,
        "title": _("Offer a facility"),
        "button": _("Publish"),
        "cancel": "facilities:overview",
    }
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


def own(request: HttpRequest, slug: str) -> Facility:
    """A facility that the person keeps; others are refused."""
    found = find(slug)
    require(permissions.keeps(request.user, found))
    return found


@never_cache
@login_required
@get_or_post
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a facility tells, one language at a time; its output policy with it."""
    found = own(request, slug)
    language = request.GET.get("taal") if request.GET.get("taal") in ("nl", "en") else request.LANGUAGE_CODE
    form = FacilityForm(
        request.POST or None,
        organisations=queries.named([found.organisation], request.LANGUAGE_CODE),
        initial=FacilityForm.values(found.content, language) | {"organisation": found.organisation},
    )
    return handle(
        request, form, lambda: services.save(found, form.content(found.content), actor=request.user),
        _("Saved, and public."), found, {"title": _("Change this facility"), "button": _("Save and publish")},
    )  # fmt: skip


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    services.close(own(request, slug), actor=request.user)
    messages.success(request, _("It takes no requests any more. Save it again to open it."))
    return redirect("facilities:facility", slug)


@never_cache
@login_required
@get_or_post
def slots(request: HttpRequest, slug: str) -> HttpResponse:
    """Times for guests."""
    found = own(request, slug)
    form = SlotForm(request.POST or None)

    def deed() -> None:
        v = form.cleaned_data
        services.add_slots(found, v["starts"], form.length, v["places"], v["weeks"], actor=request.user)

    page = {
        "title": _("Times for guests"),
        "button": _("Add"),
        "facility": found,
        "slots": queries.open_slots(found),
    }
    return handle(request, form, deed, _("Added."), found, page, template="facilities/slots.html")


@login_required
@require_POST
def remove_slot(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    slot = Slot.objects.filter(facility=found, pk=pk).first()
    if slot is None:
        raise Http404
    try:
        services.remove_slot(slot, actor=request.user)
    except NotNowError as error:
        messages.error(request, str(error))
    return redirect("facilities:slots", slug)


@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """How facilities work together: what was asked, answered and finished."""
    return render(request, "facilities/together.html", {"rows": _figures(request.LANGUAGE_CODE)})


def _figures(language: str) -> list[dict[str, Any]]:
    return [{"facility": f, "title": f.text("title", language)} for f in queries.figures()]


@require_safe
def together_csv(request: HttpRequest) -> HttpResponse:
    rows = [[_("Facility"), _("Asked"), _("Answered"), _("Accepted"), _("Finished")]]
    for line in _figures(request.LANGUAGE_CODE):
        f = line["facility"]
        rows.append([line["title"], f.asked, f.answered, f.accepted, f.finished])
    return download_csv(request, rows, "faciliteiten.csv")
