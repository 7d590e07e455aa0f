# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a contact between two organisations, and whose each move is, as data.

A question to a peer and a request for help at a data lab, a statistics office, a university centre, start-ups
or students are one pattern: someone asks, the other accepts, they agree, and tell what came of it.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.initiatives.states import Move


class State(models.TextChoices):
    ASKED = "asked", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted: they are in touch")
    AGREED = "agreed", _("agreed what to do together")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.ASKED, State.ACCEPTED, State.AGREED)
IN_TOUCH = (State.ACCEPTED, State.AGREED)


class Party(StrEnum):
    """Whose a move is; `permissions.contact_parties` says which persons that are."""

    ASKER = "asker"  # an editor or contact person of the organisation that asked
    ASKED = "asked"  # an editor or contact person of the organisation that was asked


def moves(target: State, sources: tuple[State, ...], *parties: Party) -> tuple[Move, ...]:
    return tuple(Move(source, target, frozenset(parties)) for source in sources)


MOVES: dict[str, tuple[Move, ...]] = {
    "accept": moves(State.ACCEPTED, (State.ASKED,), Party.ASKED),
    "decline": moves(State.DECLINED, (State.ASKED,), Party.ASKED),
    "agree": moves(State.AGREED, (State.ACCEPTED,), Party.ASKER, Party.ASKED),
    "finish": moves(State.DONE, IN_TOUCH, Party.ASKER, Party.ASKED),
    "withdraw": moves(State.WITHDRAWN, (State.ASKED, State.ACCEPTED), Party.ASKER),
}
LABELS = {
    "accept": _("Accept"),
    "decline": _("Decline"),
    "agree": _("Write down what you agreed"),
    "finish": _("Tell what came of it"),
    "withdraw": _("Withdraw the question"),
}
NEEDS_NOTE = frozenset({"agree", "finish"})


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES.get(verb, ()) if move.source == state), None)
