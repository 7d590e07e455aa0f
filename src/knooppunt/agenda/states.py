# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of editions and actions, and who owns each move between them, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


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


class Party(models.TextChoices):
    """Whose a move is; `permissions.parties` says which persons that are."""

    KEEPER = "keeper", _("an editor or administrator of the organisation that keeps the agenda")
    HUB = "hub", _("an administrator of the hub, who takes away what may not be there")


FLOW = Flow(
    kind="agenda",
    states=EditionState,
    parties=Party,
    not_now=_("This cannot be done while the agenda is: %(state)s."),
    verbs={
        "publish": Verb(
            _("Publish"),
            to(EditionState.CURRENT, EditionState.DRAFT, EditionState.WITHDRAWN, by=Party.KEEPER),
        ),
        "close": Verb(_("Close this edition"), to(EditionState.PAST, EditionState.CURRENT, by=Party.KEEPER)),
        "reopen": Verb(_("Reopen"), to(EditionState.CURRENT, EditionState.PAST, by=Party.KEEPER)),
        "withdraw": Verb(_("Withdraw"), to(EditionState.WITHDRAWN, *EditionState.public(), by=Party)),
    },
    page=Page(
        "agenda",
        "States of an edition of an agenda",
        "An edition of an organisation's own agenda moves as this table says and in no other way. The "
        "national agenda follows its content file.",
        "What is public anyone may read; a draft only its keepers. Progress on an action is reported by who"
        " carries it out or keeps the agenda, and reviewed by a connector or administrator of the hub who "
        "did not report it.",
    ),
)
