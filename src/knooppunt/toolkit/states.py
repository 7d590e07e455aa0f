# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a version of an answer or a definition, and whose each move is, as data.

Both have at most one open version, that hub editors work on, and one standing version: what anyone reads
stays as it is until someone else than the writer publishes the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for a second reader")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REPLACED = "replaced", _("replaced by a newer version")
    DROPPED = "dropped", _("dropped")


OPEN = (State.DRAFT, State.SUBMITTED)
STANDING = (State.PUBLISHED, State.WITHDRAWN)


class Party(StrEnum):
    """Whose a move is; `permissions.parties` says which persons that are."""

    EDITOR = "editor"  # an editor of the hub
    READER = "reader"  # an editor of the hub who wrote nothing of this version
    CLOCK = "clock"  # the hub itself, when another version takes its place


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: State
    target: State
    parties: frozenset[Party]


def _move(source: State, target: State, *parties: Party) -> Move:
    return Move(source, target, frozenset(parties))


MOVES: dict[str, tuple[Move, ...]] = {
    "submit": (_move(State.DRAFT, State.SUBMITTED, Party.EDITOR),),
    "take-back": (_move(State.SUBMITTED, State.DRAFT, Party.EDITOR),),
    "ask-changes": (_move(State.SUBMITTED, State.DRAFT, Party.READER),),
    "publish": (
        _move(State.SUBMITTED, State.PUBLISHED, Party.READER),
        _move(State.WITHDRAWN, State.PUBLISHED, Party.EDITOR),
    ),
    "withdraw": (_move(State.PUBLISHED, State.WITHDRAWN, Party.EDITOR),),
    "replace": (
        _move(State.PUBLISHED, State.REPLACED, Party.CLOCK),
        _move(State.WITHDRAWN, State.REPLACED, Party.CLOCK),
    ),
    "drop": (_move(State.DRAFT, State.DROPPED, Party.EDITOR),),
}
LABELS = {
    "submit": _("Send to a second reader"),
    "take-back": _("Take back to go on writing"),
    "ask-changes": _("Ask for changes"),
    "publish": _("Publish"),
    "withdraw": _("Withdraw"),
    "replace": _("Replace by the newer version"),
    "drop": _("Drop this draft"),
}
NEEDS_NOTE = frozenset({"ask-changes", "withdraw"})


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES[verb] if move.source == state), None)
