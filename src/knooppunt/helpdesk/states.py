# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a question, and whose each move is, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("waits for an expert")
    TAKEN = "taken", _("an expert works on it")
    ASKED_BACK = "asked-back", _("waits for the asker")
    MERGED = "merged", _("gets the answer to another question")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")
    PROPOSED = "proposed", _("waits for a second reader")
    PUBLISHED = "published", _("published among the frequently asked questions")


ON_CLOCK = (State.OPEN, State.TAKEN)
PAUSED = (State.ASKED_BACK, State.MERGED)
WAITING = (*ON_CLOCK, State.PROPOSED)
OVER = (State.ANSWERED, State.CLOSED, State.PUBLISHED)
JOINABLE = (State.OPEN, State.TAKEN, State.ASKED_BACK, State.ANSWERED)
JUDGED = (State.ANSWERED, State.CLOSED, State.PROPOSED, State.PUBLISHED)


class Party(StrEnum):
    """Whose a move is; `permissions.parties` says which persons that are."""

    ASKER = "asker"  # who asked, by account or by the link in the mail
    EXPERT = "expert"  # the hub's own staff
    READER = "reader"  # an editor of the hub who did not write the proposal


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: State
    target: State
    parties: frozenset[Party]


def moves(target: State, sources: tuple[State, ...], *parties: Party) -> tuple[Move, ...]:
    return tuple(Move(source, target, frozenset(parties)) for source in sources)


MOVES: dict[str, tuple[Move, ...]] = {
    "take": moves(State.TAKEN, (State.OPEN,), Party.EXPERT),
    "answer": moves(
        State.ANSWERED, (State.TAKEN, State.ASKED_BACK, State.MERGED, State.ANSWERED), Party.EXPERT
    ),
    "route": moves(State.OPEN, (State.OPEN, State.TAKEN), Party.EXPERT),
    "ask-back": moves(State.ASKED_BACK, (State.TAKEN,), Party.EXPERT),
    "tell": (
        *moves(State.OPEN, (State.OPEN,), Party.ASKER),
        *moves(State.TAKEN, (State.TAKEN, State.ASKED_BACK), Party.ASKER),
        *moves(State.MERGED, (State.MERGED,), Party.ASKER),
    ),
    "resume": moves(State.TAKEN, (State.ASKED_BACK,), Party.EXPERT),
    "merge": moves(State.MERGED, (State.OPEN, State.TAKEN, State.ASKED_BACK), Party.EXPERT),
    "split": moves(State.OPEN, (State.MERGED,), Party.EXPERT),
    "reopen": moves(State.OPEN, (State.ANSWERED, State.CLOSED), Party.ASKER, Party.EXPERT),
    "close": moves(
        State.CLOSED,
        (State.OPEN, State.TAKEN, State.ASKED_BACK, State.MERGED, State.ANSWERED),
        Party.ASKER,
        Party.EXPERT,
    ),
    "propose": moves(State.PROPOSED, (State.ANSWERED, State.CLOSED), Party.EXPERT),
    "confirm": moves(State.PUBLISHED, (State.OPEN, State.TAKEN), Party.READER),
    "publish": moves(State.PUBLISHED, (State.PROPOSED,), Party.READER),
    "return": moves(State.ANSWERED, (State.PROPOSED,), Party.READER),
}
LABELS = {
    "take": _("Take this question"),
    "answer": _("Answer this question"),
    "route": _("Send on to another theme or desk"),
    "ask-back": _("Ask the asker something"),
    "tell": _("Tell more"),
    "resume": _("Go on without waiting"),
    "merge": _("Join with another question"),
    "split": _("Answer this question on its own"),
    "reopen": _("Ask on"),
    "close": _("Close this question"),
    "propose": _("Propose for the frequently asked questions"),
    "confirm": _("The published answer is still right"),
    "publish": _("Publish this answer"),
    "return": _("Give back to the expert"),
}
# What the other must hear.
# Only of a question that brings a published answer back.
OF_RENEWAL = frozenset({"confirm"})
TAKES_FILES = frozenset({"answer", "ask-back", "tell", "reopen"})
NEEDS_TEXT = frozenset({"answer", "ask-back", "tell", "reopen", "return"})


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES.get(verb, ()) if move.source == state), None)
