# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of circles and introductions: all that pages may call to change something.

Each verb asks policy (may anyone, now: `NotNowError`) and permission (may this person: `PermissionDenied`),
and writes the thing, its card, the audit line and the mail in one transaction.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.circles import permissions
from knooppunt.circles.introducing import move, propose
from knooppunt.circles.loading import load_content
from knooppunt.circles.meetings import come, plan, remind, stay_away, write_notes
from knooppunt.circles.membership import (
    invite,
    join,
    lead,
    leave,
    let_go,
    release,
    remove,
    renew_feed,
    represent,
)
from knooppunt.circles.models import Circle, Member
from knooppunt.circles.queries import introductions_by_year
from knooppunt.circles.reminding import remind_of
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

__all__ = [
    "change",
    "come",
    "introductions_by_year",
    "invite",
    "join",
    "lead",
    "leave",
    "let_go",
    "load_content",
    "move",
    "plan",
    "propose",
    "release",
    "remind",
    "remind_of",
    "remove",
    "renew_feed",
    "represent",
    "start",
    "stay_away",
    "write_notes",
]
RESERVED = frozenset({"nieuw", "werklijst", "voorstel", "weekbericht"})
CIRCLES_A_WEEK = 3
FIELDS = ("title", "language", "purpose", "challenge", "elsewhere", "private")


@transaction.atomic
def start(organisation: str, values: dict[str, Any], *, actor: Any) -> Circle:
    """Start a circle; who starts it leads it."""
    require(organisation in people.works_at(actor))
    recent = Circle.objects.filter(made_by=actor, made__gt=timezone.now() - timedelta(days=7))
    if recent.count() >= CIRCLES_A_WEEK:
        raise NotNowError(_("You started three circles this week. Come back next week."))
    circle = Circle(slug=_free_slug(values["title"]), made_by=actor, **{n: values[n] for n in FIELDS})
    _publish(circle, actor)
    Member.objects.create(circle=circle, user=actor, organisation=organisation, leads=True, represents=True)
    return circle


@transaction.atomic
def change(circle: Circle, values: dict[str, Any], *, actor: Any) -> Circle:
    """Change what a circle is for; made private it goes from search and feeds at once."""
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    require(permissions.may_circle(actor, "change", circle))
    if values["private"] and not circle.members.exists():
        raise NotNowError(_("Nobody takes part yet: nobody could see this circle any more."))
    for name in FIELDS:
        setattr(circle, name, values[name])
    circle.from_content, circle.translation = False, {}
    audit("change circle", "circle", circle.slug, actor=actor)
    _publish(circle, actor)
    return circle


def _publish(circle: Circle, actor: Any) -> None:
    """An open circle has a card; a private one has none, also when it was open before."""
    if circle.private:
        catalogue.withdraw(circle, actor=actor, nameless=True)
        audit("keep circle private", "circle", circle.slug, actor=actor)
    else:
        catalogue.publish(circle, actor=actor)


def _free_slug(title: str) -> str:
    base = slugify(title)[:70].strip("-") or "kring"
    taken = set(Circle.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    tries = (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)
