# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of editions and actions, and who owns each move between them, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    CURRENT = "current", _("current")
    PAST = "past", _("past")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @classmethod
    def public(cls) -> tuple[EditionState, ...]:
        return (cls.CURRENT, cls.PAST)


class Status(models.TextChoices):
    """How far an action is: said by its owner, and by a reviewer, in the same words."""

    NO_EVIDENCE = "no_evidence", _("no evidence")
    NOT_STARTED = "not_started", _("not started")
    LIMITED = "limited", _("limited")
    SUBSTANTIAL = "substantial", _("substantial")
    COMPLETE = "complete", _("complete")


class Party(StrEnum):
    """Whose a move is; `permissions.parties` says which persons that are."""

    KEEPER = "keeper"  # an editor of the organisation that keeps the agenda
    HUB = "hub"  # an administrator of the hub, who takes away what may not be there


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: EditionState
    target: EditionState
    parties: frozenset[Party]


_KEEPER = frozenset({Party.KEEPER})
_EITHER = frozenset({Party.KEEPER, Party.HUB})
MOVES: dict[str, tuple[Move, ...]] = {
    "publish": (
        Move(EditionState.DRAFT, EditionState.CURRENT, _KEEPER),
        Move(EditionState.WITHDRAWN, EditionState.CURRENT, _KEEPER),
    ),
    "close": (Move(EditionState.CURRENT, EditionState.PAST, _KEEPER),),
    "reopen": (Move(EditionState.PAST, EditionState.CURRENT, _KEEPER),),
    "withdraw": (
        Move(EditionState.CURRENT, EditionState.WITHDRAWN, _EITHER),
        Move(EditionState.PAST, EditionState.WITHDRAWN, _EITHER),
    ),
}


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES[verb] if move.source == state), None)
