# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Explained matching: who does the same kind of thing, and why we think so.

Computed when it is read and never stored per pair. The index gives what the words find, by the one ranking
function; what two cards share beside words adds to it, each signal with its weight, and told in the reason:

    score = words (1 for the card itself, or for what a text finds best) + sum of weight x strength (0 to 1)

What people set aside as another problem holds that pair of cards back, by a tenth per person, and the pair of
their kinds by two hundredths per person; together never by more than three tenths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from knooppunt.catalogue import indexing
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card, Dismissal, FacetValue, Relation, identities
from knooppunt.catalogue.search import Hit, SearchQuery

CANDIDATES, MOST = 40, 200
OFFERED = 20
WEIGHTS = {"challenge": 0.15, "origin": 0.05, "alike": 0.05, "offers": 0.2, "related": 0.1}
PER_DISMISSAL, PER_DISMISSAL_OF_KIND, LEAST_FACTOR = 0.1, 0.02, 0.7
LONGEST = 20_000
ORGANISATION = "organisation"  # the name of the kind and of the facet
UNTOLD = {"not_reported", "unknown"}  # two that tell nothing share nothing
Alike = Callable[[str], dict[str, tuple[float, str]]]


@dataclass(frozen=True)
class Matched:
    """A match: what, how near, and why in a sentence of the reader's language."""

    kind: str
    key: str
    url: str
    lang: str
    title: str
    score: float
    why: str
    kind_label: str


@dataclass(frozen=True)
class Source:
    """What one looks for matches of: a text, and what is known of it beside the words."""

    text: str
    kind: str = ""
    key: str = ""
    facets: dict[str, set[str]] = field(default_factory=dict)


_alike: list[Alike] = []


def register_alike(provider: Alike) -> None:
    """`provider` gives, for an organisation's slug, those alike: slug, nearness (0 to 1) and why."""
    _alike[:] = [provider]


def source_of(card: Card, language: str) -> Source:
    """A card as the source of matches: its own words and all its facets.

    The names of its organisations are left out of the words: who does it says nothing of the problem.
    """
    texts = (card.in_language(name, language)[0] for name in ("title", "summary", "text"))
    facets: dict[str, set[str]] = {}
    names: list[str] = []
    for value in card.facets.all():
        facets.setdefault(value.facet, set()).add(value.code)
        if value.facet == ORGANISATION and card.key != value.code:
            names += [*_called(value.label_nl), *_called(value.label_en)]
    text = "\n".join(filter(None, texts))[:LONGEST]
    return Source(_without(names, text), card.kind, card.key, facets)


def _called(name: str) -> list[str]:
    """What an organisation is called, longest first: its name, and the name without its first words.

    The last word of a long name stays: the Statistics of an office for statistics is a subject too.
    """
    words = name.split()
    least = 1 if len(words) <= 2 else 2
    return [" ".join(words[start:]) for start in range(len(words) - least + 1)] if words else []


def _without(names: list[str], text: str) -> str:
    if not names:
        return text
    longest_first = sorted(map(re.escape, set(names)), key=lambda name: -len(name))
    return re.sub(rf"\b(?:{'|'.join(longest_first)})\b", " ", text, flags=re.IGNORECASE)


def find(identity: str) -> Card:
    """The card of 'kind:key', or of a key that only one card has; ValueError names what comes near."""
    kind, _colon, key = identity.rpartition(":")
    found = list(Card.objects.filter(key=key, **({"kind": kind} if kind else {}))[:2])
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{card.kind}:{card.key}" for card in Card.objects.filter(key=key).order_by("kind"))
        raise ValueError(f"more than one card is called '{identity}'; choose from: {names}")
    known = [f"{k}:{n}" for k, n in Card.objects.values_list("kind", "key")]
    near = get_close_matches(identity, [*known, *(name.split(":", 1)[1] for name in known)], n=3, cutoff=0.5)
    raise ValueError(
        f"there is no card '{identity}'" + (f"; did you mean: {', '.join(near)}?" if near else "")
    )


def match(
    source: Source, language: str, *, user: Any = None, only: Sequence[str] = (), size: int = 10
) -> list[Matched]:
    """The best matches of a source, best first, without itself and without what the user set aside.

    At most some two hundred: `MOST` that its words find, and those that offer what is sought.
    """
    if not indexing.exists():
        return []
    hits = _candidates(source, language, only, max(CANDIDATES, min(size, MOST)))
    own, away = (source.kind, source.key), _dismissed(source, user)
    keys = [
        (hit.kind, hit.key) for hit in hits if (hit.kind, hit.key) != own and (hit.kind, hit.key) not in away
    ]
    facets = Prefetch("facets", FacetValue.objects.all())
    cards = {
        (c.kind, c.key): c
        for c in Card.objects.filter(identities(keys)).defer("text_nl", "text_en").prefetch_related(facets)
    }
    best = max((hit.score for hit in hits), default=0.0) or 1.0  # the card itself, where it is a card
    weigher = Weigher(source, cards.values())
    weighed = [
        weigher.weighed(hit, cards[hit.kind, hit.key], hit.score / best)
        for hit in hits
        if (hit.kind, hit.key) in cards
    ]
    return [one.told() for one in sorted(weighed, key=lambda one: -one.score)[:size]]


def _candidates(source: Source, language: str, only: Sequence[str], size: int) -> list[Hit]:
    """What the words find, then what offers what is sought and what is alike by figures, whatever its words.

    Cards that only tell a name are not looked for by their words, unless their kind is asked for.
    """
    index = indexing.current()
    kept = list(only) or [kind.name for kind in kinds if not kind.only_named]
    asked = [
        SearchQuery(source.text[:LONGEST], language, kept, whole=True, member=bool(source.key), size=size)
    ]
    if seeks := source.facets.get("seeks"):
        asked.append(SearchQuery("", language, kept, {"offers": sorted(seeks)}, size=OFFERED))
    if source.kind == ORGANISATION:
        ids = [(ORGANISATION, slug) for slug in _near({source.key})]
        asked.append(SearchQuery("", language, only, ids=ids, size=OFFERED))
    hits: dict[tuple[str, str], Hit] = {}
    for query in asked:
        if query.text.strip() or not query.whole:
            for hit in index.search(query).hits:
                hits.setdefault((hit.kind, hit.key), hit)
    return list(hits.values())


def _dismissed(source: Source, user: Any) -> set[tuple[str, str]]:
    if user is None or not user.is_authenticated:
        return set()
    rows = Dismissal.objects.filter(user=user, source_kind=source.kind, source_key=source.key)
    return set(rows.values_list("target_kind", "target_key"))


@dataclass(frozen=True)
class Weighed:
    """A card with its score; its words are explained only when it is told."""

    hit: Hit
    score: float
    reasons: list[str]

    def told(self) -> Matched:
        """The match as it is shown."""
        hit, kind = self.hit, kinds.get(self.hit.kind)
        return Matched(
            kind=hit.kind, key=hit.key, url=hit.url, lang=hit.lang, title=hit.title,
            score=round(self.score, 4), why=" ".join(filter(None, [hit.why, *self.reasons])),
            kind_label=str(kind.label) if kind else hit.kind,
        )  # fmt: skip


class Weigher:
    """Weighs what cards share with the source beside words; reads what it needs of all of them at once."""

    def __init__(self, source: Source, cards: Iterable[Card]) -> None:
        self._facets = source.facets
        self._language = (get_language() or "nl")[:2]
        self._alike = _near(source.facets.get(ORGANISATION, set()))
        self._related = _related(source)
        self._objections = Objections(source)

    def weighed(self, hit: Hit, card: Card, words: float) -> Weighed:
        """One card with its score, and what it shares with the source beside words."""
        score, reasons = words, []
        for name, strength, why in self._signals(card):
            score += WEIGHTS[name] * strength
            reasons.append(why)
        factor, why = self._objections.against(card)
        return Weighed(hit, score * factor, [*reasons, *filter(None, [why])])

    def _signals(self, card: Card) -> Iterable[tuple[str, float, str]]:
        values = list(card.facets.all())
        yield from self._shared("challenge", values, _("Both are about: %(what)s."))
        yield from self._shared("origin", values, _("Both use data from: %(what)s."))
        sought = [v for v in values if v.facet == "offers" and v.code in self._facets.get("seeks", ())]
        wanted = [v for v in values if v.facet == "seeks" and v.code in self._facets.get("offers", ())]
        if sought:
            yield "offers", 1.0, _("It offers what is sought: %(what)s.") % {"what": self._names(sought)}
        elif wanted:
            yield "offers", 1.0, _("It seeks what is offered: %(what)s.") % {"what": self._names(wanted)}
        near = [(self._alike[v.code], v) for v in values if v.facet == ORGANISATION and v.code in self._alike]
        if near:
            (nearness, why), value = max(near, key=lambda item: item[0][0])
            told = _("%(name)s is an organisation like this one (%(why)s).")
            yield "alike", nearness, told % {"name": self._names([value]), "why": why}
        if (card.kind, card.key) in self._related:
            yield "related", 1.0, _("Someone already connected the two.")

    def _shared(self, facet: str, values: list[FacetValue], why: str) -> Iterable[tuple[str, float, str]]:
        own = self._facets.get(facet, set()) - UNTOLD
        shared = [v for v in values if v.facet == facet and v.code in own]
        if shared:
            yield facet, 1.0, why % {"what": self._names(shared)}

    def _names(self, values: list[FacetValue]) -> str:
        return ", ".join(getattr(value, f"label_{self._language}") or value.code for value in values)


def _near(organisations: set[str]) -> dict[str, tuple[float, str]]:
    near: dict[str, tuple[float, str]] = {}
    for provider in _alike:
        for slug in sorted(organisations)[:3]:
            for other, found in provider(slug).items():
                if other not in organisations and found > near.get(other, (0.0, "")):
                    near[other] = found
    return near


def _related(source: Source) -> set[tuple[str, str]]:
    """Cards that somebody connected with the source."""
    if not source.key:
        return set()
    there = Q(source_kind=source.kind, source_key=source.key)
    back = Q(target_kind=source.kind, target_key=source.key)
    ends = Relation.objects.filter(there | back, derived=False).values_list(
        "source_kind", "source_key", "target_kind", "target_key"
    )
    return {end for one in ends for end in (one[:2], one[2:])} - {(source.kind, source.key)}


class Objections:
    """What people set aside as another problem, from cards like the source and from the source itself."""

    def __init__(self, source: Source) -> None:
        rows = Dismissal.objects.filter(source_kind=source.kind, reason=Dismissal.Reason.OTHER_PROBLEM)
        people = Count("user", distinct=True)
        kinds_away = rows.values_list("target_kind").annotate(people=people)
        self._kinds: dict[str, int] = dict(kinds_away) if source.kind else {}
        pairs = rows.filter(source_key=source.key).values_list("target_kind", "target_key")
        away = pairs.annotate(people=people) if source.key and self._kinds else ()
        self._cards = {(kind, key): number for kind, key, number in away}

    def against(self, card: Card) -> tuple[float, str]:
        """The factor (1 to `LEAST_FACTOR`) on the score of a card, and what is said of it."""
        pair = self._cards.get((card.kind, card.key), 0)
        lost = PER_DISMISSAL * pair + PER_DISMISSAL_OF_KIND * self._kinds.get(card.kind, 0)
        told = ngettext(
            "%(number)s person said that this is another problem.",
            "%(number)s people said that this is another problem.",
            pair,
        )
        return max(LEAST_FACTOR, 1 - lost), told % {"number": pair} if pair else ""


@transaction.atomic
def dismiss(source: Card, kind: str, key: str, reason: str, *, user: Any) -> Dismissal:
    """Set a match aside for this person; again with another reason changes the reason."""
    made, _new = Dismissal.objects.update_or_create(
        user=user, source_kind=source.kind, source_key=source.key, target_kind=kind, target_key=key,
        defaults={"reason": Dismissal.Reason(reason)},
    )  # fmt: skip
    audit("dismiss match", source.kind, source.key, actor=user, detail={"match": f"{kind}:{key}"})
    return made


@transaction.atomic
def take_back(dismissal: Dismissal, *, user: Any) -> None:
    """Let the match come back; what it taught is forgotten with it."""
    audit("take match back", dismissal.source_kind, dismissal.source_key, actor=user)
    dismissal.delete()
