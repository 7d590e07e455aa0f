# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May anyone do this, now? Rules on states and moments, whoever asks."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.facilities.models import Enquiry, Facility, Slot
from knooppunt.facilities.states import State
from knooppunt.web.forms import NotNowError

MOST_FACILITIES = 10
MOST_PER_DAY = 5
MOST_OUTPUTS = 50


def check_can_ask(facilities: list[Facility], sent_today: int) -> None:
    """One request goes to at most ten facilities, and an organisation sends at most five a day."""
    if not facilities:
        raise NotNowError(_("Choose at least one facility."))
    if len(facilities) > MOST_FACILITIES:
        raise NotNowError(_("Choose at most %(most)s facilities.") % {"most": MOST_FACILITIES})
    if closed := [f for f in facilities if not f.open]:
        raise NotNowError(_("'%(name)s' takes no requests now.") % {"name": closed[0].slug})
    if sent_today >= MOST_PER_DAY:
        raise NotNowError(
            _("Your organisation sent %(n)s requests today. Go on tomorrow.") % {"n": sent_today}
        )


def check_agreed(enquiry: Enquiry) -> None:
    if enquiry.state != State.AGREED:
        raise NotNowError(_("First the facility accepts and you agree."))


def check_can_book(enquiry: Enquiry, slot: Slot) -> None:
    check_agreed(enquiry)
    if slot.facility_id != enquiry.facility_id:
        raise NotNowError(_("This time is of another facility."))
    if slot.starts <= timezone.now():
        raise NotNowError(_("This time is over."))


def check_can_upload(enquiry: Enquiry) -> None:
    check_agreed(enquiry)
    if enquiry.facility.policy is None:
        raise NotNowError(_("This facility has no output policy yet: ask it to write one."))
    if enquiry.outputs.count() >= MOST_OUTPUTS:
        raise NotNowError(_("There are %(n)s outputs here already. Ask again.") % {"n": MOST_OUTPUTS})


def check_can_review(enquiry: Enquiry) -> None:
    if enquiry.state != State.DONE:
        raise NotNowError(_("Tell how it went when the work is finished."))
