# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an enquiry, which is one request at one facility, and whose each move is, as data.

A request goes to many facilities at once. Each answers by itself, so each enquiry has a state of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    SENT = "sent", _("waits for an answer of the facility")
    ACCEPTED = "accepted", _("accepted: the asker may agree")
    AGREED = "agreed", _("agreed: work can begin")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined by the facility")
    WITHDRAWN = "withdrawn", _("withdrawn by the asker")


OPEN = (State.SENT, State.ACCEPTED, State.AGREED)


class Party(StrEnum):
    """Whose a move is; `permissions.parties` says which persons that are."""

    ASKER = "asker"  # an editor of the organisation that asks
    LAB = "lab"  # an editor of the organisation that keeps the facility


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: models.TextChoices
    target: models.TextChoices
    parties: frozenset[StrEnum]


def moves(target: State, sources: tuple[State, ...], *parties: Party) -> tuple[Move, ...]:
    return tuple(Move(source, target, frozenset(parties)) for source in sources)


MOVES: dict[str, tuple[Move, ...]] = {
    "accept": moves(State.ACCEPTED, (State.SENT,), Party.LAB),
    "decline": moves(State.DECLINED, (State.SENT, State.ACCEPTED), Party.LAB),
    "agree": moves(State.AGREED, (State.ACCEPTED,), Party.ASKER),
    "withdraw": moves(State.WITHDRAWN, (State.SENT, State.ACCEPTED), Party.ASKER),
    "finish": moves(State.DONE, (State.AGREED,), Party.ASKER, Party.LAB),
}
LABELS = {
    "accept": _("Accept this request"),
    "decline": _("Decline this request"),
    "agree": _("Agree with this facility"),
    "withdraw": _("Withdraw the request here"),
    "finish": _("Finish the work"),
}
# What the other must hear: why not.
NEEDS_NOTE = frozenset({"decline"})


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES.get(verb, ()) if move.source == state), None)
