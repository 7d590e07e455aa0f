# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading answers and definitions: each answer in a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from knooppunt.toolkit.models import Entry, Faq, Term, Version
from knooppunt.toolkit.states import OPEN, STANDING, State

SOON = timedelta(days=30)
LIVE = Version.objects.filter(state__in=(*STANDING, *OPEN))
MODELS: dict[str, type[Faq] | type[Term]] = {"faq": Faq, "term": Term}


def entries(kind: str) -> QuerySet[Any]:
    """Answers, definitions or steps with their standing and open versions."""
    return MODELS.get(kind, Entry).objects.filter(kind=kind).prefetch_related(Prefetch("versions", LIVE))


def public(kind: str) -> QuerySet[Any]:
    return entries(kind).filter(versions__state=State.PUBLISHED).order_by("slug")


def find(kind: str, slug: str) -> Any:
    return entries(kind).filter(slug=slug).first()


def waiting() -> QuerySet[Version]:
    """Versions that are worked on, the longest waiting first."""
    return Version.objects.filter(state__in=OPEN).select_related("entry").order_by("changed", "pk")


def expired() -> QuerySet[Version]:
    """Public versions whose review day has come, the oldest first."""
    due = Version.objects.filter(state=State.PUBLISHED, review_due__lte=timezone.localdate())
    return due.select_related("entry").order_by("review_due", "pk")


def soon() -> QuerySet[Version]:
    """Public versions whose review day comes within a month, the first first."""
    today = timezone.localdate()
    due = Version.objects.filter(state=State.PUBLISHED, review_due__gt=today, review_due__lte=today + SOON)
    return due.select_related("entry").order_by("review_due", "pk")


def withdrawn() -> QuerySet[Version]:
    """What was taken back, the latest first."""
    gone = Version.objects.filter(state=State.WITHDRAWN)
    return gone.select_related("entry").order_by("-changed", "pk")


def free_slug(kind: str, base: str) -> str:
    """The address, with a number when it is taken."""
    taken = set(Entry.objects.filter(kind=kind, slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
