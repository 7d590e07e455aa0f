# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Where the forms of a question stand in one candidate."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bronnen.language import Form
from bronnen.ranking.model import FieldTerms

Positions = dict[str, list[int]]
FAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The positions of wanted keys in one field: as whole words, and inside compounds."""

    whole: Positions
    inside: Positions


def locate(terms: FieldTerms, wanted: frozenset[str]) -> Found:
    """The positions of every wanted key in a field."""
    whole: Positions = defaultdict(list)
    inside: Positions = defaultdict(list)
    for position, key in enumerate(terms.stems):
        if key in wanted:
            whole[key].append(position)
    for key, position in terms.parts:
        if key in wanted:
            inside[key].append(position)
    return Found(whole, inside)


def occurrences(form: Form, found: Found, part_weight: float) -> float:
    """How often a form occurs: whole words count 1, words inside compounds `part_weight`.

    A form of several keys occurs as often as the rarest of them.
    """
    return min(
        len(found.whole.get(key, ())) + part_weight * len(found.inside.get(key, ())) for key in form.keys
    )


def positions(forms: Iterable[Form], found: Found) -> list[int]:
    """All positions in a field that answer to any key of these forms, in order."""
    places: set[int] = set()
    for form in forms:
        for key in form.keys:
            places.update(found.whole.get(key, ()))
            places.update(found.inside.get(key, ()))
    return sorted(places)


def closest(first: list[int], second: list[int]) -> int:
    """The smallest distance between a position of one list and one of the other, both in order."""
    best = FAR
    for position in first:
        i = bisect_left(second, position)
        for other in second[max(i - 1, 0) : i + 1]:
            best = min(best, abs(other - position))
    return best
