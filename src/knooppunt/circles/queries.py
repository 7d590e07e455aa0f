# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading circles, and the connector's worklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from knooppunt.catalogue import matching
from knooppunt.catalogue.models import Card
from knooppunt.circles.models import Circle, Introduction, Meeting, Member
from knooppunt.circles.states import OPEN, State
from knooppunt.initiatives import services as initiatives
from knooppunt.people import services as people

SHOWN = 50
NEWEST = 15
MOST_PAIRS = 20
MOST_QUESTIONS = 5
NEAR_ENOUGH = 0.2
DAYS_WAITING, DAYS_SILENT, DAYS_ASLEEP = 14, 60, 90


def find(slug: str) -> Circle | None:
    return Circle.objects.filter(slug=slug).first()


def public() -> QuerySet[Circle]:
    """What everyone may see."""
    return Circle.objects.filter(private=False)


def visible(user: Any) -> QuerySet[Circle]:
    """Open circles, and the private ones that somebody is in."""
    if not people.is_somebody(user):
        return public()
    mine = Member.objects.filter(user=user).values("circle")
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
    return matching.match(source, language, user=user, only=["faq"], size=MOST_QUESTIONS)


def coming(circle: Circle) -> QuerySet[Meeting]:
    return circle.meetings.filter(ends__gte=timezone.now())


@dataclass(frozen=True)
class Pair:
    """Two organisations with the same problem and no contact yet."""

    card: Card
    match: Any
    one: Any
    other: Any
    askable: bool


def pairs(language: str) -> list[Pair]:
    """From the newest initiatives: who does the same elsewhere, and is not in touch yet."""
    found: list[Pair] = []
    seen: set[frozenset[str]] = set()
    cards = Card.objects.filter(kind="initiative").prefetch_related("facets").order_by("-updated")
    for card in cards[:NEWEST]:
        source = matching.source_of(card, language)
        for match in matching.match(source, language, only=["initiative"], size=5):
            if match.score >= NEAR_ENOUGH:
                found += _pairs(card, match, seen)
        if len(found) >= MOST_PAIRS:
            break
    return found[:MOST_PAIRS]


def _pairs(card: Card, match: Any, seen: set[frozenset[str]]) -> list[Pair]:
    other = Card.objects.filter(kind=match.kind, key=match.key).prefetch_related("facets").first()
    if other is None:
        return []
    made = []
    for one in _organisations(card):
        for theirs in _organisations(other):
            both = frozenset((one, theirs))
            if len(both) == 2 and both not in seen and not _known(one, theirs):
                seen.add(both)
                known = names([one, theirs])
                if len(known) == 2:
                    askable = initiatives.contactable([one, theirs]) == {one, theirs}
                    made.append(Pair(card, match, known[one], known[theirs], askable))
    return made


def _organisations(card: Card) -> list[str]:
    return [value.code for value in card.facets.all() if value.facet == "organisation"]


def _known(one: str, other: str) -> bool:
    """In touch, or asked by a connector."""
    open_ = Introduction.objects.filter(state__in=(*OPEN, State.DECLINED, State.MADE))
    asked = open_.filter(one__in=(one, other), other__in=(one, other))
    return initiatives.between(one, other).exists() or asked.exists()


def asleep() -> QuerySet[Circle]:
    """Open circles without a meeting ahead, or one in the last ninety days."""
    before = timezone.now() - timedelta(days=DAYS_ASLEEP)
    awake = Meeting.objects.filter(ends__gte=before, cancelled=False).values("circle")
    return public().filter(made__lt=before).exclude(pk__in=awake)[:SHOWN]


def introduction_figures() -> dict[str, int]:
    """Introductions proposed, made, and with a told outcome; for everyone to read."""
    return Introduction.objects.aggregate(
        proposed=Count("pk"),
        made=Count("pk", filter=Q(state=State.MADE)),
        outcome=Count("pk", filter=~Q(contact__outcome="") & Q(contact__isnull=False)),
    )


def home_panel() -> dict[str, Any] | None:
    """The figures for the home page, once there is something to tell."""
    figures = introduction_figures()
    return figures if figures["proposed"] else None


def on_organisation_page(organisation: Any, reader: Any) -> dict[str, Any] | None:
    """The open circles in which an organisation takes part."""
    found = public().filter(members__organisation=organisation.slug).distinct()
    circles = [(circle, circle.words("title")) for circle in found]
    return {"circles": circles} if circles else None
