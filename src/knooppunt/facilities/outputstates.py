# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an output, and whose each move is, as data. Two people decide, and neither made it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    CHECKED = "checked", _("checked by the program; waits for two people")
    APPROVED = "approved", _("one person says yes; waits for a second")
    RELEASED = "released", _("released: it may leave")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by who made it")


WAITING = (State.CHECKED, State.APPROVED)


class Party(models.TextChoices):
    """Whose a move is; `permissions.output_parties` says which persons that are."""

    MAKER = "maker", _("an editor or administrator of the organisation that asks")
    CHECKER = (
        "checker",
        _(
            "an editor, administrator or data steward of the facility who did not upload it and did not "
            "decide yet"
        ),
    )


LOOKED_AT = _("Say what you looked at: the record keeps it.")
FLOW = Flow(
    kind="output",
    states=State,
    parties=Party,
    not_now=_("This cannot be done while the output is: %(state)s."),
    verbs={
        "approve": Verb(
            _("This may leave"),
            to(State.APPROVED, State.CHECKED, by=Party.CHECKER)
            + to(State.RELEASED, State.APPROVED, by=Party.CHECKER),
            asks=LOOKED_AT,
        ),
        "refuse": Verb(
            _("This may not leave"), to(State.REFUSED, *WAITING, by=Party.CHECKER), asks=LOOKED_AT
        ),
        "withdraw": Verb(_("Withdraw this output"), to(State.WITHDRAWN, *WAITING, by=Party.MAKER)),
    },
    deeds={
        "download-released": frozenset(Party),
        "download-uploaded": frozenset({Party.CHECKER}),
    },
    page=Page(
        "facility",
        "States of an output",
        "The program checks it, two people decide.",
        "Makers and checkers see the findings and the record. What leaves is a copy that the hub writes, "
        "with values only.",
    ),
)
