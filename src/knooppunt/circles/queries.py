# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading circles, and the connector's worklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from knooppunt.catalogue import matching
from knooppunt.catalogue.models import Card
from knooppunt.circles import permissions
from knooppunt.circles.introductionstates import State
from knooppunt.circles.models import Circle, Introduction, Meeting, Member
from knooppunt.people import services as people

SHOWN = 50
NEWEST = 15
MOST_QUESTIONS = 3
NEAR_ENOUGH = 0.5


def find(slug: str) -> Circle | None:
    return Circle.objects.filter(slug=slug).first()


def public() -> QuerySet[Circle]:
    """What everyone may see."""
    return Circle.objects.filter(private=False)


def visible(user: Any) -> QuerySet[Circle]:
    """Open circles, and the private ones that somebody is in for an organisation where they work."""
    if not people.is_somebody(user):
        return public()
    mine = permissions.memberships(user).values("circle")
    return Circle.objects.filter(Q(private=False) | Q(pk__in=mine))


def names(slugs: list[str]) -> dict[str, Any]:
    return {o.slug: o for o in people.organisations(slugs)}


@dataclass(frozen=True)
class Party:
    """An organisation around a circle: who represents it, or that only the source text names it."""

    organisation: Any
    represented: bool
    named_only: bool


def layers(circle: Circle) -> list[tuple[str, list[Party]]]:
    """Organisations in a circle, and those its source names, by layer of government."""
    rows = circle.members.values("organisation").annotate(one=Count("pk", filter=Q(represents=True)))
    represented = {row["organisation"]: row["one"] > 0 for row in rows}
    found: dict[str, list[Party]] = {}
    for organisation in people.organisations({*represented, *circle.named}):
        slug = organisation.slug
        party = Party(organisation, represented.get(slug, False), slug not in represented)
        found.setdefault(organisation.get_kind_display(), []).append(party)
    return sorted(found.items())


def members_by_organisation(circle: Circle) -> list[tuple[Any, list[tuple[Member, str]]]]:
    """Members with the name that they told in their profile, by organisation; for who leads the circle."""
    members = list(circle.members.select_related("user__profile").order_by("organisation", "since", "pk"))
    found = []
    for organisation in people.organisations({member.organisation for member in members}):
        own = [m for m in members if m.organisation == organisation.slug]
        found.append(
            (organisation, [(m, getattr(getattr(m.user, "profile", None), "name", "")) for m in own])
        )
    return found


@dataclass(frozen=True)
class Taken:
    """How many come to a meeting, how many wait for a place, and from which organisations they come."""

    come: int
    wait: int
    organisations: list[Any]


def taken(meeting: Meeting) -> Taken:
    slugs = list(meeting.attendances.values_list("member__organisation", flat=True))
    come = len(slugs) if meeting.places is None else min(len(slugs), meeting.places)
    return Taken(come, len(slugs) - come, list(people.organisations(set(slugs[:come]))))


def my_place(meeting: Meeting, user: Any) -> int | None:
    """0: I have a place; 1 and up: my place in the waiting line; None: I said nothing."""
    if not people.is_somebody(user):
        return None
    order = list(meeting.attendances.values_list("member__user", flat=True))
    if user.pk not in order:
        return None
    place = order.index(user.pk)
    return 0 if meeting.places is None else max(0, place - meeting.places + 1)


def challenges_without(circles: Iterable[Circle]) -> list[Card]:
    """Challenges around which none of these circles gathers."""
    taken = {circle.challenge for circle in circles}
    return list(Card.objects.filter(kind="challenge").exclude(key__in=taken).order_by("title_nl"))


def around(circle: Circle) -> list[Card]:
    """Initiatives on the circle's challenge, from the catalogue, newest first."""
    cards = Card.objects.filter(kind="initiative", facets__facet="challenge", facets__code=circle.challenge)
    return list(cards.defer("text_nl", "text_en").order_by("-updated")[:NEWEST])


def questions(circle: Circle, language: str, user: Any) -> list[Any]:
    """Answered questions on the subject of a circle, the nearest first."""
    text = f"{circle.words('title').text}\n{circle.words('purpose').text}"
    source = matching.Source(text, facets={"challenge": {circle.challenge}})
    found = matching.match(source, language, user=user, only=["faq"], size=MOST_QUESTIONS)
    return [match for match in found if match.score >= NEAR_ENOUGH]


def coming(circle: Circle) -> QuerySet[Meeting]:
    return circle.meetings.filter(ends__gte=timezone.now())


def introduction_figures() -> dict[str, int]:
    """Introductions proposed, made, and with a told outcome; for everyone to read."""
    return Introduction.objects.aggregate(
        proposed=Count("pk"),
        made=Count("pk", filter=Q(state=State.MADE)),
        outcome=Count("pk", filter=~Q(contact__outcome="") & Q(contact__isnull=False)),
    )


def introductions_by_year() -> list[dict[str, int]]:
    """The same per year in which they were proposed, with those that were declined; the earliest first."""
    counted: dict[int, Counter[str]] = {}
    for made, state, outcome in Introduction.objects.values_list("made", "state", "contact__outcome"):
        year = counted.setdefault(timezone.localtime(made).year, Counter())
        year["proposed"] += 1
        year["made"] += state == State.MADE
        year["declined"] += state == State.DECLINED
        year["outcome"] += bool(outcome)
    names = ("proposed", "made", "declined", "outcome")
    return [{"year": year} | {name: found[name] for name in names} for year, found in sorted(counted.items())]


def home_panel() -> dict[str, Any] | None:
    """The figures for the home page, once there is something to tell."""
    figures = introduction_figures()
    return figures if figures["proposed"] else None


def on_organisation_page(organisation: Any, reader: Any) -> dict[str, Any] | None:
    """The open circles in which an organisation takes part."""
    found = public().filter(members__organisation=organisation.slug).distinct()
    circles = [(circle, circle.words("title")) for circle in found]
    return {"circles": circles} if circles else None


@dataclass(frozen=True)
class Introduced:
    """An introduction with the names of both, and what they told came of it."""

    introduction: Introduction
    one: Any
    other: Any
    outcome: str


def introductions() -> list[Introduced]:
    """The latest, for connectors."""
    latest = list(Introduction.objects.select_related("contact")[:SHOWN])
    known = names([slug for one in latest for slug in (one.one, one.other)])
    return [
        Introduced(one, known.get(one.one), known.get(one.other), one.contact.outcome if one.contact else "")
        for one in latest
    ]


def still_there(members: QuerySet[Member]) -> list[Member]:
    """Of these, who still works at the organisation for which they take part, or at what stands in its
    place."""
    places = people.standing()
    found = members.select_related("user").prefetch_related("user__memberships__organisation")
    return [
        member
        for member in found
        if {role.organisation.slug for role in member.user.memberships.all()}
        & set(places.since(member.organisation))
    ]
