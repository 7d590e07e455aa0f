# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Where the forms of a question stand in one candidate."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from bronnen.language import Form
from bronnen.ranking.model import FieldTerms

Positions = dict[str, list[int]]
FAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The positions of wanted keys in one field: as whole words, and inside compounds."""

    whole: Positions = field(default_factory=dict)
    inside: Positions = field(default_factory=dict)


def locate(fields: Sequence[FieldTerms], wanted: Iterable[str]) -> dict[int, Found]:
    """The positions of every wanted key, by the number of the field; fields without any get no entry.

    All fields are searched as one string: the work grows with what is found, not with the fields.
    """
    stems, parts = Joined([terms.stems for terms in fields]), Joined([terms.parts for terms in fields])
    found: dict[int, Found] = defaultdict(Found)
    for key in wanted:
        for number, at in stems.places(f" {key} "):
            found[number].whole.setdefault(key, []).append(stems.position(number, at))
        mark = f" {key}@"
        for number, at in parts.places(mark):
            begin = at + len(mark)
            position = int(parts.text[begin : parts.text.index(" ", begin)])
            found[number].inside.setdefault(key, []).append(position)
    return found


class Joined:
    """Many short texts as one string that knows where each of them starts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = "".join(texts)
        self._starts = list(accumulate((len(text) for text in texts), initial=0))

    def places(self, piece: str) -> Iterator[tuple[int, int]]:
        """(number of the text, place in the string) of each time that `piece` occurs, in order.

        A piece may share its last character with the first of the next one: the space between two words.
        """
        find, starts, step = self.text.find, self._starts, max(len(piece) - 1, 1)
        at = find(piece)
        while at >= 0:
            yield bisect_right(starts, at) - 1, at
            at = find(piece, at + step)

    def position(self, number: int, at: int) -> int:
        """How many words of text `number` stand before the place."""
        return self.text.count(" ", self._starts[number], at)


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
    """All positions in a field of the forms that are one word, in order.

    The keys of a phrase stand for several words of the question at once: they say nothing about nearness.
    """
    places: set[int] = set()
    for form in forms:
        if len(form.keys) == 1:
            places.update(found.whole.get(form.keys[0], ()))
            places.update(found.inside.get(form.keys[0], ()))
    return sorted(places)


def closest(first: list[int], second: list[int]) -> int:
    """The smallest distance between a position of one list and one of the other, both in order."""
    best = FAR
    for position in first:
        i = bisect_left(second, position)
        for other in second[max(i - 1, 0) : i + 1]:
            best = min(best, abs(other - position))
    return best
