# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Meetings as iCalendar (RFC 5545), for the calendar that people already use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event

from knooppunt.circles.models import Meeting


def calendar(meetings: Iterable[Meeting], name: str, *, private: bool) -> HttpResponse:
    """One calendar file. A cancelled meeting stays in it, so that calendars take it away."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Knooppunt//circles//NL")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for meeting in meetings:
        made.add_component(_event(meeting))
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kring.ics"'
    if private:
        response["Cache-Control"] = "private, no-store"
    return response


def _event(meeting: Meeting) -> Event:
    host = settings.PUBLIC_URL.split("//")[-1].split(":")[0]
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{host}")
    event.add("dtstamp", meeting.changed.astimezone(UTC))
    event.add("sequence", meeting.revision)
    event.add("dtstart", meeting.starts.astimezone(UTC))
    event.add("dtend", meeting.ends.astimezone(UTC))
    for name, text in (
        ("summary", meeting.title),
        ("location", meeting.place),
        ("description", meeting.agenda),
    ):
        event.add(name, "\n".join(text.splitlines()))  # of every sign that some calendar ends a line at
    event.add("url", settings.PUBLIC_URL + meeting.get_absolute_url())
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    return event
