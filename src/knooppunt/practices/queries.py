# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading practices: each answer in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from knooppunt.catalogue.models import Card
from knooppunt.people import services as people
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.permissions import HUB_EDITORS, READERS
from knooppunt.practices.states import OPEN, PUBLIC, STANDING, State

SHOWN = 50
LIVE = Version.objects.filter(state__in=(*STANDING, *OPEN))


def practices() -> QuerySet[Practice]:
    """Practices with their standing and open versions."""
    return Practice.objects.prefetch_related(Prefetch("versions", LIVE))


def public() -> QuerySet[Practice]:
    return practices().filter(versions__state__in=PUBLIC).order_by("slug")


def find(slug: str) -> Practice | None:
    return practices().filter(slug=slug).first()


def history(practice: Practice) -> list[Version]:
    """Every version that was ever public, newest first."""
    return list(practice.versions.exclude(published=None).order_by("-number"))


def challenges() -> list[Card]:
    """The challenges there are, as the catalogue knows them."""
    return list(Card.objects.filter(kind="challenge").order_by("title_nl"))


def names(slugs: list[str]) -> dict[str, Any]:
    """Organisations by slug."""
    return {o.slug: o for o in people.organisations(slugs)}


@dataclass(frozen=True)
class Queue:
    """What waits, the longest waiting first: as many as a page shows, and how many there are."""

    versions: list[Version]
    number: int


def desk(user: Any) -> dict[str, Queue]:
    """What waits for a person: to write, to read for the organisation, to look at as hub editor."""
    return {name: _queue(found) for name, found in _waiting(user).items()}


def _queue(found: QuerySet[Version]) -> Queue:
    # The database sorts keys, not texts: the texts of what is shown are read after that.
    keys = list(found.values_list("pk", flat=True)[:SHOWN])
    versions = list(Version.objects.filter(pk__in=keys).select_related("practice").order_by("changed", "pk"))
    return Queue(versions, len(versions) if len(versions) < SHOWN else found.count())


def _waiting(user: Any) -> dict[str, QuerySet[Version]]:
    roles = people.roles_of(user)
    write = people.edits_for(user)
    read = [slug for slug, held in roles.items() if held & set(READERS)]
    versions = Version.objects.order_by("changed", "pk")
    hub = people.is_hub(user, *HUB_EDITORS)
    hub_states = Q(state__in=(State.ACCEPTED, State.SCHEDULED))
    return {
        "write": versions.filter(practice__organisation__in=write, state=State.DRAFT),
        "read": versions.filter(practice__organisation__in=read, state=State.SUBMITTED).exclude(writers=user),
        "hub": versions.filter(hub_states) if hub else versions.none(),
        "due": versions.filter(practice__organisation__in=write, state=State.REVIEW_DUE),
        "waiting": versions.filter(
            practice__organisation__in=write,
            state__in=(State.SUBMITTED, State.ACCEPTED, State.SCHEDULED),
        ),
    }


def past_review() -> QuerySet[Version]:
    """What anyone reads though its review day has come, the oldest first."""
    due = Version.objects.filter(
        Q(state=State.REVIEW_DUE) | Q(state=State.PUBLISHED, review_due__lte=timezone.localdate())
    )
    return due.select_related("practice").order_by("review_due", "pk")
