# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many cards there are of each kind and challenge, kept on write, so that the home page counts nothing.

A writer appends what it adds or takes away in the transaction of its cards, and never waits for another; a
duty folds the lines into one per value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Count, Sum

from knooppunt.catalogue.models import Card, Tally

COUNTED = ("challenge",)
"""The facets that are counted beside `kind`."""
MOST = 5_000
Value = tuple[str, str]


def read(facet: str) -> dict[str, int]:
    """The number of cards by value, of those that have any."""
    sums = Tally.objects.filter(facet=facet).values_list("code").annotate(cards=Sum("number"))
    return {code: number for code, number in sums if number}


def of(kind: str, keys: Iterable[str]) -> Counter[Value]:
    """What these cards of one kind count for now."""
    cards = Card.objects.filter(kind=kind, key__in=list(keys))
    facets = cards.filter(facets__facet__in=COUNTED).values_list("facets__facet", "facets__code")
    counted = Counter({(facet, code): number for facet, code, number in facets.annotate(Count("pk"))})
    counted["kind", kind] = cards.count()
    return counted


def note(before: Mapping[Value, int], after: Mapping[Value, int]) -> None:
    """Append the difference; call it in the transaction that makes it."""
    changed = {value: after.get(value, 0) - before.get(value, 0) for value in {**before, **after}}
    Tally.objects.bulk_create(
        Tally(facet=facet, code=code, number=number) for (facet, code), number in changed.items() if number
    )


@transaction.atomic
def fold() -> int:
    """Make one line of many per value; returns how many were read.

    One that runs at the same time waits, and finds nothing left to fold.
    """
    lines = list(Tally.objects.select_for_update().order_by("pk")[:MOST])
    sums: Counter[Value] = Counter()
    for line in lines:
        sums[line.facet, line.code] += line.number
    if len(lines) > len(sums):
        # These and no others: a line of a writer that was slower may have a lower number.
        Tally.objects.filter(pk__in=[line.pk for line in lines]).delete()
        note({}, sums)
    return len(lines)
