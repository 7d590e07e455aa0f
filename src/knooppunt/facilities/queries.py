# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading facilities, requests and outputs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from knooppunt.facilities import outputstates
from knooppunt.facilities.models import Enquiry, Facility, Output, Request, Review, Slot
from knooppunt.facilities.permissions import CHECKERS
from knooppunt.facilities.states import OPEN
from knooppunt.people import services as people

SHOWN = 100


def find(slug: str) -> Facility | None:
    return Facility.objects.filter(slug=slug).first()


def names(slugs: list[str]) -> dict[str, Any]:
    """Organisations by slug."""
    return {o.slug: o for o in people.organisations(slugs)}


def named(slugs: list[str], language: str) -> list[tuple[str, str]]:
    """Slug and name of organisations, as a form offers them."""
    return [(o.slug, o.name_nl if language == "nl" else o.name_en) for o in people.organisations(slugs)]


def open_slots(facility: Facility) -> QuerySet[Slot]:
    """Times to come, with how many places are taken."""
    return facility.slots.filter(starts__gt=timezone.now()).annotate(taken=Count("bookings"))[:SHOWN]


def free_slots(facility: Facility) -> QuerySet[Slot]:
    return (
        facility.slots.filter(starts__gt=timezone.now())
        .annotate(taken=Count("bookings"))
        .filter(taken__lt=F("places"))[:SHOWN]
    )


def reviews(facility: Facility) -> QuerySet[Review]:
    return Review.objects.filter(enquiry__facility=facility).select_related("enquiry__request")[:SHOWN]


def enquiries() -> QuerySet[Enquiry]:
    return Enquiry.objects.select_related("request", "facility")


def enquiry(pk: int) -> Enquiry | None:
    return enquiries().filter(pk=pk).first()


def outputs() -> QuerySet[Output]:
    return Output.objects.select_related("enquiry__request", "enquiry__facility")


def desk(user: Any) -> dict[str, list[Any]]:
    """What a person's organisations ask and are asked, and which outputs wait for a decision."""
    roles = people.roles_of(user)
    own = people.edits_for(user)
    checks = [slug for slug, held in roles.items() if held & set(CHECKERS)]
    asked = enquiries().filter(facility__organisation__in=checks, state__in=OPEN).order_by("-changed")
    waiting = (
        outputs()
        .filter(enquiry__facility__organisation__in=checks, state__in=outputstates.WAITING)
        .exclude(Q(uploaded_by=user) | Q(decisions__person=user))
    )
    mine = Request.objects.filter(organisation__in=own).prefetch_related("enquiries__facility")
    return {"asked": list(asked[:SHOWN]), "outputs": list(waiting[:SHOWN]), "mine": list(mine[:SHOWN])}


def figures() -> list[dict[str, Any]]:
    """How facilities answer, over all requests; what the asker withdrew before an answer is no answer."""
    answers = Q(enquiries__steps__verb__in=("accept", "decline"))
    answered = Count("enquiries", filter=answers, distinct=True)
    accepted = Count(
        "enquiries", filter=Q(enquiries__state__in=("accepted", "agreed", "done")), distinct=True
    )
    finished = Count("enquiries", filter=Q(enquiries__state="done"), distinct=True)
    return list(
        Facility.objects.annotate(
            asked=Count("enquiries", distinct=True), answered=answered, accepted=accepted, finished=finished
        )
        .filter(asked__gt=0)
        .order_by("-asked", "slug")
    )
