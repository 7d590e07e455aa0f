# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Where the forms of a question stand in one candidate."""

from bisect import bisect_left
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


def locate(terms: FieldTerms, wanted: Iterable[str]) -> Found:
    """The positions of every wanted key in a field; keys that are absent get no entry."""
    whole: Positions = {}
    inside: Positions = {}
    for key in wanted:
        if places := _whole(terms.stems, f" {key} "):
            whole[key] = places
        if places := _inside(terms.parts, f" {key}@"):
            inside[key] = places
    return Found(whole, inside)


def _whole(stems: str, key: str) -> list[int]:
    places = []
    at = stems.find(key)
    while at >= 0:
        places.append(stems.count(" ", 0, at))
        at = stems.find(key, at + len(key) - 1)  # the space behind one word is the space before the next
    return places


def _inside(parts: str, key: str) -> list[int]:
    places = []
    at = parts.find(key)
    while at >= 0:
        begin = at + len(key)
        places.append(int(parts[begin : parts.index(" ", begin)]))
        at = parts.find(key, begin)
    return places


def occurrences(form: Form, found: Found, part_weight: float) -> float:
    """How often a form occurs: whole words count 1, words inside compounds `part_weight`.

    A form of several keys occurs as often as the rarest of them.
    """
    least = float(FAR)
    for key in form.keys:
        times = len(found.whole.get(key, ())) + part_weight * len(found.inside.get(key, ()))
        if times < least:
            least = times
        if not least:
            break
    return least


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
