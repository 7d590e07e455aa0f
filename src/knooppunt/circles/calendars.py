# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Meetings as iCalendar (RFC 5545), for the calendar that people already use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse

from knooppunt.circles.models import Meeting

LONGEST_LINE = 75


def calendar(meetings: Iterable[Meeting], name: str, *, private: bool) -> HttpResponse:
    """One calendar file. A cancelled meeting stays in it, so that calendars take it away."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Knooppunt//circles//NL",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for meeting in meetings:
        lines += _event(meeting)
    lines.append("END:VCALENDAR")
    text = "".join(f"{_folded(line)}\r\n" for line in lines)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kring.ics"'
    if private:
        response["Cache-Control"] = "private, no-store"
    return response


def _event(meeting: Meeting) -> list[str]:
    address = settings.PUBLIC_URL + meeting.get_absolute_url()
    host = settings.PUBLIC_URL.split("//")[-1].split(":")[0]
    return [
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{host}",
        f"DTSTAMP:{_moment(meeting.changed)}",
        f"SEQUENCE:{meeting.revision}",
        f"DTSTART:{_moment(meeting.starts)}",
        f"DTEND:{_moment(meeting.ends)}",
        f"SUMMARY:{_escaped(meeting.title)}",
        f"LOCATION:{_escaped(meeting.place)}",
        f"DESCRIPTION:{_escaped(meeting.agenda)}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if meeting.cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Text as RFC 5545 3.3.11 wants it: no line of it can become a property of its own."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, a space before what goes on; no character is cut in two."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + width
    return "\r\n".join([*parts, part])
