# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an output, and whose each move is, as data. Two people decide, and neither made it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.facilities.states import Move


class State(models.TextChoices):
    CHECKED = "checked", _("checked by the program; waits for two people")
    APPROVED = "approved", _("one person says yes; waits for a second")
    RELEASED = "released", _("released: it may leave")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by who made it")


WAITING = (State.CHECKED, State.APPROVED)


class Party(StrEnum):
    """Whose a move is; `permissions.output_parties` says which persons that are."""

    MAKER = "maker"  # an editor of the organisation that asks
    CHECKER = (
        "checker"  # an editor or data steward of the facility who did not upload it and did not decide yet
    )


def _moves(target: State, sources: tuple[State, ...], party: Party) -> tuple[Move, ...]:
    return tuple(Move(source, target, frozenset({party})) for source in sources)


MOVES: dict[str, tuple[Move, ...]] = {
    "approve": (
        *_moves(State.APPROVED, (State.CHECKED,), Party.CHECKER),
        *_moves(State.RELEASED, (State.APPROVED,), Party.CHECKER),
    ),
    "refuse": _moves(State.REFUSED, WAITING, Party.CHECKER),
    "withdraw": _moves(State.WITHDRAWN, WAITING, Party.MAKER),
}
LABELS = {
    "approve": _("This may leave"),
    "refuse": _("This may not leave"),
    "withdraw": _("Withdraw this output"),
}


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES.get(verb, ()) if move.source == state), None)
