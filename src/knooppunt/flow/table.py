# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of a thing that moves: its states, whose each move is, and who may what else, as data.

An app writes its table in `states.py`. Pages, services, letters, the API and the page of states in the
documentation all read the one table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from knooppunt.web.answers import YES, Answer, RefusedError
from knooppunt.web.forms import NotNowError

Words = Promise | str
Parties = Collection[TextChoices]


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: TextChoices
    target: TextChoices
    parties: frozenset[TextChoices]


def to(
    target: TextChoices, *sources: TextChoices, by: TextChoices | Iterable[TextChoices]
) -> tuple[Move, ...]:
    """The same move from several states: `to(State.DONE, State.IDEA, State.RUNNING, by=Party.OWNER)`."""
    parties = frozenset([by] if isinstance(by, TextChoices) else by)
    return tuple(Move(source, target, parties) for source in sources)


@dataclass(frozen=True)
class Verb:
    """What a person can do to the state. `asks`: words must go with it, and this sentence says so.

    `tells`: which parties get mail of it.
    """

    label: Words
    moves: tuple[Move, ...]
    asks: Words = ""
    tells: frozenset[TextChoices] = frozenset()


class Button(NamedTuple):
    """A verb that may be used now."""

    verb: str
    label: Words


@dataclass(frozen=True)
class Deeds:
    """What each party may do that is no move. The label of a party says which persons it is."""

    parties: type[TextChoices]
    table: Mapping[str, frozenset[Any]]

    def __post_init__(self) -> None:
        for deed, parties in self.table.items():
            if not parties or not set(parties) <= set(self.parties):
                raise ValueError(f"the deed {deed!r} names a party that is none of {list(self.parties)}")

    def may(self, deed: str, found: Parties) -> Answer:
        """Whether someone who is these parties may do the deed, and if not, who may."""
        return _only(self.table[deed], found)


@dataclass(frozen=True)
class Page:
    """What the page of states in the documentation tells beside the table; `file` names the page."""

    file: str
    title: str
    lead: str
    after: str = ""


@dataclass(frozen=True)
class Flow:
    """The whole table of one kind of thing. `kind` is its name in the audit trail; `not_now` says, with
    `%(state)s`, that a verb cannot be used in a state. `clock` is the party that is no person.

    ValueError where the table contradicts itself: a start is no place to find that out later.
    """

    kind: str
    states: type[TextChoices]
    parties: type[TextChoices]
    verbs: Mapping[str, Verb]
    not_now: Words
    page: Page
    deeds: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    clock: TextChoices | None = None

    def __post_init__(self) -> None:
        Deeds(self.parties, self.deeds)
        reached = {next(iter(self.states))}
        for name, verb in self.verbs.items():
            ways = [(move.source, party) for move in verb.moves for party in move.parties]
            if len(set(ways)) != len(ways):
                raise ValueError(f"{self.kind}: {name!r} leads two ways from one state for one party")
            for move in verb.moves:
                if {move.source, move.target} - set(self.states) or move.parties - set(self.parties):
                    raise ValueError(f"{self.kind}: {name!r} names a state or party that is not there")
                reached.add(move.target)
        if lost := [state for state in self.states if state not in reached]:
            raise ValueError(f"{self.kind}: no move leads to {', '.join(lost)}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.verbs)

    def __contains__(self, verb: object) -> bool:
        return verb in self.verbs

    def label(self, verb: str) -> Words:
        """What stands on the button; the verb itself when an old line of a history has one that went."""
        return self.verbs[verb].label if verb in self.verbs else verb

    def find(self, verb: str, state: str, found: Parties | None = None) -> Move | None:
        """The move that the verb makes from this state (for one of these parties), if there is one."""
        here = (move for move in self._moves(verb) if move.source == state)
        return next((move for move in here if found is None or move.parties & set(found)), None)

    def may(self, verb: str, state: str, found: Parties) -> Answer:
        """Whether someone who is these parties may use the verb in this state, and if not, why."""
        here = [move for move in self._moves(verb) if move.source == state]
        if not here:
            label = self.states(state).label
            return Answer(False, format_lazy("{}", str(self.not_now) % {"state": label}))
        return _only(frozenset().union(*(move.parties for move in here)), found)

    def may_do(self, deed: str, found: Parties) -> Answer:
        """Whether someone who is these parties may do a deed that is no move, and if not, who may."""
        return _only(self.deeds[deed], found)

    def may_ever(self, verb: str, found: Parties) -> Answer:
        """Whether the verb is theirs in any state: whether its page is there for them at all."""
        return _only(frozenset().union(*(move.parties for move in self._moves(verb))), found)

    def _moves(self, verb: str) -> tuple[Move, ...]:
        return self.verbs[verb].moves if verb in self.verbs else ()

    def buttons(self, state: str, found: Parties) -> list[Button]:
        """What someone who is these parties can do in this state, in the order of the table."""
        people = set(found) - {self.clock}
        return [
            Button(name, verb.label) for name, verb in self.verbs.items() if self.find(name, state, people)
        ]

    def by_hand(self) -> tuple[str, ...]:
        """The verbs that a person has a button for; the moves of the clock alone have none."""
        return tuple(
            name for name, verb in self.verbs.items() if any(m.parties - {self.clock} for m in verb.moves)
        )

    def asks(self, verb: str) -> bool:
        """Whether words must go with the verb."""
        return verb in self.verbs and bool(self.verbs[verb].asks)

    def check(self, verb: str, state: str, found: Parties, note: str = "") -> Any:
        """The state that the verb leads to.

        Who is no party at all is refused first: they learn nothing of the state. NotNowError when nobody may
        do this now or words are missing; RefusedError, with who may, when it is another's move.
        """
        if not found:
            raise RefusedError(str(_only(frozenset(self.parties) - {self.clock}, found).reason))
        if self.find(verb, state) is None:
            raise NotNowError(str(self.may(verb, state, found).reason))
        if self.asks(verb) and not note.strip():
            raise NotNowError(str(self.verbs[verb].asks))
        move = self.find(verb, state, found)
        if move is None:
            raise RefusedError(str(self.may(verb, state, found).reason))
        return move.target


def _only(allowed: frozenset[Any], found: Parties) -> Answer:
    if allowed & set(found):
        return YES
    either = f" {gettext('or')} "
    who = either.join(
        str(party.label) for party in sorted(allowed, key=lambda party: list(type(party)).index(party))
    )
    return Answer(False, format_lazy(gettext_lazy("Only this person may do this: {who}."), who=who))
