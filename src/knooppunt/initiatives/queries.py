# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading initiatives and contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from knooppunt.catalogue import matching
from knooppunt.catalogue.models import Card, identities
from knooppunt.initiatives.contacting import all_contactable, contactable
from knooppunt.initiatives.contactstates import State as ContactState
from knooppunt.initiatives.models import Contact, ContactPerson, Initiative
from knooppunt.initiatives.states import BUSY, PUBLIC, State
from knooppunt.people import services as people
from knooppunt.people.roles import Role

SHOWN = 100
MOST_MATCHES = 8
NEAR_ENOUGH = 0.15
DOERS = ("initiative", "practice", "facility", "person")
"""Kinds behind which somebody stands who does it; what explains or plans is in the full list of matches."""


def public() -> QuerySet[Initiative]:
    return Initiative.objects.filter(state__in=PUBLIC)


def find(slug: str) -> Initiative | None:
    return Initiative.objects.filter(slug=slug).first()


def challenges() -> list[Card]:
    return list(Card.objects.filter(kind="challenge").order_by("title_nl"))


def names(slugs: list[str]) -> dict[str, Any]:
    """Organisations by slug."""
    return {o.slug: o for o in people.organisations(slugs)}


def named(slugs: list[str], language: str) -> list[tuple[str, str]]:
    """Slug and name of organisations, as a form offers them."""
    return [(o.slug, o.name_nl if language == "nl" else o.name_en) for o in people.organisations(slugs)]


@dataclass(frozen=True)
class Peer:
    """A match of an initiative: what they learned, and whom of them one can ask (slug, name)."""

    match: Any
    lesson: Initiative | None
    contacts: list[tuple[str, str]]


def peers(initiative: Initiative, language: str, user: Any) -> list[Peer]:
    """Who does the same and why we think so, what they learned, and whom to contact."""
    card = Card.objects.filter(kind="initiative", key=initiative.slug).first()
    if card is None:
        return []
    source = matching.source_of(card, language)
    best = matching.match(source, language, user=user, only=DOERS, size=MOST_MATCHES)
    found = [match for match in best if match.score >= NEAR_ENOUGH]
    keys = [(match.kind, match.key) for match in found]
    cards = {(c.kind, c.key): c for c in Card.objects.filter(identities(keys)).prefetch_related("facets")}
    involved = {
        key: [value.code for value in cards[key].facets.all() if value.facet == "organisation"]
        for key in keys
        if key in cards
    }
    slugs = list({slug for some in involved.values() for slug in some} - {initiative.organisation})
    open_ = dict(named(sorted(contactable(slugs)), language))
    lessons = {
        i.slug: i
        for i in public().filter(slug__in=[k for kind, k in keys if kind == "initiative"])
        if i.lesson
    }
    return [
        Peer(
            match,
            lessons.get(match.key) if match.kind == "initiative" else None,
            [(slug, open_[slug]) for slug in involved.get((match.kind, match.key), ()) if slug in open_],
        )
        for match in found
    ]


def speaks_for_all(user: Any) -> set[str]:
    """The organisations that somebody speaks for: as an editor, or as who takes messages and works there."""
    takes = ContactPerson.objects.filter(user=user, organisation__in=people.roles_of(user))
    return set(people.edits_for(user)) | set(takes.values_list("organisation", flat=True))


def contacts_of(user: Any) -> QuerySet[Contact]:
    """Contacts of the organisations that somebody speaks for."""
    slugs = speaks_for_all(user)
    return Contact.objects.filter(Q(asker__in=slugs) | Q(asked__in=slugs))


def between(one: str, other: str) -> QuerySet[Contact]:
    """Contacts between two organisations, whoever asked."""
    return Contact.objects.filter(Q(asker=one, asked=other) | Q(asker=other, asked=one))


def waiting_contacts(days: int) -> QuerySet[Contact]:
    """Questions that nobody took for so many days, the longest waiting first."""
    before = timezone.now() - timedelta(days=days)
    return Contact.objects.filter(state=ContactState.ASKED, made__lt=before).order_by("made", "pk")


def without_follow_up(days: int) -> QuerySet[Initiative]:
    """Initiatives of which nothing was heard for so many days, and that are not at their end."""
    before = timezone.now() - timedelta(days=days)
    found = kept_by_people().filter(state__in=(*BUSY, State.DONE), changed__lt=before)
    return found.order_by("changed", "pk")


def on_organisation_page(organisation: Any, reader: Any) -> dict[str, Any] | None:
    """Whether this organisation can be contacted now, or how its own people make that so."""
    works_here = people.has_role(reader, organisation.slug, *Role)
    open_ = bool(contactable([organisation.slug]))
    if works_here and open_:
        return None
    return {"slug": organisation.slug, "contactable": open_, "works_here": works_here}


def kept_by_people() -> QuerySet[Initiative]:
    """What organisations themselves are busy with or finished: not what only a source text tells."""
    return public().filter(from_content=False)


def started(since: datetime) -> QuerySet[Initiative]:
    """What organisations themselves posted after a moment and are still busy with, the latest first."""
    return kept_by_people().filter(state__in=BUSY, posted__gt=since).order_by("-posted")


def busy_with(organisations: Iterable[str]) -> set[str]:
    """The challenges on which these organisations are busy."""
    own = Initiative.objects.filter(state__in=BUSY, organisation__in=list(organisations))
    return set(own.values_list("challenge", flat=True))


def askable(asker: str, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Organisations that can be asked for help now, by kind: data labs, universities, peers."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in people.organisations(all_contactable()).exclude(slug=asker):
        name = one.name_nl if language == "nl" else one.name_en
        found.setdefault(str(one.get_kind_display()), []).append((one.slug, name))
    return sorted(found.items())
