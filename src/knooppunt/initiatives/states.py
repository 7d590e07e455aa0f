# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an initiative, and whose each move is, as data.

An initiative is public from the first idea: connection must start when somebody begins. One that stopped
keeps its lesson in public; one that finished is followed up by a practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    IDEA = "idea", _("idea")
    PREPARING = "preparing", _("being prepared")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("done")
    FOLLOWED_UP = "followed-up", _("followed up by a practice")
    WITHDRAWN = "withdrawn", _("withdrawn")


BUSY = (State.IDEA, State.PREPARING, State.RUNNING)
PUBLIC = (*BUSY, State.STOPPED, State.DONE, State.FOLLOWED_UP)


class Party(StrEnum):
    """Whose a move is; `permissions.parties` says which persons that are."""

    OWNER = "owner"  # an editor of the organisation that has the initiative
    HUB = "hub"  # an editor of the hub


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: models.TextChoices
    target: models.TextChoices
    parties: frozenset[StrEnum]


def moves(target: State, sources: tuple[State, ...], *parties: Party) -> tuple[Move, ...]:
    return tuple(Move(source, target, frozenset(parties)) for source in sources)


MOVES: dict[str, tuple[Move, ...]] = {
    "prepare": moves(State.PREPARING, (State.IDEA, State.STOPPED), Party.OWNER),
    "start": moves(State.RUNNING, (State.IDEA, State.PREPARING), Party.OWNER),
    "stop": moves(State.STOPPED, BUSY, Party.OWNER),
    "finish": moves(State.DONE, (State.RUNNING,), Party.OWNER),
    "follow-up": moves(State.FOLLOWED_UP, (State.DONE,), Party.OWNER),
    "withdraw": moves(State.WITHDRAWN, PUBLIC, Party.OWNER, Party.HUB),
}
LABELS = {
    "prepare": _("We are preparing it"),
    "start": _("It is running"),
    "stop": _("It has stopped"),
    "finish": _("It is done"),
    "follow-up": _("Make a practice of it"),
    "withdraw": _("Take it off the hub"),
}
# What others must be told: what was learned, or why it goes away.
NEEDS_NOTE = frozenset({"stop", "finish", "withdraw"})
TELLS_LESSON = frozenset({"stop", "finish"})


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES.get(verb, ()) if move.source == state), None)
