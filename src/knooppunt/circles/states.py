# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an introduction, and whose each move is, as data.

A connector proposes; both organisations have to say yes, in any order, before anything is shown to the other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PROPOSED = "proposed", _("proposed to both")
    ONE_YES = "one-yes", _("the first said yes")
    OTHER_YES = "other-yes", _("the second said yes")
    MADE = "made", _("made: they are in touch")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.PROPOSED, State.ONE_YES, State.OTHER_YES)


class Party(StrEnum):
    """Whose a move is; `permissions.parties` says which persons that are."""

    ONE = "one"  # who speaks for the first organisation
    OTHER = "other"  # who speaks for the second organisation
    CONNECTOR = "connector"  # a connector of the hub


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: State
    target: State
    parties: frozenset[Party]


def _move(source: State, target: State, *parties: Party) -> Move:
    return Move(source, target, frozenset(parties))


MOVES: dict[str, tuple[Move, ...]] = {
    "accept": (
        _move(State.PROPOSED, State.ONE_YES, Party.ONE),
        _move(State.PROPOSED, State.OTHER_YES, Party.OTHER),
        _move(State.ONE_YES, State.MADE, Party.OTHER),
        _move(State.OTHER_YES, State.MADE, Party.ONE),
    ),
    "decline": tuple(_move(state, State.DECLINED, Party.ONE, Party.OTHER) for state in OPEN),
    "withdraw": tuple(_move(state, State.WITHDRAWN, Party.CONNECTOR) for state in OPEN),
}
LABELS = {
    "accept": _("Yes, bring us in touch"),
    "decline": _("No, thank you"),
    "withdraw": _("Withdraw the proposal"),
}


def move_from(verb: str, state: str, parties: Collection[str]) -> Move | None:
    """The move that the verb makes from this state for one of these parties; None when there is none."""
    moves = MOVES.get(verb, ())
    return next((move for move in moves if move.source == state and move.parties & set(parties)), None)
