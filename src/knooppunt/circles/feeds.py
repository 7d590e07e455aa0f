# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feeds of a circle for the tools that people already use, and the key that opens those of a private one.

The key is of one member and one circle, signed with the secret of this hub. It goes in the query of the
address, which is never logged; it ends with the membership and when the member makes a new one.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from knooppunt.circles import permissions, queries
from knooppunt.circles.models import Circle, Member

_signer = signing.Signer(salt="circles.feed")
PARAMETER = "sleutel"


def opens(circle: Circle, key: str) -> bool:
    """True when the key is of somebody who takes part in this circle now."""
    try:
        code = _signer.unsign(key)
    except signing.BadSignature:
        return False
    if not code:
        return False
    member = Member.objects.select_related("user").filter(circle=circle, feed_code=code).first()
    return member is not None and permissions.member_of(member.user, circle) is not None


def addresses(circle: Circle, member: Member | None) -> dict[str, str]:
    """Addresses to subscribe to by name; none of a private circle for who has made no key."""
    if circle.private and not (member and member.feed_code):
        return {}
    query = f"?{PARAMETER}={_signer.sign(member.feed_code)}" if circle.private and member else ""
    return {
        name: f"{settings.PUBLIC_URL}{reverse(f'circles:{name}', args=[circle.slug])}{query}"
        for name in ("calendar", "atom")
    }


def atom(circle: Circle, language: str) -> HttpResponse:
    """Meetings, and what is started on the challenge, the latest first."""
    page = settings.PUBLIC_URL + circle.get_absolute_url()
    title = circle.words("title").text
    feed = Atom1Feed(title, page, circle.words("purpose").text, language=language, feed_guid=page)
    entries = [*map(_meeting, circle.meetings.order_by("-changed")[: queries.NEWEST])]
    entries += [_card(card, language) for card in queries.around(circle)]
    for entry in sorted(entries, key=lambda entry: entry["updateddate"], reverse=True):
        feed.add_item(**entry)
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    if circle.private:
        response["Cache-Control"] = "private, no-store"
    return response


def _meeting(meeting: Any) -> dict[str, Any]:
    when = date_format(localtime(meeting.starts), "DATETIME_FORMAT")
    off = f" ({_('cancelled')})" if meeting.cancelled else ""
    address = settings.PUBLIC_URL + meeting.get_absolute_url()
    return {
        "title": f"{meeting.title}{off}",
        "link": address,
        "description": escape(f"{when}, {meeting.place}"),
        "unique_id": address,
        "updateddate": meeting.changed,
    }


def _card(card: Any, language: str) -> dict[str, Any]:
    return {
        "title": card.in_language("title", language)[0],
        "link": f"{settings.PUBLIC_URL}/{language}{card.url}",
        "description": escape(card.in_language("summary", language)[0]),
        "unique_id": f"{settings.PUBLIC_URL}/id/{card.kind}/{card.key}",
        "updateddate": card.updated,
    }
