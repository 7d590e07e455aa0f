# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality that asks, three organisations with a facility each, and a person for each part to play."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from knooppunt.facilities import services
from knooppunt.facilities.models import Enquiry, Facility, Request, Slot
from knooppunt.people.models import Membership, Organisation, User
from knooppunt.people.roles import Role

BREDA, CBS, RWS, BZK = "gemeente-breda", "cbs", "rws", "bzk"
POLICY = {"policy": "lab", "version": 1, "minimum_cell": 10}
CONTENT: dict[str, Any] = {
    "title": {"nl": "Ons lab"}, "summary": {"nl": "Kom rekenen."}, "offers": ["people"],
    "audience": ["municipalities"], "mode": "on_site", "output_policy": POLICY,
}  # fmt: skip
TEXTS = {
    "title": "Schulden eerder zien", "language": "nl", "challenge": "",
    "project": "Wij zien schulden te laat.", "people": "Twee onderzoekers", "setting": "Een week in maart",
    "data": "Meldingen", "ground": "Publieke taak", "output": "Een tabel per wijk",
}  # fmt: skip
GOOD = b"wijk;aantal\nNoord;120\nZuid;80\n"
SMALL = b"wijk;aantal\nNoord;120\nZuid;3\n"


def person(name: str, organisation: str, role: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.invalid")
    Membership.objects.create(user=user, organisation=Organisation.objects.get(slug=organisation), role=role)
    return user


@pytest.fixture
def world(db, settings, tmp_path) -> SimpleNamespace:
    settings.DATA = tmp_path
    for slug in (BREDA, CBS, RWS, BZK):
        Organisation.objects.create(slug=slug, kind="agency", name_nl=slug.title(), name_en=slug.title())
    found = SimpleNamespace(
        asker=person("asker", BREDA, Role.EDITOR),
        member=person("member", BREDA, Role.MEMBER),
        first=person("first", CBS, Role.EDITOR),
        second=person("second", CBS, Role.DATA_STEWARD),
        other=person("other", RWS, Role.EDITOR),
    )
    found.lab = services.offer(CBS, CONTENT, actor=found.first)
    found.elsewhere = services.offer(RWS, CONTENT | {"title": {"nl": "Elders"}}, actor=found.other)
    return found


@pytest.fixture
def asked(world) -> Request:
    return services.ask(BREDA, [world.lab, world.elsewhere], TEXTS, actor=world.asker)


@pytest.fixture
def enquiry(world, asked) -> Enquiry:
    return asked.enquiries.get(facility=world.lab)


@pytest.fixture
def agreed(world, enquiry) -> Enquiry:
    services.move(enquiry, "accept", actor=world.first, note="Neem een laptop mee.")
    return services.move(enquiry, "agree", actor=world.asker)


def slot(lab: Facility, places: int = 1, days: int = 7) -> Slot:
    starts = timezone.now() + timedelta(days=days)
    return Slot.objects.create(facility=lab, starts=starts, ends=starts + timedelta(hours=8), places=places)
