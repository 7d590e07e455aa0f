# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The agreement between who asks and who keeps a facility, made from a model and what both wrote."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knooppunt.facilities import queries
from knooppunt.facilities.models import Enquiry
from knooppunt.facilities.wording import policy_lines
from knooppunt.web.documents import Document, Heading, Items, Paragraph, Part


def agreement(enquiry: Enquiry, language: str) -> Document:
    """The agreement in the active language; what people wrote stays in theirs."""
    asked, facility = enquiry.request, enquiry.facility
    names = dict(queries.named([asked.organisation, facility.organisation], language))
    asker, keeper = (names.get(slug, slug) for slug in (asked.organisation, facility.organisation))
    parts: list[Part] = [
        Paragraph(
            _("This is a model. Have it read by whoever signs; each party stays responsible itself."),
            aside=True,
        ),
        Heading(_("1. Parties")),
        Paragraph(_("%(asker)s, below: the guest.") % {"asker": asker}),
        Paragraph(_("%(keeper)s, below: the host, for the facility %(name)s.")
                  % {"keeper": keeper, "name": facility.text("title", language)}),
        Heading(_("2. What the guest does")),
        Paragraph(asked.project, label=_("Project")),
        Paragraph(asked.people, label=_("People")),
        Paragraph(asked.setting, label=_("Setting")),
        Paragraph(asked.data, label=_("Data")),
        Paragraph(asked.ground, label=_("Legal ground")),
        Paragraph(asked.output, label=_("Output")),
        Heading(_("3. What the host asks")),
        Paragraph(enquiry.conditions or _("The host wrote no conditions.")),
        Paragraph(facility.text("conditions", language) or _("General conditions were not reported.")),
        Heading(_("4. What may leave")),
        *_policy(enquiry),
        Heading(_("5. When")),
        *_times(enquiry),
        Heading(_("6. Signatures")),
        Paragraph(_("For the guest: ______________________  Date: ____________")),
        Paragraph(_("For the host: ______________________  Date: ____________")),
    ]  # fmt: skip
    return Document(
        _("Agreement on the use of %(name)s") % {"name": facility.text("title", language)},
        language,
        tuple(parts),
        subtitle=asked.title,
        footer=_("Made on %(day)s.") % {"day": date_format(timezone.localdate())},
    )


def _policy(enquiry: Enquiry) -> list[Part]:
    policy = enquiry.facility.policy
    if policy is None:
        return [Paragraph(_("The host has no output policy yet: nothing leaves before there is one."))]
    return [Items(tuple(policy_lines(policy)))]


def _times(enquiry: Enquiry) -> list[Part]:
    times = [
        date_format(timezone.localtime(b.slot.starts), "DATETIME_FORMAT")
        for b in enquiry.bookings.select_related("slot")
    ]
    return [Items(tuple(times))] if times else [Paragraph(_("No times are booked yet."))]
