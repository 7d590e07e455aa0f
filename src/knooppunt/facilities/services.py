# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of facilities: all that other apps and the pages may call to change something."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.contentfile import Document
from knooppunt.catalogue.kinds import Text
from knooppunt.facilities import permissions
from knooppunt.facilities.contentcheck import check, named_gaps
from knooppunt.facilities.loading import load_content
from knooppunt.facilities.models import Facility, Slot
from knooppunt.facilities.releasing import decide, record, upload
from knooppunt.facilities.requesting import ask, book, cancel_booking, move, record_use, review
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

RESERVED = frozenset({"nieuw", "aanvragen", "aanvraag", "lab", "uitkomst", "samenwerken"})
MOST_SLOTS = 60
MOST_AHEAD = timedelta(days=2 * 365)
CLOSED = Text("Deze faciliteit neemt geen aanvragen meer aan.", "This facility takes no requests any more.")

__all__ = [
    "add_slots",
    "ask",
    "book",
    "cancel_booking",
    "close",
    "decide",
    "load_content",
    "move",
    "offer",
    "record",
    "record_use",
    "remove_slot",
    "review",
    "save",
    "upload",
]


@transaction.atomic
def offer(organisation: str, content: dict[str, Any], *, actor: Any) -> Facility:
    """A new facility of an organisation that the actor edits for; it is public at once."""
    require(organisation in people.writes_for(actor))
    facility = Facility(slug=_free_slug(content), organisation=organisation)
    return _publish(facility, content, actor)


@transaction.atomic
def save(facility: Facility, content: dict[str, Any], *, actor: Any) -> Facility:
    """Change what a facility tells; it no longer follows its content file."""
    facility = Facility.objects.select_for_update().get(pk=facility.pk)
    require(permissions.keeps(actor, facility))
    return _publish(facility, content, actor)


def _publish(facility: Facility, content: dict[str, Any], actor: Any) -> Facility:
    content = {key: value for key, value in content.items() if key != "not_reported"}
    content["not_reported"] = named_gaps(content)
    check(Document(content))
    facility.content, facility.from_content, facility.open = content, False, True
    facility.changed = timezone.now()
    catalogue.publish(facility, actor=actor)
    return facility


def _free_slug(content: dict[str, Any]) -> str:
    title = content["title"].get("nl") or content["title"]["en"]
    base = slugify(title)[:70].strip("-") or "faciliteit"
    taken = RESERVED | set(Facility.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


@transaction.atomic
def close(facility: Facility, *, actor: Any) -> None:
    """Take no requests any more; what runs, runs on. Saving it again opens it."""
    facility = Facility.objects.select_for_update().get(pk=facility.pk)
    require(permissions.keeps(actor, facility))
    facility.open, facility.from_content = False, False
    catalogue.withdraw(facility, actor=actor, reason=CLOSED)


@transaction.atomic
def add_slots(
    facility: Facility, starts: datetime, length: timedelta, places: int, weeks: int, *, actor: Any
) -> int:
    """Times at which guests can work: one, or the same every week. Returns how many were new."""
    facility = Facility.objects.select_for_update().get(pk=facility.pk)
    require(permissions.keeps(actor, facility))
    now = timezone.now()
    if not now < starts <= now + MOST_AHEAD:
        raise NotNowError(_("Give a moment from now up to two years ahead."))
    if facility.slots.filter(starts__gt=timezone.now()).count() + weeks > MOST_SLOTS:
        raise NotNowError(_("A facility has at most %(most)s times ahead.") % {"most": MOST_SLOTS})
    made = 0
    for week in range(weeks):
        start = starts + timedelta(weeks=week)
        values = {"ends": start + length, "places": places}
        made += Slot.objects.get_or_create(facility=facility, starts=start, defaults=values)[1]
    audit("add slots", "facility", facility.slug, actor=actor, detail={"made": made})
    return made


@transaction.atomic
def remove_slot(slot: Slot, *, actor: Any) -> None:
    """Take a time away that nobody booked."""
    slot = Slot.objects.select_for_update().select_related("facility").get(pk=slot.pk)
    require(permissions.keeps(actor, slot.facility))
    if slot.bookings.exists():
        raise NotNowError(_("Someone has a place at this time. Talk to them first."))
    audit("remove slot", "facility", slot.facility.slug, actor=actor)
    slot.delete()
