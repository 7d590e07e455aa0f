# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a form that a team fills in, and whose each move is, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormState(models.TextChoices):
    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("waits for the privacy officer")
    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused")


State = FormState  # under the name that the page of states looks for


class Party(StrEnum):
    """Whose a move is: anyone with a role at the organisation, or its privacy officer.

    A colleague is who was invited by name to this form.
    """

    TEAM = "team"
    OFFICER = "officer"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class Move:
    """One way from a state to another, and whose it is."""

    source: FormState
    target: FormState
    parties: frozenset[Party]


MOVES: dict[str, tuple[Move, ...]] = {
    "submit": (Move(FormState.DRAFT, FormState.SUBMITTED, frozenset({Party.TEAM})),),
    "take-back": (Move(FormState.SUBMITTED, FormState.DRAFT, frozenset({Party.TEAM})),),
    "sign": (Move(FormState.SUBMITTED, FormState.SIGNED, frozenset({Party.OFFICER})),),
    "refuse": (Move(FormState.SUBMITTED, FormState.REFUSED, frozenset({Party.OFFICER})),),
    "reopen": (
        Move(FormState.REFUSED, FormState.DRAFT, frozenset({Party.TEAM})),
        Move(FormState.SIGNED, FormState.DRAFT, frozenset({Party.TEAM})),
    ),
}
LABELS = {
    "submit": _("Send to the privacy officer"),
    "take-back": _("Take back to go on filling in"),
    "sign": _("Sign"),
    "refuse": _("Refuse"),
    "reopen": _("Open again"),
}
NEEDS_NOTE = frozenset({"refuse"})
DEEDS: dict[str, frozenset[Party]] = {
    "see": frozenset({Party.TEAM, Party.OFFICER, Party.COLLEAGUE}),
    "fill in": frozenset({Party.TEAM, Party.COLLEAGUE}),
    "invite": frozenset({Party.TEAM}),
}


def move_from(verb: str, state: str) -> Move | None:
    """The move that the verb makes from this state; None when it may not be used there."""
    return next((move for move in MOVES[verb] if move.source == state), None)
