# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a version of a practice, and whose each move between them is, as data.

A practice has at most one open version, that people work on, and at most one standing version, that is public
or was withdrawn: what anyone reads stays as it is while a new version is written and reviewed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for a second reader of the organisation")
    ACCEPTED = "accepted", _("waits for a hub editor")
    SCHEDULED = "scheduled", _("will be published on a date")
    PUBLISHED = "published", _("published")
    REVIEW_DUE = "review-due", _("published, to be looked at again")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REPLACED = "replaced", _("replaced by a newer version")
    DROPPED = "dropped", _("dropped")


OPEN = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.SCHEDULED)
PUBLIC = (State.PUBLISHED, State.REVIEW_DUE)
STANDING = (*PUBLIC, State.WITHDRAWN)
CLOSED = (State.REPLACED, State.DROPPED)


class Party(StrEnum):
    """Whose a move is; `permissions.parties` says which persons that are."""

    WRITER = "writer"  # an editor of the organisation that keeps the practice
    READER = "reader"  # who reviews for that organisation and did not write this version
    HUB = "hub"  # an editor of the hub
    CLOCK = "clock"  # the hub itself, when the time is there


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: State
    target: State
    parties: frozenset[Party]


def _move(source: State, target: State, *parties: Party) -> Move:
    return Move(source, target, frozenset(parties))


MOVES: dict[str, tuple[Move, ...]] = {
    "submit": (_move(State.DRAFT, State.SUBMITTED, Party.WRITER),),
    "take-back": (_move(State.SUBMITTED, State.DRAFT, Party.WRITER),),
    "accept": (_move(State.SUBMITTED, State.ACCEPTED, Party.READER),),
    "ask-changes": (
        _move(State.SUBMITTED, State.DRAFT, Party.READER),
        _move(State.ACCEPTED, State.DRAFT, Party.HUB),
    ),
    "publish": (
        _move(State.ACCEPTED, State.PUBLISHED, Party.HUB),
        _move(State.SCHEDULED, State.PUBLISHED, Party.HUB, Party.CLOCK),
        _move(State.WITHDRAWN, State.PUBLISHED, Party.HUB),
    ),
    "schedule": (_move(State.ACCEPTED, State.SCHEDULED, Party.HUB),),
    "unschedule": (_move(State.SCHEDULED, State.ACCEPTED, Party.HUB),),
    "fall-due": (_move(State.PUBLISHED, State.REVIEW_DUE, Party.CLOCK),),
    "confirm": (_move(State.REVIEW_DUE, State.PUBLISHED, Party.WRITER, Party.HUB),),
    "withdraw": (
        _move(State.PUBLISHED, State.WITHDRAWN, Party.WRITER, Party.HUB),
        _move(State.REVIEW_DUE, State.WITHDRAWN, Party.WRITER, Party.HUB),
    ),
    "replace": (
        _move(State.PUBLISHED, State.REPLACED, Party.CLOCK),
        _move(State.REVIEW_DUE, State.REPLACED, Party.CLOCK),
        _move(State.WITHDRAWN, State.REPLACED, Party.CLOCK),
    ),
    "drop": (_move(State.DRAFT, State.DROPPED, Party.WRITER),),
}
LABELS = {
    "submit": _("Send to a second reader"),
    "take-back": _("Take back to go on writing"),
    "accept": _("Agree, and send to the hub"),
    "ask-changes": _("Ask for changes"),
    "publish": _("Publish now"),
    "schedule": _("Publish on a date"),
    "unschedule": _("Take the date off"),
    "fall-due": _("Ask whether it is still right"),
    "confirm": _("Confirm that it is still right"),
    "withdraw": _("Withdraw"),
    "replace": _("Replace by the newer version"),
    "drop": _("Drop this draft"),
}
# What the actor must say: to the writers when changes are asked, to everyone when something goes away.
NEEDS_NOTE = frozenset({"ask-changes", "withdraw"})
# Who gets mail of a move, beside the followers of a publication.
TELLS: dict[str, frozenset[Party]] = {
    "submit": frozenset({Party.READER}),
    "accept": frozenset({Party.HUB, Party.WRITER}),
    "ask-changes": frozenset({Party.WRITER}),
    "publish": frozenset({Party.WRITER}),
    "schedule": frozenset({Party.WRITER}),
    "fall-due": frozenset({Party.WRITER}),
    "withdraw": frozenset({Party.WRITER, Party.HUB}),
}


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES[verb] if move.source == state), None)
