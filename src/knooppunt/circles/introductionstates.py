# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an introduction, and whose each move is, as data.

A connector proposes; both organisations have to say yes, in any order, before anything is shown to the other.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    PROPOSED = "proposed", _("proposed to both")
    ONE_YES = "one-yes", _("the first said yes")
    OTHER_YES = "other-yes", _("the second said yes")
    MADE = "made", _("made: they are in touch")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.PROPOSED, State.ONE_YES, State.OTHER_YES)


class Party(models.TextChoices):
    """Whose a move is; `permissions.parties` says which persons that are."""

    ONE = "one", _("an editor or contact person of the first organisation")
    OTHER = "other", _("an editor or contact person of the second organisation")
    CONNECTOR = "connector", _("a connector or administrator of the hub")


FLOW = Flow(
    kind="introduction",
    states=State,
    parties=Party,
    not_now=_("This was answered already."),
    verbs={
        "accept": Verb(
            _("Yes, bring us in touch"),
            to(State.ONE_YES, State.PROPOSED, by=Party.ONE)
            + to(State.OTHER_YES, State.PROPOSED, by=Party.OTHER)
            + to(State.MADE, State.ONE_YES, by=Party.OTHER)
            + to(State.MADE, State.OTHER_YES, by=Party.ONE),
        ),
        "decline": Verb(_("No, thank you"), to(State.DECLINED, *OPEN, by=(Party.ONE, Party.OTHER))),
        "withdraw": Verb(_("Withdraw the proposal"), to(State.WITHDRAWN, *OPEN, by=Party.CONNECTOR)),
    },
    deeds={
        "see": frozenset(Party),
        "propose": frozenset({Party.CONNECTOR}),
        "see-worklist": frozenset({Party.CONNECTOR}),
    },
    page=Page(
        "introduction",
        "States of an introduction",
        "A connector proposes, both organisations say yes, and then they are in touch.",
        "Neither side sees the answer of the other before both said yes. Others get 404.",
    ),
)
