# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a card bears on and what bears on it: both directions, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from knooppunt.catalogue.models import Card, Relation, identities


@dataclass(frozen=True)
class Related:
    """A card at the other end of an arrow; `outgoing` tells which way it points."""

    card: Card
    relation: Relation
    outgoing: bool


def related(kind: str, key: str, limit: int = 50) -> list[Related]:
    """Public cards related to this one, in two queries; arrows to what has no card are left out."""
    relations = list(
        Relation.objects.filter(
            Q(source_kind=kind, source_key=key) | Q(target_kind=kind, target_key=key)
        ).order_by("type", "pk")[:limit]
    )
    ends = [_other_end(relation, kind, key) for relation in relations]
    cards = {(card.kind, card.key): card for card in Card.objects.filter(identities(ends))}
    return [
        Related(cards[end], relation, (relation.source_kind, relation.source_key) == (kind, key))
        for relation, end in zip(relations, ends, strict=True)
        if end in cards
    ]


def _other_end(relation: Relation, kind: str, key: str) -> tuple[str, str]:
    source = (relation.source_kind, relation.source_key)
    return (relation.target_kind, relation.target_key) if source == (kind, key) else source
