# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of requests: ask many facilities at once, answer, agree, book, record, tell how it went."""

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
from knooppunt.facilities.agreement import agreement as make_agreement
from knooppunt.facilities.forms import MoveForm, RequestForm, ReviewForm, UseForm
from knooppunt.facilities.models import Booking, Enquiry, Facility, Request, Slot
from knooppunt.facilities.states import FLOW, State
from knooppunt.facilities.views import choices
from knooppunt.web.answers import require
from knooppunt.web.documents import download_document
from knooppunt.web.forms import NotNowError, get_or_post, handle

MOST_PK = 2**31 - 1


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What I asked, what I am asked, what waits for my decision."""
    page = queries.desk(request.user)
    slugs = {e.request.organisation for e in page["asked"]} | {r.organisation for r in page["mine"]}
    page |= {"names": queries.names(list(slugs)), "edits": bool(choices(request.user, request.LANGUAGE_CODE))}
    return render(request, "facilities/desk.html", page)


@login_required
@get_or_post
def ask(request: HttpRequest) -> HttpResponse:
    """One form for many facilities."""
    language = request.LANGUAGE_CODE
    organisations = choices(request.user, language)
    if not organisations:
        return render(request, "facilities/no_organisation.html", status=403)
    open_ = {f.slug: f for f in Facility.objects.filter(open=True)}
    form = RequestForm(
        request.POST or None,
        organisations=organisations,
        facilities=[(slug, f.text("title", language)) for slug, f in open_.items()],
        initial={"facilities": request.GET.getlist("lab")[:10], "challenge": request.GET.get("opgave", "")},
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data) | {"language": language}
        facilities = [open_[slug] for slug in values.pop("facilities")]
        try:
            made = services.ask(values.pop("organisation"), facilities, values, actor=request.user)
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Sent. Each facility answers by itself."))
            return redirect(made)
    page = {
        "form": form,
        "title": _("Ask facilities"),
        "button": _("Send the request"),
        "cancel": "facilities:overview",
        "lead": _("One form for all: project, people, setting, data and output. Agree with whoever accepts."),
    }
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_safe
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The request and the answers to it; a facility sees its own enquiry only."""
    found = Request.objects.filter(pk=min(pk, MOST_PK)).first()
    if found is None or not permissions.may_see_request(request.user, found):
        raise Http404
    seen = [e for e in queries.enquiries().filter(request=found) if permissions.may(request.user, "see", e)]
    page = {
        "asked": found,
        "enquiries": [(e, e.facility.text("title", request.LANGUAGE_CODE)) for e in seen],
        "asker": queries.names([found.organisation]).get(found.organisation),
    }
    return render(request, "facilities/request.html", page)


def find(request: HttpRequest, pk: int) -> Enquiry:
    """The enquiry for who takes part in it; 404 for everyone else."""
    enquiry = queries.enquiry(min(pk, MOST_PK))
    if enquiry is None or not permissions.may(request.user, "see", enquiry):
        raise Http404
    return enquiry


@never_cache
@login_required
@require_safe
def enquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """One request at one facility: how it stands, and what may be done now."""
    found, user = find(request, pk), request.user
    agreed, over = found.state == State.AGREED, found.state == State.DONE
    names = queries.names([found.request.organisation, found.facility.organisation])
    page = {
        "enquiry": found,
        "asked": found.request,
        "title": found.facility.text("title", request.LANGUAGE_CODE),
        "asker": names.get(found.request.organisation),
        "keeper": names.get(found.facility.organisation),
        "buttons": FLOW.buttons(found.state, permissions.parties(user, found)),
        "steps": [(s, FLOW.label(s.verb)) for s in found.steps.all()],
        "bookings": found.bookings.select_related("slot"),
        "slots": queries.free_slots(found.facility)
        if agreed and permissions.may(user, "book", found)
        else [],
        "uses": found.uses.all(),
        "outputs": found.outputs.all(),
        "may_book": permissions.may(user, "book", found),
        "may_record": agreed and permissions.may(user, "record-use", found),
        "may_upload": agreed and permissions.may(user, "upload-output", found),
        "may_review": over and permissions.may(user, "review", found),
        "has_agreement": found.state in (State.ACCEPTED, State.AGREED, State.DONE),
    }
    return render(request, "facilities/enquiry.html", page)


@never_cache
@login_required
@get_or_post
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make a move, with the words that go with it."""
    if verb not in FLOW:
        raise Http404
    found = find(request, pk)
    form = MoveForm(request.POST if request.method == "POST" else None)
    form.fields["note"].required = FLOW.asks(verb)
    if verb == "accept":
        form.fields["note"].label = _("Your conditions: they stand in the agreement")
    page = {"title": FLOW.label(verb), "button": FLOW.label(verb), "lead": found.request.title}
    return handle(
        request, form, lambda: services.move(found, verb, actor=request.user, note=form.cleaned_data["note"]),
        _("Done. The other is told."), found, page,
    )  # fmt: skip


@login_required
@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a place at one of the times."""
    found = find(request, pk)
    given = request.POST.get("slot", "")
    slot = Slot.objects.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 10 else None
    if slot is None:
        messages.error(request, _("Choose a time."))
        return redirect(found)
    return _done(
        request, found, lambda: services.book(found, slot, actor=request.user), _("A place is yours.")
    )


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int, booking: int) -> HttpResponse:
    found = find(request, pk)
    taken = (
        Booking.objects.filter(enquiry=found, pk=min(booking, MOST_PK))
        .select_related("slot", "enquiry")
        .first()
    )
    if taken is None:
        raise Http404
    return _done(
        request,
        found,
        lambda: services.cancel_booking(taken, actor=request.user),
        _("The place is free again."),
    )


def _done(request: HttpRequest, found: Enquiry, deed: Any, said: str) -> HttpResponse:
    try:
        deed()
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(found)


@never_cache
@login_required
@get_or_post
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was used on a day."""
    found = find(request, pk)
    require(permissions.may(request.user, "record-use", found))
    form = UseForm(request.POST or None)
    page = {"title": _("Record use"), "button": _("Record"), "lead": found.request.title}
    return handle(
        request, form, lambda: services.record_use(found, actor=request.user, **form.cleaned_data),
        _("Recorded."), found, page,
    )  # fmt: skip


@never_cache
@login_required
@get_or_post
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell everyone how it went."""
    found = find(request, pk)
    require(permissions.may(request.user, "review", found))
    form = ReviewForm(request.POST or None)

    def deed() -> None:
        services.review(found, **form.cleaned_data, language=request.LANGUAGE_CODE, actor=request.user)

    page = {"title": _("How did it go?"), "button": _("Publish this"), "lead": found.request.title}
    return handle(request, form, deed, _("Thank you: others see it with the facility."), found, page)


@never_cache
@login_required
@require_safe
def agreement(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The agreement as a document to sign; there is none before the facility accepts."""
    found = find(request, pk)
    if found.state not in (State.ACCEPTED, State.AGREED, State.DONE):
        raise Http404
    document = make_agreement(found, request.LANGUAGE_CODE)
    return download_document(document, _("agreement"), form)
