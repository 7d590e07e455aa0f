# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing the cards of a batch of things of one kind, with everything that belongs to them.

Private to the catalogue: others call `services.publish` and `services.publish_many`.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from knooppunt.catalogue import log, tallies
from knooppunt.catalogue.audit import audit_many
from knooppunt.catalogue.kinds import CardData, Facet, Kind
from knooppunt.catalogue.models import Card, Change, FacetValue, Relation, ScheduledMove, Tombstone
from knooppunt.catalogue.texts import showable

CONTENT = [
    *("url", "language", "title_nl", "title_en", "summary_nl", "summary_en", "text_nl", "text_en"),
    *("starts", "ends", "place", "latitude", "longitude", "updated"),
]


def write(kind: Kind, things: list[Any], *, actor: Any, detail: dict[str, Any] | None = None) -> list[Card]:
    """Save the things and write cards, facets, relations, outbox and audit lines: a fixed number of queries.

    Must run inside a transaction (the log refuses otherwise). Every thing must be of this kind.
    """
    # Everyone locks rows in the same order, so that two publishers wait for each other and never deadlock.
    things = sorted(things, key=lambda thing: (thing.pk is None, thing.pk or 0))
    for thing in things:
        if not isinstance(thing, kind.model):
            raise TypeError(f"{type(thing).__name__} is not a {kind.name}: publish one kind at a time")
        thing.save()
    # A key given twice in one batch counts once, as last given.
    data = {d.key: d for d in kind.cards(things)}
    keys = list(data)
    before = tallies.of(kind.name, keys)
    known = set(Card.objects.filter(kind=kind.name, key__in=keys).values_list("key", flat=True))
    cards = _upsert(kind.name, data)
    _replace_facets(cards, data)
    _replace_derived_relations(kind.name, data)
    Tombstone.objects.filter(kind=kind.name, key__in=keys).delete()
    ScheduledMove.objects.filter(kind=kind.name, key__in=keys, move=ScheduledMove.Move.PUBLISH).delete()
    new, old = [k for k in keys if k not in known], [k for k in keys if k in known]
    tallies.note(before, tallies.of(kind.name, keys))
    log.append([(kind.name, k, Change.PUBLISHED if k not in known else Change.UPDATED) for k in keys])
    audit_many("publish", kind.name, new, actor=actor, detail=detail)
    audit_many("update", kind.name, old, actor=actor, detail=detail)
    return cards


def _upsert(kind: str, data: dict[str, CardData]) -> list[Card]:
    now = timezone.now()
    return Card.objects.bulk_create(
        [_card(kind, d, now) for d in data.values()],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=CONTENT,
    )


def _card(kind: str, data: CardData, now: Any) -> Card:
    latitude, longitude = data.position or (None, None)
    texts = {
        f"{field}_{language}": showable(getattr(getattr(data, field), language))
        for field in ("title", "summary", "text")
        for language in ("nl", "en")
    }
    return Card(
        kind=kind,
        key=data.key,
        url=data.url,
        language=data.language,
        starts=data.starts,
        ends=data.ends,
        place=data.place,
        latitude=latitude,
        longitude=longitude,
        published=now,
        updated=now,
        **texts,
    )


def _replace_facets(cards: list[Card], data: dict[str, CardData]) -> None:
    ids = _facet_values({(f.facet, f.code): f for d in data.values() for f in d.facets})
    through: type[models.Model] = Card.facets.through
    through._default_manager.filter(card_id__in=[c.pk for c in cards]).delete()
    through._default_manager.bulk_create(
        through(card_id=card.pk, facetvalue_id=pk)
        for card in cards
        for pk in {ids[f.facet, f.code] for f in data[card.key].facets}
    )


def _facet_values(wanted: dict[tuple[str, str], Facet]) -> dict[tuple[str, str], int]:
    """Identifiers of the values, made or relabelled where needed."""
    found = FacetValue.objects.filter(code__in={code for _, code in wanted})
    have = {(v.facet, v.code): v for v in found}
    stale = []
    for pair, facet in sorted(wanted.items()):
        nl, en = facet.label.nl or facet.label.en, facet.label.en or facet.label.nl
        value = have.get(pair)
        if value is None or (value.label_nl, value.label_en) != (nl, en):
            stale.append(FacetValue(facet=facet.facet, code=facet.code, label_nl=nl, label_en=en))
    if stale:
        written = FacetValue.objects.bulk_create(
            stale,
            update_conflicts=True,
            unique_fields=["facet", "code"],
            update_fields=["label_nl", "label_en"],
        )
        have |= {(v.facet, v.code): v for v in written}
    return {pair: value.pk for pair, value in have.items()}


def _replace_derived_relations(kind: str, data: dict[str, CardData]) -> None:
    Relation.objects.filter(source_kind=kind, source_key__in=list(data), derived=True).delete()
    Relation.objects.bulk_create(
        Relation(
            source_kind=kind,
            source_key=d.key,
            target_kind=link.kind,
            target_key=link.key,
            type=link.type,
            derived=True,
        )
        for d in data.values()
        for link in dict.fromkeys(d.links)
    )
