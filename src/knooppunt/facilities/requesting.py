# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking facilities, answering, agreeing, booking a place, recording use, and telling how it went."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.catalogue.audit import audit
from knooppunt.facilities import letters, permissions, policies
from knooppunt.facilities.models import Booking, Enquiry, Facility, Request, Review, Slot, Use
from knooppunt.facilities.states import FLOW, Party, State
from knooppunt.flow.history import record
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

FIELDS = ("title", "language", "challenge", "project", "people", "setting", "data", "ground", "output")


@transaction.atomic
def ask(organisation: str, facilities: list[Facility], texts: dict[str, str], *, actor: Any) -> Request:
    """One request to many facilities, for an organisation that the actor edits for."""
    require(organisation in people.writes_for(actor))
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    sent_today = Request.objects.filter(organisation=organisation, sent__gte=today).count()
    policies.check_can_ask(facilities, sent_today)
    request = Request.objects.create(
        organisation=organisation, author=actor, **{name: texts.get(name, "") for name in FIELDS}
    )
    for facility in facilities:
        enquiry = Enquiry.objects.create(request=request, facility=facility)
        letters.tell(enquiry, gettext_lazy("A request for your facility"), letters.lab(enquiry), actor=actor)
    detail = {"facilities": [facility.slug for facility in facilities]}
    audit("ask facilities", "request", str(request.pk), actor=actor, detail=detail)
    return request


def hold(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it is now, locked to the end of the transaction, so verbs queue."""
    Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    return Enquiry.objects.select_related("request", "facility").get(pk=enquiry.pk)


@transaction.atomic
def move(enquiry: Enquiry, verb: str, *, actor: Any, note: str = "") -> Enquiry:
    """Make a move of the table for a person. What the facility writes on acceptance are its conditions."""
    enquiry = hold(enquiry)
    parties = permissions.parties(actor, enquiry)
    target = FLOW.check(verb, enquiry.state, parties, note)
    source, enquiry.state, enquiry.changed = enquiry.state, target, timezone.now()
    if verb == "accept":
        enquiry.conditions = note
    enquiry.save()
    if target == State.DONE:  # places still to come are free for others; those that were used stay told
        enquiry.bookings.filter(slot__starts__gt=timezone.now()).delete()
    record(FLOW, enquiry, verb, source, actor=actor, note=note)
    other = letters.asker if Party.LAB in parties else letters.lab
    letters.tell(enquiry, FLOW.label(verb), other(enquiry), actor=actor, note=note)
    return enquiry


@transaction.atomic
def book(enquiry: Enquiry, slot: Slot, *, actor: Any) -> Booking:
    """A place in a slot. Two who ask for the last place at the same time: one gets it, the other is told."""
    enquiry = hold(enquiry)
    require(permissions.may(actor, "book", enquiry))
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    policies.check_can_book(enquiry, slot)
    taken = set(slot.bookings.values_list("place", flat=True))
    free = next((place for place in range(1, slot.places + 1) if place not in taken), None)
    if free is None:
        raise NotNowError(_("Someone else has just taken the last place. Choose another time."))
    try:
        with transaction.atomic():
            booking = Booking.objects.create(slot=slot, place=free, enquiry=enquiry)
    except IntegrityError as error:
        raise NotNowError(_("You have a place at this time, or someone else just took it.")) from error
    audit("book place", "enquiry", str(enquiry.pk), actor=actor, detail={"slot": slot.pk, "place": free})
    what = gettext_lazy("A place at your facility was booked")
    letters.tell(enquiry, what, letters.lab(enquiry), actor=actor, note=_told(slot))
    return booking


@transaction.atomic
def cancel_booking(booking: Booking, *, actor: Any) -> None:
    """Give the place back while its time has not begun."""
    require(permissions.may(actor, "book", booking.enquiry))
    if booking.slot.starts <= timezone.now():
        raise NotNowError(_("This time is over."))
    enquiry, moment = booking.enquiry, _told(booking.slot)
    audit("cancel place", "enquiry", str(enquiry.pk), actor=actor, detail={"slot": booking.slot_id})
    booking.delete()
    what = gettext_lazy("A place at your facility is free again")
    letters.tell(enquiry, what, letters.lab(enquiry), actor=actor, note=moment)


def _told(slot: Slot) -> str:
    return f"{timezone.localtime(slot.starts):%d-%m-%Y %H:%M}"


@transaction.atomic
def record_use(enquiry: Enquiry, day: date, hours: Decimal, what: str, *, actor: Any) -> Use:
    """What was used on a day; the facility records it."""
    enquiry = hold(enquiry)
    require(permissions.may(actor, "record-use", enquiry))
    policies.check_agreed(enquiry)
    used = Use.objects.create(enquiry=enquiry, day=day, hours=hours, what=what)
    audit("record use", "enquiry", str(enquiry.pk), actor=actor, detail={"day": day.isoformat()})
    return used


@transaction.atomic
def review(enquiry: Enquiry, verdict: str, text: str, language: str, *, actor: Any) -> Review:
    """How it went, for everyone to read; a second one takes the place of the first."""
    enquiry = hold(enquiry)
    require(permissions.may(actor, "review", enquiry))
    policies.check_can_review(enquiry)
    values = {"verdict": verdict, "text": text, "language": language, "author": actor, "at": timezone.now()}
    told, _made = Review.objects.update_or_create(enquiry=enquiry, defaults=values)
    audit("review facility", "facility", enquiry.facility.slug, actor=actor)
    letters.tell(enquiry, gettext_lazy("Someone told how it went"), letters.lab(enquiry), actor=actor)
    return told
